import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const PROJECT = 'executable-thesis'

/**
 * The folder of this project: the nearest one at or above `from` whose package.json carries the project's name.
 *
 * @throws if there is none up to the file system's root
 */
export function projectRoot(from: string = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (holdsProject(folder)) return folder
    if (folder === dirname(folder)) {
      throw new Error(
        `No package.json named "${PROJECT}" in ${resolve(from)} or above: start from inside the project's folder`,
      )
    }
  }
}

function holdsProject(folder: string): boolean {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return false
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof content === 'object' && content !== null && 'name' in content && content.name === PROJECT
  } catch {
    return false // an unreadable package.json on the way up belongs to somebody else
  }
}
