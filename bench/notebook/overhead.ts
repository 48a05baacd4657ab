import { setTimeout } from 'node:timers/promises'
import { textField } from '../../src/runner/json.js'
import { ProtocolClient } from '../protocol/client.js'
import type { Kernel } from '../protocol/kernels.js'
import { type Cells, cellsFor } from './cells.js'

/** Milliseconds, one of each run. */
export interface Overhead {
  /** Until a kernel answers. */
  readonly start: readonly number[]
  /** Of a cell that does next to nothing. */
  readonly empty: readonly number[]
  /** Of a cell after a hundred others. */
  readonly late: readonly number[]
}

export interface OverheadOptions {
  /** The working folder of the kernels. */
  readonly folder: string
  readonly turns: number
  readonly runs: number
  onProgress(text: string): void
}

/** Milliseconds before a turn, in which the kernel before it ends. */
const PAUSE = 300

/** What kernels take beside what cells compute; they take turns, so that what else the machine does hits all. */
export async function notebookOverhead(
  kernels: readonly Kernel[],
  { folder, turns, runs, onProgress }: OverheadOptions,
): Promise<readonly Overhead[]> {
  const all = kernels.map(() => ({ start: [] as number[], empty: [] as number[], late: [] as number[] }))
  for (let turn = 0; turn < turns; turn++)
    for (const [i, kernel] of kernels.entries()) {
      onProgress(`${kernel.name}: a notebook, ${turn + 1} of ${turns}`)
      await setTimeout(PAUSE)
      const one = await measured(kernel, cellsFor(kernel), { folder, runs })
      for (const what of ['start', 'empty', 'late'] as const) all[i]![what].push(...one[what])
    }
  return all
}

async function measured(
  kernel: Kernel,
  { first, empty, notebook, after }: Cells,
  { folder, runs }: { readonly folder: string; readonly runs: number },
): Promise<Overhead> {
  const began = performance.now()
  const client = await ProtocolClient.start(kernel, folder)
  try {
    const start = performance.now() - began
    await milliseconds(first)
    const emptyTimes = await series(() => empty)
    for (const cell of notebook) await milliseconds(cell)
    return { start: [start], empty: emptyTimes, late: await series(after) }
  } finally {
    await client.end()
  }

  async function series(cell: (number: number) => string): Promise<number[]> {
    const times: number[] = []
    for (let i = 0; i < runs; i++) times.push(await milliseconds(cell(i)))
    return times
  }

  async function milliseconds(code: string): Promise<number> {
    const before = performance.now()
    const { reply, published } = await client.execute(code)
    const time = performance.now() - before
    if (reply.content.status === 'ok') return time
    // tslab replies without saying what is wrong, and prints it.
    const words = [
      ...published.map(({ content }) => textField(content, 'text')),
      textField(reply.content, 'evalue'),
    ]
    throw new Error(`${kernel.name} fails at a cell: ${words.filter(Boolean).join(' ').trim()}\n${code}`)
  }
}
