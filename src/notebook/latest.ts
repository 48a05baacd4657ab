/**
 * Makes work that is asked for faster than it is done skip what is out of date: one piece runs at a time, a newer input aborts
 * it, and of the inputs that came meanwhile only the last is worked on.
 *
 * @param work handles its own errors; what it throws is dropped
 * @returns takes an input, and resolves once nothing is left to do
 */
export function latest<Input>(
  work: (input: Input, signal: AbortSignal) => Promise<void>,
): (input: Input) => Promise<void> {
  const queue: { next: { readonly input: Input } | null; running: Promise<void> | null } = {
    next: null,
    running: null,
  }
  const current: { controller: AbortController } = { controller: new AbortController() }

  async function run(): Promise<void> {
    for (let job = queue.next; job !== null; job = queue.next) {
      queue.next = null
      current.controller = new AbortController()
      await work(job.input, current.controller.signal).catch(() => {})
    }
    queue.running = null
  }

  return (input) => {
    queue.next = { input }
    current.controller.abort()
    queue.running ??= run()
    return queue.running
  }
}
