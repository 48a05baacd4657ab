import type { LabelledImages } from './labelled-images.js'

/** The order in which a sequence is read: its left or its right end first. */
export type Scan = 'leftToRight' | 'rightToLeft'
export const SCANS: readonly Scan[] = ['leftToRight', 'rightToLeft']

/** The numbers that define what a sequence is and how it is read. */
export interface MajorityProblem {
  /** Images in a sequence. Default: 3. */
  readonly items: number
  /** How many of them share the class that is the label. Default: 2. */
  readonly majority: number
  /** Images of class 0 … classes − 1 take part. Default: all classes. */
  readonly classes: number
  /** Width in pixels of what the network reads in one step. Default: 7 of 28, `stepColumnsFor`. */
  readonly stepColumns: number
  /** Which end is read first. Default: leftToRight. */
  readonly scan: Scan
}

/** All that determines the sequences of a dataset. */
export interface Problem extends MajorityProblem {
  /** Seeds the split and the sequences, a whole number. Default: 1. */
  readonly seed: number
  /** Whether each epoch of training draws fresh sequences. Default: false. */
  readonly freshSequences: boolean
  /** Which of several equal parts of the training images validates; the others are trained on. Default: a fifth validates. */
  readonly fold?: Fold
}

/** One of several equal parts, from 0. */
export interface Fold {
  readonly index: number
  readonly of: number
}

/** What of a dataset decides which problems it can have; a `Dataset` is one. */
export interface ProblemImages {
  readonly rows: number
  readonly columns: number
  /** How many classes there are, or their names. */
  readonly classes: number | readonly string[]
}

/**
 * Fills in the defaults and checks, before any image is loaded, that the problem can be made of such images.
 *
 * @throws RangeError naming the option that is unknown or out of range, and what is allowed
 * @example
 * const problem = checkProblem({ items: 5, majority: 3 }, { rows: 28, columns: 28, classes: 10 })
 */
export function checkProblem(problem: Partial<Problem>, images: ProblemImages): Problem {
  const { seed = 1, freshSequences = false, fold, ...majority } = problem
  const checked = { ...checkMajority(majority, images), seed, freshSequences }
  const unknown = Object.keys(problem).find((option) => !Object.hasOwn({ ...checked, fold }, option))
  if (unknown !== undefined)
    throw new RangeError(`The problem has no ${unknown}; it has ${Object.keys(checked).join(', ')}, fold`)
  checkSeed(seed)
  if (typeof freshSequences !== 'boolean')
    throw new RangeError(`freshSequences = ${shown(freshSequences)}; allowed are true and false`)
  if (fold === undefined) return checked
  requireWhole('fold.of', fold.of, 2, 100)
  requireWhole('fold.index', fold.index, 0, fold.of - 1)
  return { ...checked, fold }
}

/** Throws a RangeError unless a seed is a whole number of at most 53 bits. */
export function checkSeed(seed: number, name = 'seed'): void {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`${name} = ${shown(seed)}; allowed is a whole number of at most 53 bits, such as 1`)
}

/**
 * As `checkProblem`, for images at hand.
 *
 * @throws RangeError naming the option that is out of range, and its range
 */
export function majorityProblem(images: LabelledImages, options: Partial<MajorityProblem>): MajorityProblem {
  return checkMajority(options, { ...images, classes: classesOf(images) })
}

/** How many classes images have: those of their dataset, or else the highest label + 1. */
export const classesOf = ({ classes, labels }: LabelledImages): number =>
  classes ?? labels.reduce((most, label) => Math.max(most, label + 1), 0)

/** The step of images of any width: their largest divisor of at most a quarter of their width; 7 of the thesis's 28. */
export const stepColumnsFor = (columns: number): number =>
  divisorsOf(columns).findLast((divisor) => divisor <= columns / 4) ?? 1

function checkMajority(options: Partial<MajorityProblem>, images: ProblemImages): MajorityProblem {
  const { columns } = images
  const present = typeof images.classes === 'number' ? images.classes : images.classes.length
  const { items = 3, majority = 2, classes = present, scan = 'leftToRight' } = options
  const { stepColumns = stepColumnsFor(columns) } = options
  requireWhole('items', items, 1, 255)
  requireWhole('majority', majority, 1, items)
  requireWhole('classes', classes, 1, present)
  requireWhole('stepColumns', stepColumns, 1, items * columns)
  if ((items * columns) % stepColumns !== 0)
    throw new RangeError(
      `stepColumns = ${stepColumns} does not divide the ${items * columns} columns of ${items} images side by side; ` +
        `allowed are ${divisorsOf(items * columns).join(', ')}`,
    )
  if (!SCANS.includes(scan)) throw new RangeError(`scan = ${shown(scan)}; allowed are ${SCANS.join(' and ')}`)
  checkNoTie({ items, majority, classes })
  return { items, majority, classes, stepColumns, scan }
}

function checkNoTie({
  items,
  majority,
  classes,
}: Pick<MajorityProblem, 'items' | 'majority' | 'classes'>): void {
  if (items - majority <= (classes - 1) * (majority - 1)) return
  throw new RangeError(
    `With items = ${items}, majority = ${majority} and classes = ${classes} another class would tie: the ${items - majority} ` +
      `other items must fit into ${classes - 1} classes of at most ${majority - 1} each`,
  )
}

const divisorsOf = (width: number): number[] =>
  Array.from({ length: width }, (_, i) => i + 1).filter((divisor) => width % divisor === 0)

function requireWhole(option: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return
  const allowed = low <= high ? `a whole number from ${low} to ${high}` : 'impossible with these images'
  throw new RangeError(`${option} = ${shown(value)}; allowed is ${allowed}`)
}

/** A value as errors show it: numbers as they are, NaN too, and texts in quotation marks. */
const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value))
