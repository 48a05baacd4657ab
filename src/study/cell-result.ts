import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readBytes, readText } from '../files/read-whole.js'
import { decodeSafetensors, encodeSafetensors } from '../files/safetensors.js'
import { writeTogether } from '../files/write-together.js'
import type { ModelConfiguration } from '../thesis/models/configuration.js'
import type { CellChoice } from './design.js'
import { RESULT, RUN, SCORES } from './study-folder.js'

/** How a network's explanations by a method do by a measure. */
export interface ResultRow {
  readonly method: string
  readonly measure: string
  /** Over the finite scores; null where there is none. */
  readonly mean: number | null
  /** The standard deviation between sequences, divided by n − 1. */
  readonly spread: number | null
  /** How many sequences were explained, and how many of their scores are no finite number, which no mean counts. */
  readonly count: number
  readonly missing: number
  /** What an explanation scores that knows nothing. */
  readonly chance: number
}

/** All that a cell came to, but for how long it took; the same bytes wherever it is computed on one kind of processor. */
export interface CellResult {
  readonly format: 1
  readonly id: string
  readonly choice: CellChoice
  readonly configuration: ModelConfiguration
  /** How many numbers the network has. */
  readonly parameters: number
  /** The SHA-256 of its parameters. */
  readonly checkpoint: string
  readonly backend: string
  /** Accuracies in [0, 1], of all sequences; null where nothing was trained. */
  readonly validationAccuracy: number | null
  readonly testAccuracy: number | null
  /** Of the sequences that were explained. */
  readonly explainedAccuracy: number
  /** Which class was explained of each: its label, or what the network predicts where labels mean nothing to it. */
  readonly target: 'label' | 'prediction'
  /** The digest of the code between the network and its scores. */
  readonly code: string
  readonly rows: readonly ResultRow[]
  /** The methods that are not defined for the network, and why. */
  readonly refused: readonly { readonly method: string; readonly why: string }[]
  /** The digest of the scores of single sequences; the first cells that were computed have none. */
  readonly sequences?: string
}

/** How a cell was computed. */
export interface CellRun {
  readonly processor: string
  readonly node: string
  /** In seconds; the training's is of this run alone where an earlier one was interrupted. */
  readonly training: number
  readonly evaluation: number
  /** When it was finished, as ISO 8601. */
  readonly finished: string
}

/** The scores of single sequences by `method/measure`, and what the sequences are, `[sequences]` each. */
export type KeptSequences = Readonly<Record<string, Float32Array>>

const sealOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')

const textOf = (content: object): Buffer =>
  Buffer.from(`${JSON.stringify({ ...content, seal: sealOf(content) }, null, 1)}\n`)

/** The SHA-256 of kept scores, names and all. */
function digestOf(sequences: KeptSequences): string {
  const digest = createHash('sha256')
  for (const [name, values] of Object.entries(sequences)) digest.update(name).update(values)
  return digest.digest('hex')
}

/** Writes what a cell came to: its result last, so that a folder that has one is whole. */
export async function writeCell(
  folder: string,
  result: CellResult,
  sequences: KeptSequences,
  run: CellRun,
): Promise<void> {
  const tensors = Object.fromEntries(
    Object.entries(sequences).map(([name, values]) => [name, { shape: [values.length], values }]),
  )
  const metadata = { cell: result.id }
  writeTogether(
    [
      [join(folder, SCORES), encodeSafetensors({ tensors, metadata })],
      [join(folder, RUN), textOf({ cell: result.id, ...run })],
      [join(folder, RESULT), textOf({ ...result, sequences: digestOf(sequences) })],
    ],
    { lastSays: true },
  )
}

const DELETE = 'delete its folder to compute it anew'

/**
 * Reads a cell's result.
 *
 * @throws Error naming the file that is damaged, was edited or is another cell's
 */
export async function readResult(folder: string): Promise<CellResult> {
  const file = join(folder, RESULT)
  const content = recordIn(await readText(file))
  if (content === null) throw new Error(`${file} is damaged: it is no JSON object; ${DELETE}`)
  const { seal, ...result } = content
  if (seal !== sealOf(result))
    throw new Error(`${file} is damaged or was edited: its content does not match its seal; ${DELETE}`)
  if (result.id !== basename(folder)) throw new Error(`${file} is the result of ${result.id}; ${DELETE}`)
  return result as unknown as CellResult
}

/** Reads how a cell was computed; null where that is not known or its file is damaged. */
export async function readRun(folder: string): Promise<CellRun | null> {
  const text = await readText(join(folder, RUN)).catch(() => null)
  const { seal, ...sealed } = (text === null ? null : recordIn(text)) ?? {}
  const { cell, ...run } = sealed
  // The first cells that were computed have no seal here.
  const isOwn = seal === undefined || (seal === sealOf(sealed) && cell === basename(folder))
  if (!isOwn || !isRun(run)) return null
  const { processor, node, training, evaluation, finished } = run
  return { processor, node, training, evaluation, finished }
}

function isRun(run: object): run is CellRun {
  const { processor, node, training, evaluation, finished } = run as Partial<CellRun>
  return (
    [processor, node, finished].every((text) => typeof text === 'string') &&
    [training, evaluation].every((seconds) => Number.isFinite(seconds) && seconds! >= 0)
  )
}

/**
 * Reads the kept scores of a cell's sequences; none where the first cells were shipped without.
 *
 * @throws Error naming the file that is missing, damaged, edited or another cell's
 */
export async function readSequences(
  folder: string,
  { id, sequences: digest }: Pick<CellResult, 'id' | 'sequences'>,
): Promise<KeptSequences> {
  const file = join(folder, SCORES)
  if (digest === undefined && !existsSync(file)) return {}
  const { tensors, metadata } = decodeSafetensors(await readBytes(file), file)
  if (metadata.cell !== id)
    throw new Error(`${file} holds the scores of ${metadata.cell ?? 'no cell'}; ${DELETE}`)
  const sequences = Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]))
  if (digest !== undefined && digest !== digestOf(sequences))
    throw new Error(`${file} is damaged: its digest is not the one in ${RESULT}; ${DELETE}`)
  checkLengths(sequences, file)
  return sequences
}

function checkLengths({ sequence, relevant, correct, ...scores }: KeptSequences, file: string): void {
  if (sequence === undefined) return
  const lengths = [relevant, correct, ...Object.values(scores)].map((values) => values?.length)
  if (lengths.some((length) => length !== sequence.length))
    throw new Error(`${file} is damaged: it needs as many scores as sequences, ${sequence.length}; ${DELETE}`)
}

function recordIn(text: string): Record<string, unknown> | null {
  try {
    const content: unknown = JSON.parse(text)
    const isRecord = typeof content === 'object' && content !== null && !Array.isArray(content)
    return isRecord ? (content as Record<string, unknown>) : null
  } catch {
    return null
  }
}
