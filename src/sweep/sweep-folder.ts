import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join, relative } from 'node:path'
import { holderOf, type Lock, takeLock } from '../files/lock.js'
import { workingRoot } from '../files/places.js'
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

/** How the run in a folder went; null where none has ended there. */
export function readRecord(runFolder: string): RunRecord | null {
  try {
    const json = parseJson(readFileSync(recordFile(runFolder), 'utf8'))
    if (!isJsonObject(json) || typeof json.seconds !== 'number') return null
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
    return null // no run has ended there, or its record is damaged
  }
}

/** Writes how a run went, whole or not at all; from then on it counts as ended. */
export const writeRecord = (runFolder: string, record: RunRecord): void =>
  writeAtomicallySync(recordFile(runFolder), `${JSON.stringify(record, null, 2)}\n`)

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

/** Says in the sweep's folder which notebook it is of. Throws UsageError where it is another's. */
export function claimFolder(folder: string, notebook: string): void {
  const file = join(folder, 'sweep.json')
  const own = relative(workingRoot(), notebook).replaceAll('\\', '/')
  const known = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : null
  const other = isJsonObject(known) ? textField(known, 'notebook') : own
  if (other !== own)
    throw new UsageError(
      `${relative(workingRoot(), folder)} is a sweep of ${other}; give this one another --name`,
    )
  if (known === null) writeAtomicallySync(file, `${JSON.stringify({ notebook: own }, null, 2)}\n`)
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
