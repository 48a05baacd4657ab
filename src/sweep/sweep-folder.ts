import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join, relative } from 'node:path'
import { holderOf, type Lock, takeLock } from '../files/lock.js'
import { workingRoot } from '../files/places.js'
import { readTextSync } from '../files/read-whole.js'
import { writeAtomicallySync } from '../files/write-atomically.js'
import { isJsonObject, type JsonObject, objectField, parseJson, textField } from '../runner/json.js'
import { UsageError } from '../runner/usage-error.js'
import type { Combination } from './combinations.js'

/** How a run of a sweep went, as its folder's `run.json` says. */
export interface RunRecord {
  readonly parameters: JsonObject
  readonly status: 'finished' | 'failed' | 'interrupted'
  readonly seconds: number
  /** The digest of the code cells with their parameters that ran. */
  readonly code: string
  /** What the failing cell said. */
  readonly error?: string
  /** The numbers that the notebook recorded; one that is not finite is a text. */
  readonly numbers: JsonObject
}

/** The folder in which sweeps are. */
export const sweepsFolder = (): string => join(workingRoot(), 'results', 'sweeps')

/** The folder of a sweep. Throws UsageError where its name is no plain folder name. */
export function sweepFolder(name: string): string {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name))
    throw new UsageError(`--name is "${name}"; it must be letters, digits and _ - . only, without a folder`)
  return join(sweepsFolder(), name)
}

/** The executed notebook of a run. */
export const executedNotebook = (folder: string, { id }: Pick<Combination, 'id'>, notebook: string): string =>
  join(folder, id, basename(notebook))

const recordFile = (runFolder: string): string => join(runFolder, 'run.json')

/** How the run in a folder went; null where none has ended there, or its record is damaged or was edited. */
export function readRecord(runFolder: string): RunRecord | null {
  try {
    const json = parseJson(readFileSync(recordFile(runFolder), 'utf8'))
    if (!isJsonObject(json) || typeof json.seconds !== 'number') return null
    const { seal, ...sealed } = json
    // Records of before there were seals have none.
    if (seal !== undefined && seal !== sealOf(sealed)) return null
    const status = textField(json, 'status')
    if (status !== 'finished' && status !== 'failed' && status !== 'interrupted') return null
    return {
      parameters: objectField(json, 'parameters'),
      status,
      seconds: json.seconds,
      code: textField(json, 'code'),
      numbers: objectField(json, 'numbers'),
      ...(typeof json.error === 'string' ? { error: json.error } : {}),
    }
  } catch {
    return null // no run has ended there
  }
}

const sealOf = (record: object): string => createHash('sha256').update(JSON.stringify(record)).digest('hex')

/** Writes how a run went, whole or not at all; from then on it counts as ended. */
export function writeRecord(runFolder: string, record: RunRecord): void {
  const sealed = JSON.parse(JSON.stringify(record))
  const text = JSON.stringify({ ...sealed, seal: sealOf(sealed) }, null, 2)
  writeAtomicallySync(recordFile(runFolder), `${text}\n`)
}

/** Whether a combination's run is finished and would be the same again: its code cells and parameters are as they were. */
export const finishedRun = (
  folder: string,
  combination: Pick<Combination, 'id' | 'code'>,
  notebook: string,
): RunRecord | null => {
  const record = readRecord(join(folder, combination.id))
  const isFinished = record?.status === 'finished' && record.code === combination.code
  return isFinished && existsSync(executedNotebook(folder, combination, notebook)) ? record : null
}

/** Empties a run's folder of what an earlier run left, the record first. */
export function clearRun(runFolder: string): void {
  rmSync(recordFile(runFolder), { force: true })
  rmSync(runFolder, { recursive: true, force: true })
  mkdirSync(runFolder, { recursive: true })
}

/** The names of the runs in a sweep's folder, sorted. */
export const runNames = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name.includes('='))
        .map(({ name }) => name)
        .sort()
    : []

/**
 * Says in the sweep's folder which notebook it is of.
 *
 * @throws {UsageError} where it is another's, or does not say whose
 */
export function claimFolder(folder: string, notebook: string): void {
  const file = join(folder, 'sweep.json')
  const own = relative(workingRoot(), notebook).replaceAll('\\', '/')
  const known = lstatSync(file, { throwIfNoEntry: false }) === undefined ? null : notebookIn(file)
  if (known !== null && known !== own)
    throw new UsageError(
      `${relative(workingRoot(), folder)} is a sweep of ${JSON.stringify(known.slice(0, 200))}; give this one another --name`,
    )
  if (known === null) writeAtomicallySync(file, `${JSON.stringify({ notebook: own }, null, 2)}\n`)
}

/** The notebook that a sweep.json names. */
function notebookIn(file: string): string {
  try {
    const json = parseJson(readTextSync(file))
    const notebook = isJsonObject(json) ? textField(json, 'notebook') : ''
    if (notebook !== '') return notebook
    throw new Error('it must be {"notebook": "<path>"}')
  } catch (error) {
    const shown = relative(workingRoot(), file)
    throw new UsageError(
      `${shown} is damaged: ${error instanceof Error ? error.message : error}; remove it where the sweep is of this notebook`,
    )
  }
}

/**
 * Takes a sweep's folder for this process.
 *
 * @throws Error naming the process that has it
 */
export function lockSweep(folder: string): Lock {
  const file = join(folder, 'lock')
  const lock = takeLock(file)
  if (lock !== null) return lock
  const { pid, host } = holderOf(file) ?? { pid: 'another', host: hostname() }
  throw new Error(
    `process ${pid} on ${host} runs this sweep; if it is gone, remove ${relative(workingRoot(), file)}`,
  )
}
