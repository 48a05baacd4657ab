import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labEnvironment } from './environment.js'
import { environmentFolders, type StateFolders } from './folders.js'

export interface ServerOptions {
  readonly project: string
  readonly state: StateFolders
  /** Options of `jupyter lab`, which take precedence over the settings. */
  readonly words: readonly string[]
  readonly stdio: StdioOptions
}

/** Starts the project's JupyterLab with the settings of `state`. */
export function startServer({ project, state, words, stdio }: ServerOptions): ChildProcess {
  const { python } = environmentFolders(project)
  // On the command line it holds from the first line on, before the settings are read.
  const quiet = words.some((word) => /log|debug/i.test(word)) ? [] : ['--ServerApp.log_level=WARN']
  // Started as a module: the scripts of a virtual environment name its old place where the project was moved.
  return spawn(python, ['-m', 'jupyterlab', ...quiet, ...words], {
    cwd: project,
    env: labEnvironment(state),
    stdio,
  })
}

/** Where a running JupyterLab listens. */
export interface ServerAddress {
  /** With a slash at its end. */
  readonly url: string
  readonly token: string
}

/** The address that a JupyterLab with this process id has published in `runtime`, or null as long as it has not. */
export async function publishedAddress(runtime: string, pid: number): Promise<ServerAddress | null> {
  const name = `jpserver-${pid}.json`
  const names = await readdir(runtime).catch((): string[] => [])
  if (!names.includes(name)) return null
  try {
    const info: unknown = JSON.parse(await readFile(join(runtime, name), 'utf8'))
    if (typeof info !== 'object' || info === null || !('url' in info) || !('token' in info)) return null
    return { url: String(info.url), token: String(info.token) }
  } catch {
    return null // still being written, or gone again
  }
}
