import type { Dataset } from '../../data/dataset.js'
import type { Geometry, Scan } from '../../network/geometry.js'

/** The numbers that define a majority problem. */
export interface Problem {
  /** Images in a sequence. */
  readonly items: number
  /** How many of them are of the class that is the label. */
  readonly majority: number
  /** Images of class 0 … classes − 1 take part. */
  readonly classes: number
  /** Width in pixels of what the network reads in one step. */
  readonly stepColumns: number
  /** Which end of a sequence is read first. */
  readonly scan: Scan
  /** Seeds the split and the sequences. */
  readonly seed: number
  /** Whether each epoch of training draws fresh sequences. */
  readonly freshSequences: boolean
}

/** The thesis's problem: three images, two of one class, read seven columns at a time. */
export const THESIS_PROBLEM: Problem = {
  items: 3,
  majority: 2,
  classes: 10,
  stepColumns: 7,
  scan: 'leftToRight',
  seed: 1,
  freshSequences: false,
}

/** What of a dataset a problem depends on. */
export type ImageSizes = Pick<Dataset, 'id' | 'rows' | 'columns' | 'classes'>

/**
 * The thesis's problem on a dataset, with changes. Without them all of its classes take part, and a step is a quarter of an
 * image or the nearest width below that divides it.
 *
 * @throws RangeError naming the number that is out of range, and the range
 */
export function problemOf(dataset: ImageSizes, changes: Partial<Problem> = {}): Problem {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const problem: Problem = {
    ...THESIS_PROBLEM,
    classes: dataset.classes.length,
    stepColumns: quarterOf(dataset.columns),
    ...Object.fromEntries(given),
  }
  checkProblem(problem, dataset)
  return problem
}

function quarterOf(columns: number): number {
  for (let width = Math.max(1, Math.floor(columns / 4)); ; width--) if (columns % width === 0) return width
}

/** Throws a RangeError naming the first number of a problem that is out of range on a dataset, and the range. */
export function checkProblem(problem: Problem, { id, columns, classes: names }: ImageSizes): void {
  const { items, majority, classes, stepColumns, scan, seed, freshSequences } = problem
  whole('items', items, 1, 255)
  whole('majority', majority, 1, items)
  whole('classes', classes, 2, names.length, ` in ${id}`)
  whole('stepColumns', stepColumns, 1, items * columns)
  if ((items * columns) % stepColumns !== 0)
    throw new RangeError(
      `stepColumns is ${stepColumns}; it must divide the ${items * columns} columns of ${items} images side by side`,
    )
  if (items - majority > (classes - 1) * (majority - 1))
    throw new RangeError(
      `majority is ${majority} of ${items} items and ${classes} classes, so that another class would tie; ` +
        `the ${items - majority} others must fit into ${classes - 1} classes of at most ${majority - 1} each`,
    )
  if (scan !== 'leftToRight' && scan !== 'rightToLeft')
    throw new RangeError(`scan is ${JSON.stringify(scan)}; allowed are leftToRight and rightToLeft`)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed is ${seed}; it must be a whole number`)
  if (typeof freshSequences !== 'boolean')
    throw new RangeError(`freshSequences is ${JSON.stringify(freshSequences)}; allowed are true and false`)
}

function whole(name: string, value: number, low: number, high: number, where = ''): void {
  if (Number.isInteger(value) && value >= low && value <= high) return
  throw new RangeError(
    `${name} is ${JSON.stringify(value)}; allowed are whole numbers from ${low} to ${high}${where}`,
  )
}

/** The geometry of a dataset's images under a problem. */
export const geometryOf = (problem: Problem, dataset: Pick<Dataset, 'rows' | 'columns'>): Geometry => ({
  rows: dataset.rows,
  stepColumns: problem.stepColumns,
  steps: (problem.items * dataset.columns) / problem.stepColumns,
  classes: problem.classes,
  ...(problem.scan === 'leftToRight' ? {} : { scan: problem.scan }),
})
