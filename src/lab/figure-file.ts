import type { Kernel } from './jupyter.js'

export const FORMATS = ['pdf', 'svg', 'png'] as const
export type Format = (typeof FORMATS)[number]

/** What the kernel listens to, see `figure-files.ts` of its notebook's side. */
const TARGET = 'thesis.figure-file'

/**
 * Asks the kernel that showed a figure for the file that its export writes.
 *
 * @throws Error saying why there is none
 */
export function requestFile(
  kernel: Kernel,
  id: string,
  format: Format,
): Promise<{ name: string; base64: string }> {
  return new Promise((resolve, reject) => {
    const comm = kernel.createComm(TARGET)
    comm.onMsg = ({ content }) => {
      const { name, base64, error } = (content.data ?? {}) as {
        name?: string
        base64?: string
        error?: string
      }
      if (name !== undefined && base64 !== undefined) resolve({ name, base64 })
      else reject(new Error(error ?? 'The kernel sent no file.'))
      if (!comm.isDisposed) comm.close()
    }
    // Nobody listens: the kernel was restarted.
    comm.onClose = () => reject(new Error('This kernel did not show the figure: run its cell again.'))
    comm.open({ id, format })
  })
}
