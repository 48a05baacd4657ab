import { drawSequence } from './draw-sequence.js'
import { groupByClass } from './group-by-class.js'
import type { LabelledImages } from './labelled-images.js'
import { type MajorityProblem, majorityProblem, type Scan } from './majority-problem.js'
import { randomStream } from './random.js'

export interface MajorityOptions extends Partial<MajorityProblem> {
  readonly images: LabelledImages
  /** The images of the split, by index: sequences are made for and from these. Default: all images. */
  readonly which?: Int32Array
  readonly seed: number
  /** Names the random stream, so that two splits with one seed stay independent. Default: the images' name. */
  readonly split?: string
  /** Which draw of companions and orders. Default: 0. */
  readonly epoch?: number
  /** Whether each epoch of a training draws anew (see `sequencesOfEpoch`). Default: false. */
  readonly freshSequences?: boolean
}

/** A majority problem as indices: each sequence is some images side by side, most of them of the class that is its label. */
export interface MajoritySequences {
  readonly images: LabelledImages
  readonly count: number
  /** `[count, itemsPerSequence]`, indices into `images`, from left to right. */
  readonly items: Int32Array
  /** `[count]`, the class of the majority, 0 to classes − 1. */
  readonly labels: Uint8Array
  /** `[count, itemsPerSequence]`, 1 where an item has the majority's class and 0 elsewhere. */
  readonly relevant: Uint8Array
  readonly itemsPerSequence: number
  readonly majority: number
  readonly classes: number
  /** Height in pixels of a sequence. */
  readonly rows: number
  /** Width in pixels of a whole sequence. */
  readonly columns: number
  /** Width in pixels of what is read in one step. */
  readonly stepColumns: number
  readonly steps: number
  /** Which end is read first; the items stand from left to right all the same. */
  readonly scan: Scan
  /** `[count]`, the image for which each sequence was made, ascending; together the images that all items come from. */
  readonly anchors: Int32Array
  readonly split: string
  readonly seed: number
  readonly epoch: number
  readonly freshSequences: boolean
}

/**
 * Makes one sequence for each image of a split: the image, majority − 1 others of its class and items − majority of
 * other classes, in random order.
 *
 * The images of a sequence all differ and no other class reaches `majority` of them; each is drawn uniformly from the
 * split's images that are still allowed. Images of class `classes` and above are left out.
 *
 * @throws naming an option that is out of range, or the class of which the split has too few images
 * @example
 * const { train } = await datasetFromArrays({
 *   id: 'bars',
 *   title: 'Bars',
 *   classes: ['rows', 'columns'],
 *   range: [0, 1],
 *   train: { rows: 2, columns: 2, pixels: [1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1], labels: [0, 0, 1, 1] },
 *   test: { rows: 2, columns: 2, pixels: [1, 1, 0, 0, 1, 0, 1, 0], labels: [0, 1] },
 * }).load()
 * const sequences = majoritySequences({ images: train, seed: 1 })
 * sequences.labels // the class of which two of the three items are
 */
export function majoritySequences(options: MajorityOptions): MajoritySequences {
  const { images, seed, split = images.name, epoch = 0, freshSequences = false } = options
  const problem = majorityProblem(images, options)
  const anchors = splitImages(images, options.which).filter(
    (image) => images.labels[image]! < problem.classes,
  )
  if (anchors.length === 0) throw new RangeError(`which leaves no image of a class below ${problem.classes}`)
  return drawAll(
    {
      images,
      itemsPerSequence: problem.items,
      majority: problem.majority,
      classes: problem.classes,
      rows: images.rows,
      columns: problem.items * images.columns,
      stepColumns: problem.stepColumns,
      steps: (problem.items * images.columns) / problem.stepColumns,
      scan: problem.scan,
      anchors,
      split,
      seed,
      freshSequences,
    },
    epoch,
  )
}

/** The same anchors with companions and orders drawn anew, as a function of (seed, split, epoch); the labels stay. Epoch 0 is the first draw. */
export function redrawn(sequences: MajoritySequences, epoch: number): MajoritySequences {
  return drawAll(sequences, epoch)
}

/** What a training reads in an epoch: fresh sequences where they are asked for, the same ones otherwise. */
export function sequencesOfEpoch(sequences: MajoritySequences, epoch: number): MajoritySequences {
  return sequences.freshSequences ? redrawn(sequences, epoch) : sequences
}

type Drawn = 'count' | 'items' | 'labels' | 'relevant' | 'epoch'

function drawAll(frame: Omit<MajoritySequences, Drawn>, epoch: number): MajoritySequences {
  const { images, anchors, itemsPerSequence, majority, classes, seed, split } = frame
  const byClass = groupByClass(images, anchors, classes)
  const stream = randomStream(seed, 'majority', split, epoch)
  const items = new Int32Array(anchors.length * itemsPerSequence)
  for (let s = 0; s < anchors.length; s++) {
    const sequence = items.subarray(s * itemsPerSequence, (s + 1) * itemsPerSequence)
    drawSequence(stream, byClass, anchors[s]!, images.labels[anchors[s]!]!, majority, sequence)
  }
  const labels = Uint8Array.from(anchors, (image) => images.labels[image]!)
  const relevant = Uint8Array.from(items, (image, i) =>
    images.labels[image] === labels[Math.floor(i / itemsPerSequence)] ? 1 : 0,
  )
  return { ...frame, count: anchors.length, items, labels, relevant, epoch }
}

function splitImages(images: LabelledImages, which?: Int32Array): Int32Array {
  if (which === undefined) return Int32Array.from({ length: images.count }, (_, index) => index)
  const sorted = Int32Array.from(which).sort()
  for (let i = 0; i < sorted.length; i++) {
    const image = sorted[i]!
    if (image < 0 || image >= images.count) {
      throw new RangeError(`which names image ${image}; ${images.name} has 0 to ${images.count - 1}`)
    }
    if (i > 0 && image === sorted[i - 1]) throw new RangeError(`which names image ${image} twice`)
  }
  return sorted
}
