import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { environmentFolders } from '../lab/folders.js'
import { installPackages, makeEnvironment } from '../lab/install.js'
import { findPython, type Python } from '../lab/python.js'
import { run } from '../native/run.js'
import { withOneInstaller } from './one-installer.js'

const requirementsFile = join(import.meta.dirname, 'requirements.txt')

/**
 * The Python of an environment of its own, `.cache/clients`, in which the clients of requirements.txt are installed: once, by
 * whichever process asks first, while others wait. Null where no Python can make environments.
 *
 * @throws with pip's last words where the packages cannot be installed; nothing half-made is left behind
 */
export async function clientsPython(
  project: string,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<string | null> {
  const folders = environmentFolders(project, process.platform, 'clients')
  const wanted = createHash('sha256')
    .update(await readFile(requirementsFile))
    .digest('hex')
  const isWhole = async () =>
    (await readFile(folders.record, 'utf8').catch(() => '')) === wanted && (await answers(folders.python))
  if (await isWhole()) return folders.python
  const found = await pythonFor(project)
  if (!found) return null
  await withOneInstaller(folders.root, signal, async () => {
    if (await isWhole()) return
    try {
      await makeEnvironment(folders, found, signal)
      await installPackages(folders, signal, requirementsFile)
      await run(folders.python, ['-c', 'import papermill, nbclient, zmq'], { cwd: folders.root })
      await writeFile(folders.record, wanted)
    } catch (error) {
      await rm(folders.environment, { recursive: true, force: true })
      throw error
    } finally {
      await rm(folders.temporary, { recursive: true, force: true })
    }
  })
  return folders.python
}

const pythonFor = async (project: string): Promise<Python | null> => {
  try {
    return await findPython(project)
  } catch {
    return null
  }
}

/** Whether a Python runs, which one whose base was removed from the machine does not. */
const answers = async (python: string): Promise<boolean> => {
  try {
    await run(python, ['-c', ''], { cwd: import.meta.dirname })
    return true
  } catch {
    return false
  }
}
