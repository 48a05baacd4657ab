import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configure } from 'safe-stable-stringify'
import { readBytes, readText, readTextSync } from '../files/read-whole.js'
import { decodeSafetensors, encodeSafetensors } from '../files/safetensors.js'
import { writeAtomically } from '../files/write-atomically.js'
import { writeTogether } from '../files/write-together.js'
import type { NamedValues } from '../network/parameters.js'
import type { EpochRow } from './state.js'

/** Everything that determines a training, as plain JSON. */
export type Configuration = Readonly<Record<string, unknown>>

/** What came of a training besides its parameters. */
export interface TrainingResult {
  readonly bestEpoch: number
  readonly history: readonly EpochRow[]
  readonly ending: string
  /** The backend it was trained on; several, separated by commas, where it went on on another, e.g. `wasm, native`. */
  readonly backend: string
  /** Accuracy on the test sequences in [0, 1]. */
  readonly testAccuracy: number
}

/** A finished training: effective parameters under the golden files' names, how they came about, and how well they do. */
export interface Checkpoint {
  readonly configuration: Configuration
  readonly parameters: NamedValues
  readonly result: TrainingResult
}

const TENSORS = 'model.safetensors'
const DESCRIPTION = 'model.json'

const stringify = configure({ strict: true })

/** JSON that does not depend on the order of keys; throws an Error for what JSON cannot hold. */
const canonical = (value: unknown): string => stringify(value) ?? ''

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

/** The address of a configuration: the first 12 digits of the SHA-256 of its canonical JSON. */
export const addressOf = (configuration: Configuration): string =>
  sha256(canonical(configuration)).slice(0, 12)

const textOf = (description: unknown): string => `${JSON.stringify(description, null, 1)}\n`

/** Whether a folder holds a finished checkpoint. */
export const hasCheckpoint = (folder: string): boolean => existsSync(join(folder, DESCRIPTION))

/** What the JSON file holds: the address of the configuration, the SHA-256 of the tensor file, and a seal of it all. */
type Description = Omit<Checkpoint, 'parameters'> & {
  readonly address: string
  readonly sha256: string
  readonly seal: string
}

/** Writes a checkpoint's two files, both or none: one that was there is what it was until the new one is whole. */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const tensors = encodeSafetensors({ tensors: checkpoint.parameters, metadata: {} })
  writeTogether(
    [
      [join(folder, TENSORS), tensors],
      [join(folder, DESCRIPTION), descriptionOf(checkpoint, tensors)],
    ],
    { lastSays: true },
  )
}

/** Gives a checkpoint another configuration; its tensor file stays as it is, byte for byte. */
export async function readdressCheckpoint(folder: string, configuration: Configuration): Promise<void> {
  const { result } = await loadCheckpoint(folder)
  const description = descriptionOf({ configuration, result }, await readBytes(join(folder, TENSORS)))
  await writeAtomically(join(folder, DESCRIPTION), Buffer.from(description))
}

function descriptionOf(
  { configuration, result }: Pick<Checkpoint, 'configuration' | 'result'>,
  tensors: Uint8Array,
): string {
  const described = { address: addressOf(configuration), sha256: sha256(tensors), configuration, result }
  return textOf({ ...described, seal: sha256(canonical(described)) })
}

/**
 * Reads a checkpoint.
 *
 * @throws Error naming the file when it is missing or damaged (a single flipped bit is noticed)
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const file = join(folder, DESCRIPTION)
  const description = descriptionIn(await readText(file), file)
  if (!existsSync(join(folder, TENSORS)))
    throw new Error(`${folder} has a ${DESCRIPTION} and no ${TENSORS}; delete the folder to train anew`)
  const bytes = await readBytes(join(folder, TENSORS))
  if (sha256(bytes) !== description.sha256) {
    throw new Error(
      `${join(folder, TENSORS)} is damaged: its SHA-256 is not the one in ${DESCRIPTION}; delete the folder to train anew`,
    )
  }
  const { tensors } = decodeSafetensors(bytes, join(folder, TENSORS))
  return { configuration: description.configuration, parameters: tensors, result: description.result }
}

/** What the text of a description says; throws an Error naming the file where it is damaged. */
function descriptionIn(given: string, file: string): Description {
  // Git may have turned the line ends into those of Windows.
  const text = given.replaceAll('\r\n', '\n')
  let description: Partial<Description> | null
  try {
    description = JSON.parse(text)
  } catch {
    throw new Error(`${file} is damaged: it is not JSON; delete the folder to train anew`)
  }
  if (isSealed(description, text)) return description
  throw new Error(
    `${file} is damaged or was edited: its content does not match its seal; delete the folder to train anew`,
  )
}

/**
 * What a checkpoint says of itself, without its parameters.
 *
 * @throws Error naming the file when its description is damaged or was edited
 */
export function readDescription(folder: string): Pick<Checkpoint, 'configuration' | 'result'> {
  const file = join(folder, DESCRIPTION)
  return descriptionIn(readTextSync(file), file)
}

/** Whether a description is whole, to the letter: 1E-3 for 1e-3, or another 18th digit, would not change its seal. */
function isSealed(description: Partial<Description> | null, text: string): description is Description {
  if (description === null || textOf(description) !== text) return false
  const { seal, ...described } = description
  return (
    sha256(canonical(described)) === seal && described.address === addressOf(description.configuration ?? {})
  )
}
