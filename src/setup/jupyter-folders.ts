import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

/** Where a kernel is to be found: by its user, or by one Python environment. */
export type KernelPlace = 'user' | 'sys-prefix' | { readonly prefix: string }

/** The machine that is asked. */
export interface Machine {
  readonly env: Readonly<NodeJS.ProcessEnv>
  readonly platform: NodeJS.Platform
  readonly home: string
}

const thisMachine = (): Machine => ({ env: process.env, platform: process.platform, home: homedir() })

/**
 * The folder in which Jupyter looks for kernels.
 *
 * @throws where a Python environment is meant and none is active
 */
export const kernelsFolder = (place: KernelPlace, machine: Machine = thisMachine()): string => {
  if (place === 'user') return join(userData(machine), 'kernels')
  const prefix = place === 'sys-prefix' ? activeEnvironment(machine) : place.prefix
  if (!prefix) {
    throw new Error(
      '--sys-prefix means the active Python environment, and there is none (VIRTUAL_ENV and CONDA_PREFIX are not set): ' +
        'activate it, or name its folder with --prefix',
    )
  }
  return join(resolve(prefix), 'share', 'jupyter', 'kernels')
}

/** All folders in which Jupyter looks for kernels, the first taking precedence. */
export const kernelsFolders = (machine: Machine = thisMachine()): string[] => {
  const { env, platform } = machine
  const environment = activeEnvironment(machine)
  const system =
    platform === 'win32'
      ? [join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter']
  const folders = [
    ...(env.JUPYTER_PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    userData(machine),
    ...(environment ? [join(environment, 'share', 'jupyter')] : []),
    ...system,
  ]
  return [...new Set(folders.map((folder) => join(resolve(folder), 'kernels')))]
}

const activeEnvironment = ({ env }: Machine): string | undefined =>
  env.VIRTUAL_ENV || env.CONDA_PREFIX || undefined

const userData = ({ env, platform, home }: Machine): string => {
  if (env.JUPYTER_DATA_DIR) return resolve(env.JUPYTER_DATA_DIR)
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter')
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'jupyter')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter')
}
