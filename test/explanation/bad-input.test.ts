import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, method } from '../../src/catalogue/index.js'
import { type ExplainOptions, explainBatch } from '../../src/explanation/index.js'
import { randomNetwork, TINY, tensorsOf } from '../architectures/networks.js'
import { randomValues, tensorsLeft } from '../network/tensors.js'

beforeAll(async () => {
  await useBackend()
})

const network = randomNetwork(architecture('deep'))
const [BATCH, ROWS, COLUMNS] = [4, TINY.rows, TINY.steps * TINY.stepColumns]

interface Case {
  /** Pixel 3 of sequence 2. Default: as random as the others. */
  readonly pixel?: number
  readonly shape?: [number, number, number]
  readonly range?: unknown
  readonly target?: unknown
  readonly geometry?: ExplainOptions['geometry']
  readonly items?: number
  readonly evidence?: unknown
  readonly method?: string
}

function explain({ pixel, shape = [BATCH, ROWS, COLUMNS], method: name = 'deepTaylor', ...options }: Case) {
  const values = randomValues(shape[0] * shape[1] * shape[2], 'pixels')
  if (pixel !== undefined) values[2 * ROWS * COLUMNS + 3] = pixel
  const [w, x] = [tensorsOf(network), tf.tensor3d(values, shape)]
  try {
    const given = { target: 'prediction', ...options } as unknown as ExplainOptions
    return explainBatch(network.forward, w, x as Tensor3D, { ...given, method: method(name) })
  } finally {
    tf.dispose([w, x])
  }
}

const refused: [string, Case, string][] = [
  [
    'a pixel above the range',
    { pixel: 5 },
    'sequence 2 has a pixel of 5; pixels must lie in the range [-1, 1]',
  ],
  ['a pixel below the range', { pixel: -1.5 }, 'sequence 2 has a pixel of -1.5'],
  ['a pixel just above the range', { pixel: 1.0000001 }, 'sequence 2 has a pixel of 1.0000001'],
  ['a pixel that is not a number', { pixel: Number.NaN }, 'sequence 2 has a pixel of NaN'],
  ['an infinite pixel', { pixel: Number.POSITIVE_INFINITY }, 'sequence 2 has a pixel of Infinity'],
  [
    'pixels outside a range of one’s own',
    { range: { low: 0, high: 1 } },
    'pixels must lie in the range [0, 1]',
  ],
  [
    'a range upside down',
    { range: { low: 1, high: -1 } },
    'the range of the pixels is [1, -1]; low must be below high, both finite',
  ],
  ['an empty range', { range: { low: 1, high: 1 } }, 'the range of the pixels is [1, 1]; low must be below'],
  ['a range without a bound', { range: { low: -1 } }, 'the range of the pixels is [-1, undefined]'],
  [
    'a range that is not a number',
    { range: { low: Number.NaN, high: 1 } },
    'the range of the pixels is [NaN',
  ],
  ['an infinite range', { range: { low: -1, high: Number.POSITIVE_INFINITY } }, 'low must be below high'],
  ['a range of words', { range: { low: '-1', high: '1' } }, 'low must be below high'],
  [
    'a target of true',
    { target: true },
    'the target is true; it must be prediction, runnerUp, a class, or a list of classes',
  ],
  ['a target of null', { target: null }, 'the target is null; it must be prediction'],
  ['no target', { target: undefined }, 'the target is undefined; it must be prediction'],
  ['a word', { target: 'label' }, 'the target is "label"; it must be prediction'],
  ['a class as a word', { target: '1' }, 'the target is "1"; it must be prediction'],
  ['an object', { target: {} }, 'the target is {}; it must be prediction'],
  ['a large whole number', { target: 1n }, 'the target is 1n; it must be prediction'],
  ['a class too many', { target: 4 }, 'target 4 is not a class; classes are 0 to 3'],
  ['a class below 0', { target: -1 }, 'target -1 is not a class'],
  ['half a class', { target: 1.5 }, 'target 1.5 is not a class'],
  ['a class that is not a number', { target: Number.NaN }, 'target NaN is not a class'],
  ['an infinite class', { target: Number.POSITIVE_INFINITY }, 'target Infinity is not a class'],
  ['a class too many among others', { target: [0, 1, 4, 0] }, 'target 4 is not a class'],
  ['truth values', { target: [true, false, true, true] }, 'target true is not a class'],
  ['words', { target: ['0', '1', '2', '3'] }, 'target "0" is not a class'],
  ['null among others', { target: [0, null, 1, 2] }, 'target null is not a class'],
  ['nothing among others', { target: [0, undefined, 1, 2] }, 'target undefined is not a class'],
  [
    'a hole among others',
    { target: Object.assign(new Array(4), { 0: 1 }) },
    'target undefined is not a class',
  ],
  ['lists in a list', { target: [[0], [1], [2], [3]] }, 'target [0] is not a class'],
  ['too few targets', { target: [0, 1] }, 'there are 2 targets for 4 sequences'],
  ['too many targets', { target: Uint8Array.of(0, 1, 2, 3, 0) }, 'there are 5 targets for 4 sequences'],
  [
    'no sequence at all',
    { shape: [0, ROWS, COLUMNS] },
    'sequences have shape [0,5,9]; there must be at least one',
  ],
  [
    'sequences that do not fit the network',
    { shape: [BATCH, ROWS, COLUMNS - 3] },
    'sequences have shape [4,5,6]; this network reads [batch, 5, 9]',
  ],
  [
    'sequences that do not fit the geometry',
    { geometry: { ...TINY, stepColumns: 4 } },
    'sequences have shape [4,5,9]; the geometry says [batch, 5, 12]',
  ],
  [
    'occlusion by item without items',
    { method: 'occlusionByItem' },
    'Occlusion by item needs to know how many items a sequence has: give items',
  ],
  [
    'Shapley values without items',
    { method: 'shapleyByItem' },
    'Shapley value of items needs to know how many items a sequence has: give items',
  ],
  [
    'Shapley values of nine items',
    { method: 'shapleyByItem', items: 9 },
    'Shapley value of items looks at every set of items, 2^9 of them; it is made for up to 8 items',
  ],
  ['items of unequal width', { items: 2 }, 'sequences of 9 columns cannot be 2 items of equal width'],
  ['no items', { items: 0 }, 'sequences of 9 columns cannot be 0 items of equal width'],
  ['half an item', { items: 0.5 }, 'sequences of 9 columns cannot be 0.5 items of equal width'],
  [
    'another quantity',
    { evidence: 'probability' },
    'the evidence is "probability"; it must be logit or logOdds',
  ],
  [
    'log-odds by deep Taylor',
    { evidence: 'logOdds' },
    'Deep Taylor decomposition shares out the evidence of a single logit; log-odds are a difference of several: explain the logit',
  ],
  [
    'occlusion without a geometry',
    { method: 'occlusionByStep' },
    'Occlusion by step needs to know how sequences are read: give a geometry',
  ],
]

