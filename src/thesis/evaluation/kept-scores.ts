import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { workingRoot } from '../../files/places.js'
import { writeAtomically } from '../../files/write-atomically.js'
import { addressOfKey, type EvaluationKey } from './evaluation-address.js'

/** The scores of a model by one method and one measure, and which predictions are correct. */
export interface KeptScores {
  /** `[sequences]`, 1 where the prediction is the label. */
  readonly correct: Uint8Array
  /** `[sequences]`. */
  readonly scores: Float64Array
  /** What an explanation scores that knows nothing. */
  readonly baseline: number
}

/** What a file holds: the key by which it is found, the numbers, and a seal of it all. */
interface Described {
  readonly key: EvaluationKey
  /** A digit for each sequence. */
  readonly correct: string
  readonly scores: readonly number[]
  readonly baseline: number
  readonly seal: string
}

/** Where evaluations are kept. */
export const evaluationFolder = (): string => join(workingRoot(), 'results', 'evaluation')

/** The file of a key. */
export const keptFile = (key: EvaluationKey): string => {
  const { dataset, network, method, measure } = key
  const names = [dataset, network, idOf(method.reference), idOf(measure.reference), addressOfKey(key)]
  return join(evaluationFolder(), `${names.join('-')}.json`)
}

/** A reference's id, or the name under which its file exports it. */
const idOf = (reference: string): string =>
  reference
    .split('#')
    .at(-1)!
    .replaceAll(/[^A-Za-z0-9-]/g, '')

/** Keeps scores for the next time. */
export async function keepScores(
  key: EvaluationKey,
  { correct, scores, baseline }: KeptScores,
): Promise<void> {
  const described = { key, correct: correct.join(''), scores: Array.from(scores), baseline }
  await writeAtomically(keptFile(key), Buffer.from(textOf({ ...described, seal: sealOf(described) })))
}

/** The scores that were kept of a key; null where there are none, or the file is damaged, edited or of other lengths. */
export async function keptScores(key: EvaluationKey): Promise<KeptScores | null> {
  const text = await readFile(keptFile(key), 'utf8').catch(() => null)
  const described = text === null ? null : describedIn(text)
  if (described === null || JSON.stringify(described.key) !== JSON.stringify(key)) return null
  const { correct, scores, baseline } = described
  if (typeof correct !== 'string' || !Array.isArray(scores)) return null
  const fits =
    scores.length > 0 && correct.length === scores.length && scores.length <= (key.limit ?? Infinity)
  if (!fits || !/^[01]+$/.test(correct) || ![baseline, ...scores].every(Number.isFinite)) return null
  return { correct: Uint8Array.from(correct, Number), scores: Float64Array.from(scores), baseline }
}

/** What a file's text describes; null unless it is whole, to the letter. */
function describedIn(text: string): Described | null {
  try {
    const described: Described = JSON.parse(text)
    const { seal, ...sealed } = described
    return textOf(described) === text && sealOf(sealed) === seal ? described : null
  } catch {
    return null
  }
}

const textOf = (described: Described): string => `${JSON.stringify(described)}\n`

const sealOf = (described: Omit<Described, 'seal'>): string =>
  createHash('sha256').update(JSON.stringify(described)).digest('hex')
