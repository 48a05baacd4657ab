import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeAtomicallySync } from '../files/write-atomically.js'

/** The name by which notebooks ask for the kernel. */
export const KERNEL_NAME = 'tslab-thesis'

/** How front ends call it. */
export const KERNEL_TITLE = 'TypeScript (thesis)'

/** The project's folder. */
export const PROJECT = resolve(fileURLToPath(new URL('../..', import.meta.url)))
const KERNEL_SCRIPT = join(PROJECT, 'src', 'runner', 'kernel', 'tslab-kernel.cjs')
/** What JUPYTER_PATH names: the project's kernel, and what JupyterLab needs beside it. */
export const JUPYTER_FOLDER = join(PROJECT, '.jupyter')

/** The content of kernel.json; its paths are absolute, since not every front end knows Jupyter's placeholders for folders. */
export const kernelSpec = (title: string = KERNEL_TITLE) => ({
  argv: [process.execPath, KERNEL_SCRIPT, '{connection_file}'],
  display_name: title,
  interrupt_mode: 'signal',
  language: 'typescript',
  metadata: { debugger: false },
})

/**
 * Writes the kernel's specification inside the project and returns the path of its kernel.json. It is written anew where
 * the project was moved or Node is another one.
 */
export const writeKernelSpec = (jupyterFolder: string = JUPYTER_FOLDER): string => {
  const folder = join(jupyterFolder, 'kernels', KERNEL_NAME)
  const file = join(folder, 'kernel.json')
  const content = `${JSON.stringify(kernelSpec(), null, 2)}\n`
  if (contentOf(file) === content) return file
  writeAtomicallySync(file, content)
  return file
}

/** The environment with which Jupyter finds the kernel, in front of what JUPYTER_PATH holds already. */
export const jupyterEnvironment = (
  env: Readonly<NodeJS.ProcessEnv> = process.env,
  jupyterFolder: string = JUPYTER_FOLDER,
): { JUPYTER_PATH: string } => ({
  JUPYTER_PATH: [jupyterFolder, ...(env.JUPYTER_PATH ? [env.JUPYTER_PATH] : [])].join(delimiter),
})

const contentOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