describe('an explanation', () => {
  it.each(refused)('of %s is refused, and nothing is left behind', (_what, given, message) => {
    expect(tensorsLeft(() => expect(() => explain(given)).toThrow(message))).toBe(0)
  })

  it.each([
    { low: -0.4242129623889923, high: 2.821486711502075 },
    { low: -1, high: 0.1 },
    { low: -0.7, high: 1 },
    { low: -1 / 3, high: 1 / 3 },
  ])(
    'of pixels at the bounds of [$low, $high] is given, although single precision is next to them',
    (range) => {
      const values = Float32Array.from(randomValues(ROWS * COLUMNS, 'at the bounds'), (value) =>
        value < 0 ? range.low : range.high,
      )
      const [w, x] = [tensorsOf(network), tf.tensor3d(values, [1, ROWS, COLUMNS])]
      const options = { method: method('deepTaylor'), target: 0, range }
      const { relevance } = explainBatch(network.forward, w, x, options)
      expect(relevance.every((value) => value >= 0)).toBe(true)
      tf.dispose([w, x])
    },
  )

  it.each<[string, unknown, number[]]>([
    ['one class', 2, [2, 2, 2, 2]],
    ['a list', [0, 1, 2, 3], [0, 1, 2, 3]],
    ['bytes', Uint8Array.of(3, 2, 1, 0), [3, 2, 1, 0]],
    ['labels', Int32Array.of(1, 1, 0, 0), [1, 1, 0, 0]],
  ])('is given of %s', (_what, target, expected) => {
    expect([...explain({ target }).target]).toEqual(expected)
  })
})
