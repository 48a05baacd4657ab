/** Ctrl-C as an abort signal, for as long as `work` runs; a second one ends the process. */
export const withInterruption = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const onSignal = (): void => {
    // Kernels end with the process.
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write('\nInterrupting; once more to end at once.\n')
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', onSignal)
  }
}
