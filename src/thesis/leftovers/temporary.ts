import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from '../../files/is-running.js'
import { projectRoot } from '../../files/project-root.js'
import { isAbandoned } from '../../files/temporary-files.js'
import { type Leftover, leftover, namesIn } from './leftover.js'

/** How long a temporary folder is left alone, in milliseconds: whoever made it may still work in it. */
const AN_HOUR = 3_600_000

/** What processes that died left behind: half-written files, and temporary folders in `node_modules/.cache`. */
export function temporaryLeftovers(now = Date.now()): Leftover[] {
  const root = projectRoot()
  const cache = join(root, 'node_modules', '.cache')
  return [
    ...halfWritten(join(root, 'data')),
    ...halfWritten(join(root, 'results')),
    ...['graphs', 'bench'].flatMap((name) => ofDeadProcesses(join(cache, name))),
    ...namesIn(cache)
      .filter((name) => MADE_BY_MKDTEMP.test(name))
      .map((name) => join(cache, name))
      .filter((path) => now - statSync(path).mtimeMs > AN_HOUR)
      .map((path) => leftover(path, 'a test or a download left it')),
  ]
}

const MADE_BY_MKDTEMP = /^[a-z-]+-[A-Za-z0-9]{6}$/

function halfWritten(folder: string): Leftover[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return halfWritten(path)
    return isAbandoned(path) ? [leftover(path, 'its writer died')] : []
  })
}

/** Folders named after the process that uses them. */
const ofDeadProcesses = (folder: string): Leftover[] =>
  namesIn(folder)
    .filter((name) => /^\d+(-\d+)?$/.test(name) && !isRunning(Number.parseInt(name, 10)))
    .map((name) => leftover(join(folder, name), 'its process is gone'))
