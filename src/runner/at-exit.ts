const ends = new Set<() => void>()

const endAll = (): void => {
  for (const end of ends) end()
}

/** The signals that end a process without its `exit` event, with the exit codes that shells give them. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

const exitOn = (signal: keyof typeof SIGNALS) => (): void => {
  // Where the program itself listens, it decides when to exit.
  if (process.listenerCount(signal) === 1) process.exit(SIGNALS[signal])
}
const listeners = { SIGHUP: exitOn('SIGHUP'), SIGINT: exitOn('SIGINT'), SIGTERM: exitOn('SIGTERM') } as const

/**
 * Calls `end` when this process exits, also by a SIGINT, SIGTERM or SIGHUP that nothing else listens to.
 *
 * @param end what must happen without waiting for anything
 * @returns a function that calls it off
 */
export const atExit = (end: () => void): (() => void) => {
  if (ends.size === 0) {
    process.on('exit', endAll)
    for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener)
  }
  ends.add(end)
  return () => {
    ends.delete(end)
    if (ends.size > 0) return
    process.off('exit', endAll)
    for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener)
  }
}
