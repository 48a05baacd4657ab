import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withOneInstaller } from './clients/one-installer.js'
import { environmentFolders } from './lab/folders.js'
import { installPackages, makeEnvironment } from './lab/install.js'
import { findPython } from './lab/python.js'
import { run } from './native/run.js'

/** An environment of the project's own, `.cache/<name>`, that a user installs by a command. */
export interface PythonEnvironment {
  readonly name: string
  /** The file of its packages, pinned with hashes, all that they need among them. */
  readonly requirements: string
  /** A module that can be imported once they are installed. */
  readonly module: string
  /** The oldest Python 3 that the packages support, e.g. 11 for 3.11. Default: the oldest of all environments. */
  readonly oldestMinor?: number
}

const foldersOf = (project: string, { name }: PythonEnvironment) => {
  const folders = environmentFolders(project, process.platform, name)
  return { ...folders, record: join(folders.environment, 'installed') }
}

const wanted = async ({ requirements }: PythonEnvironment): Promise<string> =>
  createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')

/** The Python of an environment where that is whole and of the packages that are pinned now, else null. */
export async function installedPython(
  project: string,
  environment: PythonEnvironment,
): Promise<string | null> {
  const { python, record } = foldersOf(project, environment)
  const installed = await readFile(record, 'utf8').catch(() => '')
  return installed === (await wanted(environment)) ? python : null
}

/**
 * Installs the pinned packages of an environment, in place of what is there.
 *
 * @throws with pip's last words; nothing half-made is left behind
 */
export async function installPython(project: string, environment: PythonEnvironment): Promise<void> {
  const folders = foldersOf(project, environment)
  const { signal } = new AbortController()
  const found = await findPython(project)
  const { oldestMinor = 0 } = environment
  if (Number(found.version.split('.')[1]) < oldestMinor)
    throw new Error(
      `${found.program} is Python ${found.version}, and 3.${oldestMinor} or later is needed; name one in PYTHON`,
    )
  await withOneInstaller(folders.root, signal, async () => {
    try {
      await makeEnvironment(folders, found, signal)
      await installPackages(folders, signal, environment.requirements)
      await run(folders.python, ['-c', `import ${environment.module}`], {
        cwd: folders.root,
        env: { PYTHONNOUSERSITE: '1' },
      })
      await writeFile(folders.record, await wanted(environment))
    } catch (error) {
      await rm(folders.environment, { recursive: true, force: true })
      throw error
    } finally {
      await rm(folders.temporary, { recursive: true, force: true })
    }
  })
}
