import { encodeImages, encodeLabels } from './idx-bytes.js'
import type { ProjectCopy } from './project-copy.js'

/** A recurrent network of one layer, as a reader writes one into src/architectures. */
export const NETWORK = `import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { readout } from './dense-layer.js'

export const elman = defineArchitecture({
  id: 'elman',
  title: 'Elman',
  units: { hidden: 12 },
  parameters: ({ rows, stepColumns, classes }, { hidden }) => [
    ...layer('hidden', [rows * stepColumns + hidden!, hidden!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward: (geometry, { hidden }) => (ops, w, x) => {
    const pixels = frames(x, geometry)
    const [ofPixels, ofState] = tf.split<Tensor2D>(w['hidden.kernel'] as Tensor2D, [pixels.shape[1], hidden!])
    const inputs = ops.terms(pixels, ofPixels!, 'pixels', geometry.steps)
    let h = ops.initial('memory', x.shape[0], hidden!, pixels)
    for (const [step, input] of inputs.entries()) {
      const sum = ops.affine('hidden', [input, ops.term(h, ofState!, 'nonnegative')], w['hidden.bias'] as Tensor1D)
      h = ops.tap('memory', step, ops.keep('hidden', ops.relu(sum)))
    }
    return readout(ops, w, h)
  },
})
`

/** The size of the gradient, as a reader writes a method into src/explanation/methods. */
export const METHOD = `import * as tf from '@tensorflow/tfjs-core'
import { gradientWalk } from '../gradient-walk.js'
import { defineMethod } from '../method.js'

export const steepness = defineMethod({
  id: 'steepness',
  title: 'Size of the gradient',
  short: 'Steep',
  attribute: (explained) => tf.abs(explained.walk(gradientWalk)),
})
`

/** Whether the item with most relevance is relevant, as a reader writes a measure into src/evaluation/measures. */
export const MEASURE = `import { defineMeasure } from '../measure.js'

export const topItem = defineMeasure({
  id: 'topItem',
  title: 'Top item is relevant',
  short: 'top',
  range: [0, 1],
  baseline: ({ items, majority }) => majority / items,
  score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!,
})
`

const SIDE = 8
const CLASSES = ['left', 'middle', 'right']

/** Images of ${SIDE}×${SIDE} with a bright column where their class says. */
function images(count: number): { pixels: Uint8Array; labels: Uint8Array } {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES.length)
  const pixels = new Uint8Array(count * SIDE * SIDE)
  for (let i = 0; i < count; i++) {
    const column = 1 + 2 * labels[i]! + (i % 2)
    for (let row = 0; row < SIDE; row++)
      pixels[(i * SIDE + row) * SIDE + column] = 155 + ((i * 37 + row * 11) % 101)
  }
  return { pixels, labels }
}

/** Adds one architecture, one method, one measure and one dataset to a copy of the project, each in one place. */
export function addOwnValues({ write }: ProjectCopy): void {
  write('src/architectures/elman.ts', NETWORK)
  write('src/explanation/methods/steepness.ts', METHOD)
  write('src/evaluation/measures/top-item.ts', MEASURE)
  const dataset = { title: 'Columns', classes: CLASSES, rows: SIDE, columns: SIDE, format: 'idx' }
  write('data/columns/dataset.json', JSON.stringify(dataset))
  for (const [name, count] of [
    ['train', 2400],
    ['t10k', 150],
  ] as const) {
    const { pixels, labels } = images(count)
    write(`data/columns/${name}-images-idx3-ubyte`, encodeImages(pixels, [count, SIDE, SIDE]))
    write(`data/columns/${name}-labels-idx1-ubyte`, encodeLabels(labels))
  }
}
