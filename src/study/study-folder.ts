import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot, workingRoot } from '../files/places.js'

/** Where the results of the study that is shipped are. */
export const shippedStudy = (name: string): string => join(packageRoot(), 'data', 'study', name)

/** Where a study's results are written. */
export const ownStudy = (name: string): string => join(workingRoot(), 'results', 'study', name)

/** Folders in which the results of a study are looked for, the user's own first. */
export const studyFolders = (name: string): string[] => [ownStudy(name), shippedStudy(name)]

/** Throws a RangeError unless a study's name can be that of a folder. */
export function checkStudyName(name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new RangeError(
      `the study is called '${name}'; allowed are letters, digits, dots, dashes and underscores, a letter or digit first`,
    )
}

/** The folder of a cell's result, where there is one; null where the cell is not finished. */
export const finishedCell = (name: string, id: string): string | null =>
  studyFolders(name)
    .map((folder) => join(folder, 'cells', id))
    .find((folder) => existsSync(join(folder, RESULT))) ?? null

/** What a finished cell's folder holds: its result, written last; the kept scores of single sequences; how it was computed. */
export const RESULT = 'result.json'
export const SCORES = 'scores.safetensors'
export const RUN = 'run.json'
