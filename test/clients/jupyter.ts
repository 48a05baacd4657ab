import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KERNEL_NAME } from '../../src/setup/kernelspec.js'
import { clientEnvironment, python } from './python.js'

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

/** The clients, with settings and state of their own. */
export function jupyterClients(): Clients {
  // Outside of the project: paths of sockets are short, and the clients keep some in their folder.
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  const env = { ...clientEnvironment(folder), KERNEL_NAME, NO_COLOR: '1' }
  return {
    folder,
    python: (words, { input = '', cwd = folder } = {}) =>
      new Promise((resolve) => {
        const running = execFile(
          python!,
          [...words],
          { cwd, env, maxBuffer: 1 << 26, timeout: LIMIT_MILLISECONDS },
          (error, stdout, stderr) => resolve({ stdout, stderr, isWell: error === null }),
        )
        running.stdin!.on('error', () => {}).end(input)
      }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
