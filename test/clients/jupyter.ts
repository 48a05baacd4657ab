import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/files/project-root.js'
import { clientsPython } from '../../src/setup/clients/environment.js'
import { KERNEL_NAME, writeKernelSpec } from '../../src/setup/kernelspec.js'
import { labEnvironment } from '../../src/setup/lab/environment.js'
import { stateFolders } from '../../src/setup/lab/folders.js'

/** What a client said, and whether it ended well. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly isWell: boolean
}

/** Programs of Jupyter's that use the kernel, in the environment of the tests. */
export interface Clients {
  /** Runs the clients' Python, by default in `folder`. */
  python(
    words: readonly string[],
    options?: { readonly input?: string; readonly cwd?: string },
  ): Promise<Ended>
  /** An empty folder for what they write. */
  readonly folder: string
  remove(): void
}

/** Beyond any client's own patience, so that none stays behind. */
const LIMIT_MILLISECONDS = 240_000

/** The Python of the clients, null where the machine has none. */
const program = await clientsPython(projectRoot())

/** Whether there is no Python that could have the clients. */
export const lacksPython = program === null

/** The clients, with settings and state of their own. */
export function jupyterClients(): Clients {
  writeKernelSpec()
  // Outside of the project: paths of sockets are short, and the clients keep some in their folder.
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  const env = { ...labEnvironment(stateFolders(join(folder, 'state'))), KERNEL_NAME, NO_COLOR: '1' }
  return {
    folder,
    python: (words, { input = '', cwd = folder } = {}) =>
      new Promise((resolve) => {
        const running = execFile(
          program!,
          [...words],
          { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: LIMIT_MILLISECONDS },
          (error, stdout, stderr) => resolve({ stdout, stderr, isWell: error === null }),
        )
        running.stdin!.on('error', () => {}).end(input)
      }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
