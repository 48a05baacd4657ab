import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPython } from '../src/setup/lab/python.js'
import { run } from '../src/setup/native/run.js'

const requirementsFile = join(import.meta.dirname, 'peers', 'requirements.txt')

const foldersOf = (project: string) => {
  const root = join(project, '.cache', 'bench')
  const environment = join(root, 'environment')
  const python =
    process.platform === 'win32'
      ? join(environment, 'Scripts', 'python.exe')
      : join(environment, 'bin', 'python')
  return {
    root,
    environment,
    python,
    record: join(environment, 'installed'),
    temporary: join(root, 'temporary'),
  }
}

const wanted = async () =>
  createHash('sha256')
    .update(await readFile(requirementsFile))
    .digest('hex')

/** The peers' Python where their environment is whole, else null. */
export async function peersPython(project: string): Promise<string | null> {
  const { python, record } = foldersOf(project)
  const installed = await readFile(record, 'utf8').catch(() => '')
  return installed === (await wanted()) ? python : null
}

/**
 * Installs the peers' pinned packages into an environment of the benchmark's own, `.cache/bench`.
 *
 * @throws with pip's last words; nothing half-made is left behind
 */
export async function installPeers(project: string): Promise<void> {
  const { root, environment, python, record, temporary } = foldersOf(project)
  const { program } = await findPython(project)
  await rm(environment, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  const options = { cwd: root, env: { TMPDIR: temporary, PIP_USER: '0', PYTHONNOUSERSITE: '1' } }
  try {
    await run(program, ['-m', 'venv', environment], options)
    await run(
      python,
      [
        ...['-m', 'pip', 'install', '--requirement', requirementsFile, '--prefer-binary', '--no-cache-dir'],
        ...['--no-input', '--disable-pip-version-check', '--quiet'],
      ],
      options,
    )
    await run(python, ['-c', 'import torch'], options)
    await writeFile(record, await wanted())
  } catch (error) {
    await rm(environment, { recursive: true, force: true })
    throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
