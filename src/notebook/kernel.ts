import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What a Jupyter `display_data` or `update_display_data` message carries. */
export interface DisplayContent {
  readonly data: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly transient: { readonly display_id?: string }
}

/** Sends display data to the notebook; `update` replaces the output shown earlier under the same display id. */
export type DisplayWriter = (content: DisplayContent, update: boolean) => void

/**
 * The writer of the tslab kernel this code runs in, or null in plain Node.
 *
 * tslab's public API sends one MIME type per output, so this reads the writer behind it. It looks among the
 * loaded modules instead of importing one: outside a kernel that would load a TypeScript compiler for nothing,
 * and inside one only the kernel's own instance has the writer of the running cell.
 */
export function displayWriter(): DisplayWriter | null {
  const { cache } = createRequire(join(process.cwd(), 'cell.js'))
  for (const [path, module] of Object.entries(cache)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path)) continue
    const exported: unknown = module?.exports
    if (!hasWriter(exported)) continue
    return exported.lastWriteDisplayData
  }
  return null
}

/** Whether this code runs in a notebook's kernel. */
export const insideKernel = (): boolean => displayWriter() !== null

function hasWriter(exported: unknown): exported is { lastWriteDisplayData: DisplayWriter } {
  return (
    typeof exported === 'object' &&
    exported !== null &&
    'lastWriteDisplayData' in exported &&
    typeof exported.lastWriteDisplayData === 'function'
  )
}
