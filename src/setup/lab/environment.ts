import { jupyterEnvironment } from '../kernelspec.js'
import type { StateFolders } from './folders.js'

/** Variables of the user's that would lead Python or Jupyter to packages and settings outside the project. */
const foreign = /^(PYTHON(HOME|PATH|STARTUP|USERBASE)|JUPYTER(LAB)?_.*|VIRTUAL_ENV|CONDA_PREFIX)$/

/**
 * The environment in which JupyterLab finds the project's kernel, and keeps its settings and state in `state` instead of the
 * user's home. Of the user's Jupyter variables only JUPYTER_PATH stays, after the project's folder.
 */
export function labEnvironment(
  state: StateFolders,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)))
  return {
    ...kept,
    ...jupyterEnvironment(env),
    JUPYTER_CONFIG_DIR: state.config,
    JUPYTER_DATA_DIR: state.data,
    JUPYTER_RUNTIME_DIR: state.runtime,
    JUPYTERLAB_SETTINGS_DIR: state.userSettings,
    JUPYTERLAB_WORKSPACES_DIR: state.workspaces,
    IPYTHONDIR: state.ipython,
    PYTHONNOUSERSITE: '1',
  }
}
