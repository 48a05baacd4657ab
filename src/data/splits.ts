import type { LabelledDataset, LabelledImages } from './labelled-images.js'
import { type MajoritySequences, majoritySequences } from './majority.js'
import { classesOf, type Fold, type MajorityProblem } from './majority-problem.js'
import { randomStream, shuffle } from './random.js'

/** Disjoint train and validation indices, ascending, that together are 0 … count − 1. */
export interface SplitIndices {
  readonly train: Int32Array
  readonly validation: Int32Array
}

/**
 * Parts 0 … count − 1 at random, as a function of (count, fraction, seed), `round(fraction · count)` of them for training.
 *
 * @throws if the fraction leaves one side empty
 */
export function splitIndices(count: number, fraction = 0.8, seed = 0): SplitIndices {
  const trained = Math.round(count * fraction)
  if (!(trained > 0 && trained < count)) {
    throw new RangeError(
      `A training fraction of ${fraction} of ${count} images leaves one side of the split empty`,
    )
  }
  const order = shuffle(
    randomStream(seed, 'split', count),
    Int32Array.from({ length: count }, (_, i) => i),
  )
  return { train: order.slice(0, trained).sort(), validation: order.slice(trained).sort() }
}

/**
 * Parts 0 … count − 1 at random into equal folds, of which one validates; the folds of a seed are disjoint and together all.
 *
 * @throws RangeError if a fold is empty
 */
export function foldIndices(count: number, { index, of }: Fold, seed = 0): SplitIndices {
  const [from, to] = [index, index + 1].map((k) => Math.round((count * k) / of)) as [number, number]
  if (from >= to) throw new RangeError(`Fold ${index} of ${of} of ${count} images is empty`)
  const order = shuffle(
    randomStream(seed, 'split', count),
    Int32Array.from({ length: count }, (_, i) => i),
  )
  const train = Int32Array.from([...order.subarray(0, from), ...order.subarray(to)])
  return { train: train.sort(), validation: order.slice(from, to).sort() }
}

export interface MajoritySplitOptions extends Partial<MajorityProblem> {
  readonly seed: number
  /** Part of the training file that is trained on. Default: 0.8. */
  readonly trainFraction?: number
  /** Whether training draws fresh sequences each epoch (`sequencesOfEpoch`). Default: false. */
  readonly freshSequences?: boolean
  /** Which fold of the training file validates, in place of a fraction. */
  readonly fold?: Fold
}

export interface MajoritySplits {
  readonly train: MajoritySequences
  readonly validation: MajoritySequences
  readonly test: MajoritySequences
}

/**
 * The majority problem of a dataset: train and validation from its training images (48,000 and 12,000 of MNIST), test
 * from its test images (10,000); no image is in two of them.
 *
 * @throws naming the option that is out of range
 * @example
 * const { train, validation, test } = majoritySplits(await model.dataset.load(), { seed: 1 })
 */
export function majoritySplits(
  dataset: Pick<LabelledDataset, 'train' | 'test'>,
  options: MajoritySplitOptions,
): MajoritySplits {
  const { trainFraction = 0.8, freshSequences = false, fold, ...problem } = options
  const present = Math.max(classesOf(dataset.train), classesOf(dataset.test))
  // Both parts have the same classes, also where one has no image of the last.
  const withAll = (part: LabelledImages) =>
    classesOf(part) === present ? part : { ...part, classes: present }
  const [images, testImages] = [withAll(dataset.train), withAll(dataset.test)]
  const { train, validation } =
    fold === undefined
      ? splitIndices(images.count, trainFraction, options.seed)
      : foldIndices(images.count, fold, options.seed)
  return {
    train: majoritySequences({
      ...problem,
      images,
      which: train,
      split: 'train',
      freshSequences,
    }),
    validation: majoritySequences({
      ...problem,
      images,
      which: validation,
      split: 'validation',
    }),
    test: majoritySequences({ ...problem, images: testImages, split: 'test' }),
  }
}
