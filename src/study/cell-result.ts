import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeSafetensors, encodeSafetensors } from '../files/safetensors.js'
import { writeAtomically } from '../files/write-atomically.js'
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
  await writeAtomically(join(folder, SCORES), encodeSafetensors({ tensors, metadata: { cell: result.id } }))
  await writeAtomically(join(folder, RUN), Buffer.from(`${JSON.stringify(run, null, 1)}\n`))
  await writeAtomically(join(folder, RESULT), textOf(result))
}

/**
 * Reads a cell's result.
 *
 * @throws Error naming the file that is damaged or was edited
 */
export async function readResult(folder: string): Promise<CellResult> {
  const file = join(folder, RESULT)
  const text = await readFile(file, 'utf8')
  const { seal, ...result } = parsed(file, text)
  if (seal !== sealOf(result))
    throw new Error(
      `${file} is damaged or was edited: its content does not match its seal; delete its folder to compute it anew`,
    )
  return result as unknown as CellResult
}

/** Reads how a cell was computed; null where that is not known. */
export async function readRun(folder: string): Promise<CellRun | null> {
  try {
    return JSON.parse(await readFile(join(folder, RUN), 'utf8'))
  } catch {
    return null
  }
}

/** Reads the kept scores of a cell's sequences; none where they were not shipped. */
export async function readSequences(folder: string): Promise<KeptSequences> {
  const file = join(folder, SCORES)
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return {}
  const { tensors } = decodeSafetensors(bytes, file)
  return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]))
}

function parsed(file: string, text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is damaged: it is no JSON; delete its folder to compute it anew`)
  }
}
