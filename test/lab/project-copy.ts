import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { objectField } from '../../src/runner/json.js'
import { readNotebook, writeNotebook } from '../../src/runner/notebook-file.js'
import { parameterise, settingsOf } from '../../src/runner/parameterise.js'

/**
 * Makes a project in `folder` that has the sources and data of `project` and its notebooks as copies, with the tiny parameters of
 * their metadata: what JupyterLab saves and what cells write is in the copy only.
 */
export async function copyProject(project: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'notebooks'), { recursive: true })
  await cp(join(project, 'package.json'), join(folder, 'package.json'))
  for (const name of ['src', 'data']) await symlink(join(project, name), join(folder, name), 'junction')
  for (const name of await readdir(join(project, 'notebooks'))) {
    if (!name.endsWith('.ipynb')) continue
    const notebook = readNotebook(join(project, 'notebooks', name))
    const tiny = settingsOf(objectField(objectField(notebook.metadata, 'thesis'), 'smoke'))
    writeNotebook(join(folder, 'notebooks', name), parameterise(notebook, tiny))
  }
}
