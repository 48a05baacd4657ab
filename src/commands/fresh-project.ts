import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type Notebook, readNotebook, writeNotebook } from '../runner/notebook-file.js'

/**
 * Makes a project in `folder`, which lies in `project`: the same sources and data, copies of the notebooks without outputs, and
 * no results yet. What runs there trains, evaluates and exports anew, and into that folder.
 *
 * @param change what becomes of a notebook's copy
 */
export async function freshProject(
  project: string,
  folder: string,
  change: (notebook: Notebook) => Notebook = (notebook) => notebook,
): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'notebooks'), { recursive: true })
  await cp(join(project, 'package.json'), join(folder, 'package.json'))
  for (const name of ['src', 'data']) await symlink(join(project, name), join(folder, name), 'junction')
  for (const name of await readdir(join(project, 'notebooks'))) {
    if (!name.endsWith('.ipynb')) continue
    writeNotebook(join(folder, 'notebooks', name), change(readNotebook(join(project, 'notebooks', name))))
  }
}
