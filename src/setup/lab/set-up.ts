import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { environmentFolders } from './folders.js'
import {
  installPackages,
  isInstalled,
  makeEnvironment,
  type Requirements,
  readRequirements,
  recordInstalled,
} from './install.js'
import { findPython } from './python.js'

export interface SetUpOptions {
  readonly project: string
  readonly signal: AbortSignal
  /** Receives what is being done, in pieces of lines. */
  readonly write: (text: string) => void
}

const secondsBetweenSignsOfLife = 15

/** Whether `npm run lab` has set JupyterLab up here, as the pinned packages want it. */
export const isLabSetUp = async (project: string): Promise<boolean> =>
  isInstalled(environmentFolders(project), await readRequirements())

/**
 * Installs JupyterLab into the project where it is not there yet, and returns its version.
 *
 * @throws saying which step failed and why; nothing half-made is left behind
 */
export async function setUpLab({ project, signal, write }: SetUpOptions): Promise<string> {
  const folders = environmentFolders(project)
  const requirements = await readRequirements()
  if (await isInstalled(folders, requirements)) return requirements.jupyterlab
  await withLock(folders.root, async () => {
    const python = await findPython(project)
    write(`Setting up JupyterLab ${requirements.jupyterlab} in ${relative(project, folders.environment)}, `)
    write(`with Python ${python.version}\n`)
    try {
      await step('make a virtual environment', () => makeEnvironment(folders, python, signal))
      await step(describePackages(requirements), () => installPackages(folders, signal))
      await step('check that it loads', () => recordInstalled(folders, requirements))
    } catch (error) {
      await rm(folders.environment, { recursive: true, force: true })
      throw error
    } finally {
      await rm(folders.temporary, { recursive: true, force: true })
    }
  })
  return requirements.jupyterlab

  async function step(what: string, action: () => Promise<void>): Promise<void> {
    write(`  ${what} … `)
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    const signs = setInterval(() => write(`${seconds().toFixed(0)} s … `), secondsBetweenSignsOfLife * 1000)
    try {
      await action()
      write(`${seconds().toFixed(1)} s\n`)
    } catch (error) {
      write('failed\n')
      signal.throwIfAborted()
      throw new Error(`could not ${what}: ${error instanceof Error ? error.message : error}`)
    } finally {
      clearInterval(signs)
    }
  }
}

const describePackages = ({ packages }: Requirements): string =>
  `install JupyterLab and its packages (up to ${packages}) with pip and verify their SHA-256, which may take minutes`

/** Keeps two terminals from installing into the same folder. */
async function withLock(root: string, action: () => Promise<void>): Promise<void> {
  await mkdir(root, { recursive: true })
  const lock = join(root, 'installing')
  const owner = Number(await readFile(lock, 'utf8').catch(() => '0'))
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    throw new Error(`process ${owner} is setting JupyterLab up right now: wait for it, or end it`)
  }
  await writeFile(lock, `${process.pid}`)
  try {
    await action()
  } finally {
    await rm(lock, { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
