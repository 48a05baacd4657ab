import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isLocked } from '../../files/lock.js'
import { decodeSafetensors } from '../../files/safetensors.js'
import { hasCheckpoint, readDescription } from '../../training/checkpoint.js'
import type { EpochRow } from '../../training/state.js'
import type { ModelConfiguration } from '../models/configuration.js'
import { lockFileOf, stateFileOf } from '../models/training-run.js'
import type { Run } from './run.js'

/** What a folder's files say of a training. */
type Told = Pick<Run, 'configuration' | 'history' | 'testAccuracy'>

/** The training whose files are in a folder. */
export function readRun(folder: string, isShipped: boolean): Run {
  const told = hasCheckpoint(folder) ? finished(folder) : unfinished(folder)
  const isRunning = isLocked(lockFileOf(folder))
  const ended = told?.testAccuracy === null ? 'interrupted' : 'finished'
  const files = readdirSync(folder).flatMap(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false }) ?? [],
  )
  return {
    id: basename(folder),
    folder,
    isShipped,
    status: isRunning ? 'running' : told === null ? 'damaged' : ended,
    ...(told ?? { configuration: null, history: [], testAccuracy: null }),
    date: new Date(Math.max(0, ...files.map(({ mtimeMs }) => Math.floor(mtimeMs)))),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  }
}

function finished(folder: string): Told | null {
  try {
    const { configuration, result } = readDescription(folder)
    const { history, testAccuracy } = result
    return {
      configuration: configuration as unknown as ModelConfiguration,
      history: [...history],
      testAccuracy,
    }
  } catch {
    return null
  }
}

/** What an interrupted training left, or one that has not come to its end. */
function unfinished(folder: string): Told | null {
  const file = stateFileOf(folder)
  if (!existsSync(file)) return null
  try {
    const { metadata } = decodeSafetensors(readFileSync(file), file)
    const configuration: ModelConfiguration | null = JSON.parse(metadata.configuration ?? 'null')
    const { history }: { history: readonly EpochRow[] } = JSON.parse(metadata.scalars ?? '')
    return { configuration, history: [...history], testAccuracy: null }
  } catch {
    return null
  }
}
