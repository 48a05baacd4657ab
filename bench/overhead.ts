import { join } from 'node:path'
import { KernelClient } from '../src/runner/kernel-client.js'
import { projectKernel } from '../src/runner/kernel-spec.js'

/** Milliseconds until a kernel answers, of its first cell, and of cells that do next to nothing. */
export async function notebookOverhead(
  project: string,
  cells: number,
): Promise<{ start: number; cells: number[] }> {
  const before = performance.now()
  const kernel = await KernelClient.start({ spec: projectKernel, folder: join(project, 'notebooks') })
  try {
    const start = performance.now() - before
    const runs: number[] = []
    await kernel.execute('let cell = 0', () => {})
    for (let i = 0; i < cells; i++) {
      const began = performance.now()
      await kernel.execute('cell++', () => {})
      runs.push(performance.now() - began)
    }
    return { start, cells: runs }
  } finally {
    await kernel.shutdown()
  }
}
