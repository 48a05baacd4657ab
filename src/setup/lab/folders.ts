import { join } from 'node:path'

/** The folders of a Python environment of the project's own, below `.cache/lab` or another folder of `.cache`. */
export interface EnvironmentFolders {
  readonly root: string
  /** The virtual environment. */
  readonly environment: string
  /** Its Python. */
  readonly python: string
  /** Written last: its presence says that the environment is whole. */
  readonly record: string
  /** Where pip keeps what it is unpacking. */
  readonly temporary: string
}

/** The folders that a JupyterLab reads its settings from and writes its state to, instead of the user's home. */
export interface StateFolders {
  readonly config: string
  readonly data: string
  readonly runtime: string
  readonly userSettings: string
  readonly workspaces: string
  readonly ipython: string
}

export function environmentFolders(
  project: string,
  platform = process.platform,
  name = 'lab',
): EnvironmentFolders {
  const root = join(project, '.cache', name)
  const environment = join(root, 'environment')
  const python =
    platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python')
  return {
    root,
    environment,
    python,
    record: join(environment, 'installed.json'),
    temporary: join(root, 'temporary'),
  }
}

/** State folders below `root`: those of `npm run lab` are in `.cache/lab/state`, a test has its own. */
export function stateFolders(root: string): StateFolders {
  return {
    config: join(root, 'config'),
    data: join(root, 'data'),
    runtime: join(root, 'runtime'),
    userSettings: join(root, 'settings'),
    workspaces: join(root, 'workspaces'),
    ipython: join(root, 'ipython'),
  }
}
