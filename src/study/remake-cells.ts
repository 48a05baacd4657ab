import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type CellResult, readResult, readRun } from './cell-result.js'
import { runCells } from './run-cells.js'
import { type ListedCell, readCells, readDesign } from './study.js'
import { finishedCell, ownStudy, shippedStudy } from './study-folder.js'

/** A cell of a study that was made again, and how its numbers compare with the table's. */
export interface Remade {
  readonly id: string
  /** The largest difference between two means, or two accuracies. */
  readonly difference: number
  /** Whether every number is the same to the last bit, as it must be on the same kind of processor. */
  readonly isSame: boolean
  /** On which processor it was computed for the table. */
  readonly processor: string | null
}

/** Two cells that take little time: one that is not trained, and the quickest that is. */
export async function quickCells(study: string): Promise<ListedCell[]> {
  const finished: { readonly cell: ListedCell; readonly seconds: number }[] = []
  for (const cell of readCells(study)) {
    const run = await readRun(join(shippedStudy(study), 'cells', cell.id))
    if (run !== null) finished.push({ cell, seconds: run.training + run.evaluation })
  }
  finished.sort((a, b) => a.seconds - b.seconds)
  const isTrained = ({ cell }: (typeof finished)[number]) => cell.checkpoint !== null
  const chosen = [finished.find((one) => !isTrained(one)), ...finished.filter(isTrained)]
  return chosen.flatMap((one) => one?.cell ?? []).slice(0, 2)
}

/**
 * Makes cells of the shipped study again, in a study of their own, and compares them with what is shipped.
 *
 * @throws Error when the study is not shipped, or a cell cannot be computed
 */
export async function remakeCells(study: string, cells: readonly ListedCell[]): Promise<Remade[]> {
  const design = readDesign(study)
  if (design === null) throw new Error(`there is no study '${study}'`)
  const again = `${study}-again`
  rmSync(ownStudy(again), { recursive: true, force: true })
  const errors: string[] = []
  const { failed } = await runCells(again, design, cells, {
    onCell: ({ id }, event) => {
      if ('error' in event) errors.push(`${id}: ${event.error}`)
    },
  })
  if (failed.length > 0) throw new Error(errors.join('; '))
  const remade: Remade[] = []
  for (const { id } of cells) {
    const shipped = join(shippedStudy(study), 'cells', id)
    const [before, now] = [await readResult(shipped), await readResult(finishedCell(again, id)!)]
    const difference = largestDifference(before, now)
    const isSame = JSON.stringify(numbersOf(before)) === JSON.stringify(numbersOf(now))
    remade.push({ id, difference, isSame, processor: (await readRun(shipped))?.processor ?? null })
  }
  return remade
}

/** What of a result are numbers that were measured. */
const numbersOf = ({ rows, validationAccuracy, testAccuracy, explainedAccuracy }: CellResult) => ({
  accuracies: [validationAccuracy, testAccuracy, explainedAccuracy],
  means: rows.map(({ mean }) => mean),
})

function largestDifference(a: CellResult, b: CellResult): number {
  const [first, second] = [numbersOf(a), numbersOf(b)].map(({ accuracies, means }) => [
    ...accuracies,
    ...means,
  ])
  return Math.max(...first!.map((value, i) => Math.abs((value ?? 0) - (second![i] ?? 0))))
}
