import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KERNEL_NAME } from '../kernelspec.js'
import type { StateFolders } from './folders.js'

export interface LabSettings {
  /** The folder that JupyterLab shows: the notebooks with the results that they link to. */
  readonly root: string
  /** What is opened first, a path below `root`. */
  readonly openAt: string
  /** Whether a browser is opened, instead of printing the address alone. */
  readonly hasDisplay: boolean
  /** Whether the user is root, which Jupyter refuses unless it is allowed. */
  readonly isRoot: boolean
}

/** Writes JupyterLab's settings where they differ from those on disk; options of the command line take precedence. */
export async function writeSettings(state: StateFolders, settings: LabSettings): Promise<void> {
  const { root, openAt, hasDisplay, isRoot } = settings
  const server = {
    ServerApp: {
      root_dir: root,
      open_browser: hasDisplay,
      allow_root: isRoot,
      log_level: 'WARN',
    },
    LabApp: {
      default_url: `/lab/tree/${openAt.split('/').map(encodeURIComponent).join('/')}`,
      extension_manager: 'readonly',
      check_for_updates_class: 'jupyterlab.NeverCheckForUpdate',
      news_url: null,
      log_level: 'WARN',
    },
    // The search for language servers runs npm, which writes to the user's home; the kernel itself completes and explains.
    LanguageServerManager: { autodetect: false },
    // The environment's own Python kernel has nothing to offer here.
    KernelSpecManager: { ensure_native_kernel: false, allowed_kernelspecs: [KERNEL_NAME] },
  }
  const overrides = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    '@jupyterlab/notebook-extension:tracker': { autoStartDefaultKernel: true },
    // A saved notebook shows the controls as they were, not an error that their model is missing.
    '@jupyter-widgets/jupyterlab-manager:plugin': { saveState: true },
  }
  await writeWhereDifferent(join(state.config, 'jupyter_lab_config.json'), json(server))
  await writeWhereDifferent(
    join(state.config, 'labconfig', 'default_setting_overrides.json'),
    json(overrides),
  )
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

async function writeWhereDifferent(file: string, content: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => null)) === content) return
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  try {
    await writeFile(temporary, content)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
