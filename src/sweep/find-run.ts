import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { workingRoot } from '../files/places.js'
import { UsageError } from '../runner/usage-error.js'
import { runNames, sweepsFolder } from './sweep-folder.js'

/**
 * The executed notebook that a name stands for: a file, a folder with one notebook, or the name of a sweep's run, alone or behind its sweep's.
 *
 * @param paths where a path may start, the first that exists counts
 * @throws {UsageError} saying what there is
 */
export function findRun(name: string, paths: readonly string[]): string {
  const path = paths.find((one) => existsSync(one)) ?? join(sweepsFolder(), name)
  if (existsSync(path)) return notebookAt(path)
  const sweeps = existsSync(sweepsFolder()) ? readdirSync(sweepsFolder()).sort() : []
  const found = sweeps.filter((sweep) => runNames(join(sweepsFolder(), sweep)).includes(name))
  const [only] = found
  if (only !== undefined && found.length === 1) return notebookAt(join(sweepsFolder(), only, name))
  if (found.length > 1)
    throw new UsageError(
      `${name} is a run of several sweeps: say which, as ${found.map((sweep) => `${sweep}/${name}`).join(' or ')}`,
    )
  const known =
    sweeps.length > 0 ? `the sweeps are ${sweeps.join(', ')}` : 'there are no sweeps in results/sweeps'
  throw new UsageError(
    `there is no ${name}: name an executed notebook, its folder, or a run of a sweep; ${known}`,
  )
}

function notebookAt(path: string): string {
  if (!statSync(path).isDirectory()) return path
  const shown = relative(workingRoot(), path)
  const notebooks = readdirSync(path).filter((file) => file.endsWith('.ipynb'))
  const [only] = notebooks
  if (only !== undefined && notebooks.length === 1) return join(path, only)
  if (notebooks.length > 1)
    throw new UsageError(
      `${shown} holds ${notebooks.length} notebooks: name one, such as ${join(shown, only!)}`,
    )
  const runs = runNames(path)
  throw new UsageError(
    runs.length > 0
      ? `${shown} is a sweep: name one of its runs, which are ${runs.join(' ')}`
      : `${shown} holds no executed notebook`,
  )
}
