import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../native/run.js'
import type { EnvironmentFolders } from './folders.js'
import type { Python } from './python.js'

const requirementsFile = join(import.meta.dirname, 'requirements.txt')

/** What is to be installed. */
export interface Requirements {
  readonly jupyterlab: string
  /** The number of pinned packages; a platform leaves some of them out. */
  readonly packages: number
  readonly sha256: string
}

/** Reads the pinned packages. */
export async function readRequirements(file = requirementsFile): Promise<Requirements> {
  const text = await readFile(file, 'utf8')
  const pinned = [...text.matchAll(/^([\w.-]+)==(\S+)/gm)]
  const jupyterlab = pinned.find(([, name]) => name === 'jupyterlab')?.[2]
  if (jupyterlab === undefined) throw new Error(`${file} does not pin jupyterlab`)
  return {
    jupyterlab,
    packages: new Set(pinned.map(([, name]) => name)).size,
    sha256: createHash('sha256').update(text).digest('hex'),
  }
}

/** Whether the environment holds what is required, and its Python still runs. */
export async function isInstalled(folders: EnvironmentFolders, requirements: Requirements): Promise<boolean> {
  try {
    const record: unknown = JSON.parse(await readFile(folders.record, 'utf8'))
    if (JSON.stringify(record) !== JSON.stringify(requirements)) return false
    return (await installedVersion(folders)) === requirements.jupyterlab
  } catch {
    return false // no whole environment, or its Python was removed from the machine
  }
}

const installedVersion = async ({ python, root }: EnvironmentFolders): Promise<string> =>
  (
    await run(
      python,
      ['-c', 'import zmq; from importlib.metadata import version; print(version("jupyterlab"))'],
      {
        cwd: root,
        env: { PYTHONNOUSERSITE: '1' },
      },
    )
  ).trim()

/** Makes an empty virtual environment in place of what is there. */
export async function makeEnvironment(
  folders: EnvironmentFolders,
  { program }: Python,
  signal: AbortSignal,
): Promise<void> {
  await rm(folders.environment, { recursive: true, force: true })
  await mkdir(folders.temporary, { recursive: true })
  // Scripts that Python packages bring for Node are CommonJS, which the project's own package.json would deny.
  await writeFile(join(folders.root, 'package.json'), '{ "type": "commonjs" }\n')
  const env = { TMPDIR: folders.temporary }
  await run(program, ['-m', 'venv', folders.environment], { cwd: folders.root, env, signal })
}

/**
 * Installs the pinned packages, which are all there are, and verifies each one's SHA-256.
 *
 * @throws with pip's last words
 */
export async function installPackages(
  folders: EnvironmentFolders,
  signal: AbortSignal,
  file = requirementsFile,
): Promise<void> {
  await run(
    folders.python,
    [
      ...['-m', 'pip', 'install', '--requirement', file, '--require-hashes', '--no-deps'],
      ...['--prefer-binary', '--no-cache-dir', '--no-input', '--disable-pip-version-check', '--quiet'],
    ],
    {
      cwd: folders.root,
      // A user's own setting of pip must not lead it out of the environment.
      env: { TMPDIR: folders.temporary, PIP_USER: '0', PYTHONNOUSERSITE: '1' },
      signal,
    },
  )
}

/**
 * Checks the environment and records that it is whole.
 *
 * @throws where JupyterLab is not the version that is pinned
 */
export async function recordInstalled(
  folders: EnvironmentFolders,
  requirements: Requirements,
): Promise<void> {
  const version = await installedVersion(folders)
  if (version !== requirements.jupyterlab) {
    throw new Error(`JupyterLab is ${version} there, and ${requirements.jupyterlab} is wanted`)
  }
  const temporary = `${folders.record}.tmp`
  await writeFile(temporary, `${JSON.stringify(requirements)}\n`)
  await rename(temporary, folders.record)
}
