import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Dataset } from '../../data/dataset.js'
import { datasetFromFolder } from '../../data/sources/dataset-folder.js'
import { workingRoot } from '../../files/places.js'

const FILE = 'dataset.json'

const known = new Map<string, { readonly state: string; readonly dataset: Dataset }>()

/**
 * The dataset of a folder with a `dataset.json`, or of that file; the same value as long as the folder's files are the same.
 *
 * @throws Error naming the file and what is wrong with it
 */
export function datasetAt(path: string): Dataset {
  const folder = basename(path) === FILE ? dirname(resolve(path)) : resolve(path)
  const state = stateOf(folder)
  const before = known.get(folder)
  if (before?.state === state) return before.dataset
  const dataset = datasetFromFolder(folder)
  known.set(folder, { state, dataset })
  return dataset
}

/** Whether a path is that of a dataset.json or of a folder. */
export const isDatasetPath = (path: string): boolean =>
  basename(path) === FILE || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)

/** The datasets of all folders of a folder, in the order of their names. Default: `data` of the project, or of the working folder outside it. */
export function datasetsIn(folder: string = join(workingRoot(), 'data')): Dataset[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((candidate) => existsSync(join(candidate, FILE)))
    .map(datasetAt)
}

/** What tells one state of the files in a folder and below it from another. */
function stateOf(folder: string): string {
  if (!existsSync(folder)) return ''
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      // ctime too, since a file may be put in place with an older mtime.
      const { mtimeMs, ctimeMs, size } = statSync(join(folder, name))
      return `${name} ${mtimeMs} ${ctimeMs} ${size}`
    })
    .join('\n')
}
