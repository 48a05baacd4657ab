import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { writeAtomicallySync } from '../files/write-atomically.js'

const project = 'executable-thesis'

/** Whoever runs a notebook beside others gives it a results folder of its own here. */
const OWN_FOLDER = 'THESIS_RESULTS'

/**
 * The path of `results/<folder>/<name>` in the project's folder, which is found upwards from the working directory; the environment
 * variable `THESIS_RESULTS` names another folder in place of `results`.
 *
 * @throws RangeError when `name` is not a plain file name, Error outside the project's folder.
 */
export function resultPath(folder: 'figures' | 'tables', name: string): string {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name)) {
    throw new RangeError(`"${name}" is no file name: use letters, digits and _ - . only, without a folder`)
  }
  return join(process.env[OWN_FOLDER] || join(projectFolder(), 'results'), folder, name)
}

/** Writes a file of results whole or not at all. */
export const writeResult = (path: string, content: string): void => writeAtomicallySync(path, content)

/** The path as a reader names it, from the project's folder and with forward slashes. */
export const projectPath = (path: string): string => slashes(relative(projectFolder(), path))

/** The path as a link from the running notebook, whose folder is the working directory, or from the results folder of its own. */
export const linkTo = (path: string): string =>
  slashes(relative(process.env[OWN_FOLDER] || process.cwd(), path))
    .split('/')
    .map(encodeURIComponent)
    .join('/')

const slashes = (path: string): string => path.split(sep).join('/')

function projectFolder(): string {
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    if (isProject(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) {
      throw new Error(`results/ is part of the project "${project}", and ${resolve('.')} is not inside it`)
    }
  }
}

function isProject(packageFile: string): boolean {
  if (!existsSync(packageFile)) return false
  try {
    const content: unknown = JSON.parse(readFileSync(packageFile, 'utf8'))
    return typeof content === 'object' && content !== null && 'name' in content && content.name === project
  } catch {
    return false // some other program's package.json on the way up
  }
}
