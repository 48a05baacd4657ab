import { MAY_FAIL, NOT_RUN, tagsOf } from '../runner/cell-tags.js'
import { startKernel } from '../runner/execute.js'
import { type KernelClient, KernelLostError } from '../runner/kernel-client.js'
import type { Cell, Notebook } from '../runner/notebook-file.js'
import { errorOutput } from '../runner/outputs.js'
import type { Combination } from './combinations.js'

/** A combination whose parameters the notebook itself refuses. */
export interface Refusal {
  readonly id: string
  /** What its parameters cell says. */
  readonly message: string
}

/**
 * Asks the notebook's own parameters cell, in one kernel, which combinations it refuses, before any of them runs. The cells before it run
 * once; where they fail nothing is known, and each run says so itself.
 *
 * @param notebook its file
 */
export async function refusedCombinations(
  notebook: string,
  combinations: readonly Combination[],
  { env, signal }: { readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): Promise<readonly Refusal[]> {
  const [first] = combinations
  if (first === undefined) return []
  const kernel = await startKernel({ notebook, ...(env ? { env } : {}) })
  const interrupt = () => kernel.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    for (const cell of first.notebook.cells.slice(0, parametersPlace(first.notebook)))
      if (isRun(cell) && (await problemOf(kernel, cell)) !== null && !tagsOf(cell).includes(MAY_FAIL))
        return []
    const refused: Refusal[] = []
    for (const { id, notebook: run } of combinations) {
      const cell = run.cells[parametersPlace(run)]
      const message = cell && !signal?.aborted ? await problemOf(kernel, cell) : null
      if (message !== null && !signal?.aborted) refused.push({ id, message })
    }
    return refused
  } catch (error) {
    if (error instanceof KernelLostError) return []
    throw error
  } finally {
    signal?.removeEventListener('abort', interrupt)
    await kernel.shutdown()
  }
}

const parametersPlace = ({ cells }: Notebook): number =>
  cells.findIndex((cell) => cell.cell_type === 'code' && tagsOf(cell).includes('parameters'))

const isRun = (cell: Cell): boolean =>
  cell.cell_type === 'code' && cell.source.trim() !== '' && !tagsOf(cell).includes(NOT_RUN)

async function problemOf(kernel: KernelClient, { source }: Cell): Promise<string | null> {
  const reply = await kernel.execute(source, () => {})
  if (reply.status === 'ok') return null
  const { ename, evalue } = errorOutput(reply)
  return evalue || ename || 'it failed'
}
