import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isLocked } from '../files/lock.js'
import { workingRoot } from '../files/places.js'
import { readCellIds } from './study.js'
import { RESULT } from './study-folder.js'

/** A file or folder of a study that nothing reads any longer, and why. */
export interface StudyLeftover {
  readonly path: string
  readonly why: string
}

/** What is left over in `results/study`: cells that no study lists, cells without a result, and locks of processes that are gone. */
export function studyLeftovers(): StudyLeftover[] {
  const parent = join(workingRoot(), 'results', 'study')
  return namesIn(parent).flatMap((study) => {
    const folder = join(parent, study)
    const locks = namesIn(join(folder, 'locks')).map((name) => join(folder, 'locks', name))
    return [
      ...cellLeftovers(study, folder),
      ...locks.filter((path) => !isLocked(path)).map((path) => ({ path, why: 'its process is gone' })),
    ]
  })
}

function cellLeftovers(study: string, folder: string): StudyLeftover[] {
  if (!existsSync(join(folder, 'cells.json'))) return []
  const listed = new Set(readCellIds(study))
  return namesIn(join(folder, 'cells')).flatMap((id) => {
    const path = join(folder, 'cells', id)
    if (isLocked(join(folder, 'locks', `${id}.lock`))) return []
    if (!listed.has(id)) return [{ path, why: `study '${study}' has no such cell any longer` }]
    return existsSync(join(path, RESULT)) ? [] : [{ path, why: 'it was cut off and is computed anew' }]
  })
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
