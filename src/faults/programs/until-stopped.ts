/** A signal that aborts as the commands' do at SIGINT and SIGTERM. */
export function untilStopped(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

/** Tells whoever started the program that its work begins. */
export const ready = (): void => {
  process.stdout.write('ready\n')
}
