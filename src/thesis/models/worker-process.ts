import { fork } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { requireFromHere } from '../../backend/node-modules.js'
import { workingRoot } from '../../files/places.js'

export interface WorkerOptions<Message> {
  readonly signal?: AbortSignal
  onMessage(message: Message): void
}

/** How a worker process ended. */
export interface WorkerEnd {
  readonly code: number | null
  readonly killedBy: NodeJS.Signals | null
}

/**
 * Gives a job to a process of its own, since a backend computes on the thread that calls it.
 *
 * An abort reaches the worker as SIGINT, so that it can keep what it has.
 *
 * @param file the worker's entry, as `moduleBeside('./train-worker', import.meta.url)`
 */
export function runWorker<Job extends object, Message>(
  file: URL,
  job: Job,
  { signal, onMessage }: WorkerOptions<Message>,
): Promise<WorkerEnd> {
  const root = workingRoot()
  return new Promise((resolve, reject) => {
    // Threads of TensorFlow's own in each process would only make the processes wait for one another.
    const env = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', ...process.env }
    const worker = fork(file, { cwd: root, execArgv: ['--import', typeScriptLoader()], env })
    const stop = () => worker.kill('SIGINT')
    signal?.addEventListener('abort', stop)
    worker.on('message', onMessage)
    worker.on('error', reject)
    // What a worker said last may arrive after its exit, but before its channel closes.
    let end: WorkerEnd | null = null
    const settle = () => {
      if (end === null || worker.connected) return
      signal?.removeEventListener('abort', stop)
      resolve(end)
    }
    worker.on('exit', (code, killedBy) => {
      end = { code, killedBy }
      settle()
    })
    worker.on('disconnect', settle)
    worker.send(job)
    if (signal?.aborted) stop()
  })
}

/** What lets a worker import TypeScript: its own files in the project, and those of a user everywhere. */
const typeScriptLoader = (): string => pathToFileURL(requireFromHere().resolve('tsx')).href

/** Sends a message from a worker and waits until it is on its way: a long one is lost when the process ends before. */
export const tellParent = (message: object): Promise<void> =>
  new Promise((resolve) => {
    if (!process.connected || !process.send) resolve()
    else process.send(message, () => resolve())
  })
