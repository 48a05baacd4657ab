// A network, a method and a dataset of one's own, trained and explained; writes what it found to own.json.
import { writeFileSync } from 'node:fs'
import {
  type Architecture,
  datasetFromArrays,
  deepTaylorRule,
  defineArchitecture,
  defineMethod,
  describe,
  experiment,
  explain,
  type Figure,
  frames,
  geometryOf,
  gradientWalk,
  type ImageArrays,
  type Ledger,
  layer,
  type Method,
  majority,
  propagation,
  readout,
  scoreFigure,
  tf,
  trainOnSubset,
  zPlus,
} from 'executable-thesis'
import { THESIS_GEOMETRY } from 'executable-thesis/core'

const elman: Architecture = defineArchitecture({
  id: 'elman',
  title: 'Elman',
  units: { hidden: 24 },
  parameters: ({ rows, stepColumns, classes }, { hidden }) => [
    ...layer('hidden', [rows * stepColumns + hidden!, hidden!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward:
    (geometry, { hidden }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const parts = [geometry.rows * geometry.stepColumns, hidden!]
      const [fromPixels, fromState] = tf.split(w['hidden.kernel']!, parts)
      const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
      let h = ops.initial('hidden', x.shape[0], hidden!, pixels)
      for (const [step, input] of inputs.entries()) {
        const terms = [input, ops.term(h, fromState!, 'nonnegative')]
        const sum = ops.affine('hidden', terms, w['hidden.bias']!)
        h = ops.tap('hidden', step, ops.keep('hidden', ops.relu(sum)))
      }
      return readout(ops, w, h)
    },
})

const steepness: Method = defineMethod({
  id: 'steepness',
  title: 'Size of the gradient',
  attribute: ({ walk }) => tf.abs(walk(gradientWalk)),
})

const zPlusAlone: Method = propagation({
  id: 'zPlusAlone',
  title: 'z⁺ alone',
  rule: {
    hidden: [{ weight: 1, share: { nonnegative: zPlus }, sign: 'positive' }],
    pixels: deepTaylorRule.pixels,
  },
})

/** Images of 6×6 pixels with two bright rows: the upper ones in class 0, those in the middle in 1, the lower ones in 2. */
function stripes(count: number): ImageArrays {
  const labels = Array.from({ length: count }, (_, i) => i % 3)
  const pixels = labels.flatMap((label, i) =>
    Array.from({ length: 36 }, (_, k) =>
      Math.floor(k / 12) === label ? 200 + (i % 50) : (i * 7 + k * 13) % 60,
    ),
  )
  return { rows: 6, columns: 6, pixels, labels }
}

const dataset = datasetFromArrays({
  id: 'stripes',
  title: 'Stripes',
  classes: ['upper', 'middle', 'lower'],
  range: [0, 255],
  train: stripes(300),
  test: stripes(60),
})

const plan = await experiment({ network: elman, dataset, stepColumns: 6, epochs: 10, batchSize: 10 })
const model = await trainOnSubset(plan)
const { test } = await majority(dataset, plan.problem)
const steep = await explain(model, test, [0, 1, 2], { method: steepness })
const shared = await explain(model, test, [0, 1, 2], { method: zPlusAlone })
const ledgers: Ledger[] = shared.ledger()
const description = describe(elman, geometryOf(plan.problem, dataset))
const figure: Figure = scoreFigure([
  {
    dataset: 'stripes',
    network: 'elman',
    method: 'steepness',
    measure: 'cosine',
    mean: 0.9,
    low: 0.8,
    high: 1,
    baseline: 0.8,
  },
])
// @ts-expect-error a layout's width is a number, and declarations that were not found would take anything
figure.layout.width = 'wide'
// @ts-expect-error there is no such part of a geometry
THESIS_GEOMETRY.height

writeFileSync(
  'own.json',
  JSON.stringify({
    testAccuracy: model.result.testAccuracy,
    steep: Array.from(steep.relevance),
    ledgers,
    states: description.states,
    traces: figure.data.length,
  }),
)
