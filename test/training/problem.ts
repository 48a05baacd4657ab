import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { architecture } from '../../src/catalogue/index.js'
import type { LabelledImages } from '../../src/data/labelled-images.js'
import { type MajoritySequences, majoritySequences } from '../../src/data/majority.js'
import { randomStream } from '../../src/data/random.js'
import type { Geometry, Units } from '../../src/network/geometry.js'
import type { Trainable } from '../../src/training/fit.js'
import type { TrainingOptions } from '../../src/training/options.js'
import type { TrainingState } from '../../src/training/state.js'

/** Noisy images of 4×4 pixels in three classes: a bright row, a bright column, a bright diagonal. */
function images(count: number, name: string): LabelledImages {
  const stream = randomStream(11, name)
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3)
  const pixels = Uint8Array.from({ length: count * 16 }, (_, i) => {
    const [image, row, column] = [Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4]
    const bright = [row === 1, column === 2, row === column][labels[image]!]
    return (bright ? 180 : 20) + 50 * uniformFloat64(stream)
  })
  return { name, count, rows: 4, columns: 4, pixels, labels }
}

const sequences = (count: number, name: string, freshSequences = false): MajoritySequences =>
  majoritySequences({ images: images(count, name), classes: 3, stepColumns: 4, seed: 5, freshSequences })

/** 42 sequences to train on: at a batch of 10, four batches and a rest of two. */
export const train = sequences(42, 'train')
export const freshTrain = sequences(42, 'train', true)
export const validation = sequences(30, 'validation')

export const geometry: Geometry = { rows: 4, stepColumns: 4, steps: 3, classes: 3 }

const units: Readonly<Record<string, Units>> = {
  shallow: { hidden: 8, recurrent: 6 },
  'r-lstm': { input: 7, cell: 6 },
  convdeep: { conv1: 2, conv2: 3, input: 5, hidden: 6, recurrent: 4, output: 5 },
}

export function network(name = 'shallow'): Trainable {
  const { parameters, forward } = architecture(name)
  return { specs: parameters(geometry, units[name]!), forward: forward(geometry, units[name]!) }
}

export const options: TrainingOptions = {
  epochs: 2,
  batchSize: 10,
  learningRate: 0.01,
  schedule: 'cosine',
  keepProbability: 0.8,
  dropout: 'perStep',
  patience: null,
  seed: 3,
}

/** A state as plain numbers, for comparing to the last bit. */
export const plain = ({ trained, adam, best, ...rest }: TrainingState) => ({
  ...structuredClone(rest),
  trained: [...trained],
  m: [...adam.m],
  v: [...adam.v],
  steps: adam.steps,
  best: { epoch: best.epoch, effective: [...best.effective] },
})
