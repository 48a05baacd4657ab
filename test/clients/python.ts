import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../../src/files/project-root.js'
import { clientsPython } from '../../src/setup/clients/environment.js'
import { writeKernelSpec } from '../../src/setup/kernelspec.js'
import { labEnvironment } from '../../src/setup/lab/environment.js'
import { stateFolders } from '../../src/setup/lab/folders.js'

/**
 * The Python that has Jupyter's clients; null where there is no Python, or the packages cannot be had. On continuous
 * integration, which is meant to have them, that is an error.
 */
export const python: string | null = await clientsPython(projectRoot()).catch((error) => {
  if (process.env.CI) throw error
  console.warn(`The clients of Jupyter cannot be installed, so nothing is tested with them: ${error}`)
  return null
})

/** An environment in which clients find the project's kernel, and keep their state in `folder` instead of the user's home. */
export const clientEnvironment = (folder: string): NodeJS.ProcessEnv => {
  const jupyter = join(folder, 'jupyter')
  writeKernelSpec(jupyter)
  return { ...labEnvironment(stateFolders(join(folder, 'state'))), JUPYTER_PATH: jupyter, HOME: folder }
}

/** Runs the clients' Python, and resolves with what it printed. Rejects with its last words where it fails. */
export const runPython = async (
  words: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> => {
  if (!python) throw new Error('there is no Python')
  return (await promisify(execFile)(python, [...words], { cwd, env, maxBuffer: 1 << 26 })).stdout
}
