import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../files/project-root.js'

/** The thesis's notebooks in reading order. */
export function notebookFiles(): string[] {
  const folder = join(projectRoot(), 'notebooks')
  return readdirSync(folder)
    .filter((file) => /^\d\d-.*\.ipynb$/.test(file))
    .sort()
    .map((file) => join(folder, file))
}
