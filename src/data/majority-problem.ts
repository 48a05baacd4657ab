import type { LabelledImages } from './labelled-images.js'

/** The numbers that define a majority problem; the defaults are the thesis's. */
export interface MajorityProblem {
  /** Images in a sequence; 3 unless told. */
  readonly items: number
  /** How many of them share the class that is the label; 2 unless told. */
  readonly majority: number
  /** Images of class 0 … classes − 1 take part; 10 unless told. */
  readonly classes: number
  /** Width in pixels of what the network reads in one step; 7 unless told. */
  readonly stepColumns: number
}

/**
 * Fills in the thesis's values and checks that such sequences of these images exist.
 *
 * @throws naming the option that is out of range, and its range
 */
export function majorityProblem(images: LabelledImages, options: Partial<MajorityProblem>): MajorityProblem {
  const { items = 3, majority = 2, classes = 10, stepColumns = 7 } = options
  requireWhole('items', items, 1, 255)
  requireWhole('majority', majority, 1, items)
  const present = images.labels.reduce((most, label) => Math.max(most, label + 1), 0)
  requireWhole('classes', classes, 1, present)
  requireWhole('stepColumns', stepColumns, 1, items * images.columns)
  if ((items * images.columns) % stepColumns !== 0) {
    throw new RangeError(
      `stepColumns = ${stepColumns} does not divide the ${items * images.columns} columns of ${items} images side by side`,
    )
  }
  if (items - majority > (classes - 1) * (majority - 1)) {
    throw new RangeError(
      `With items = ${items}, majority = ${majority} and classes = ${classes} another class would tie: the ${items - majority} ` +
        `other items must fit into ${classes - 1} classes of at most ${majority - 1} each`,
    )
  }
  return { items, majority, classes, stepColumns }
}

function requireWhole(option: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return
  const allowed = low <= high ? `a whole number from ${low} to ${high}` : 'impossible with these images'
  throw new RangeError(`${option} = ${value}; allowed is ${allowed}`)
}
