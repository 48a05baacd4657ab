import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

/** A run under way. */
export interface Started {
  readonly child: ChildProcess
  /** Resolves when the work begins, or the process ended before. */
  readonly begun: Promise<void>
  readonly ended: Promise<Ended>
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What it wrote, to people and programs. */
  readonly said: string
}

/**
 * Starts Node in a folder, with a temporary folder of its own, in a group of its own as a terminal does.
 *
 * @param options.largestFile no file may become larger, in blocks of the shell's `ulimit -f`
 */
export function start(
  argv: readonly string[],
  folder: string,
  temporary: string,
  begins: RegExp,
  { largestFile }: { readonly largestFile?: number } = {},
): Started {
  const limited = ['-c', 'ulimit -f "$0" && exec "$@"', String(largestFile), process.execPath, ...argv]
  const line = largestFile === undefined ? ([process.execPath, argv] as const) : (['sh', limited] as const)
  const child = spawn(...line, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...{ INIT_CWD: folder, TMPDIR: temporary, DEBUG: '', THESIS_BACKEND: 'wasm' } },
  })
  let said = ''
  let wake = (): void => {}
  const begun = new Promise<void>((resolve) => {
    wake = resolve
  })
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (begins.test(said)) wake()
    })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      wake()
      resolve({ code, signal, said })
    })
  })
  return { child, begun, ended }
}

/** Waits until no process of a group is left, such as workers and kernels that notice that their parent is gone. */
export async function untilGroupIsGone(pid: number): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    try {
      process.kill(-pid, 0)
    } catch {
      return
    }
    await delay(50)
  }
  process.kill(-pid, 'SIGKILL')
}
