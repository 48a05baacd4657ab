import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { defineArchitecture } from '../../src/architectures/define-architecture.js'
import { datasetFromArrays } from '../../src/data/dataset-from-arrays.js'
import { randomStream, uniformInt } from '../../src/data/random.js'
import { defineMeasure } from '../../src/evaluation/index.js'
import { defineMethod, gradientWalk } from '../../src/explanation/index.js'
import { layer } from '../../src/network/parameters.js'
import { frames } from '../../src/network/sequence.js'
import { configurationOf } from '../../src/thesis/models/configuration.js'
import type { Model } from '../../src/thesis/models/model-value.js'
import type { Plan } from '../../src/thesis/models/plan.js'
import { geometryOf } from '../../src/thesis/models/problem.js'
import { randomParameters } from '../../src/thesis/models/random-network.js'
import { recipe } from '../../src/thesis/models/recipes.js'

/** Images of 8×6 random pixels in three classes. */
const images = (count: number, purpose: string) => {
  const stream = randomStream(1, purpose)
  return {
    rows: 8,
    columns: 6,
    pixels: Uint8Array.from({ length: count * 48 }, () => uniformInt(stream, 0, 255)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
  }
}

/** A dataset as a reader makes one in a cell: three classes of images that are no squares. */
export const blots = datasetFromArrays({
  id: 'blots',
  title: 'Blots',
  classes: ['dot', 'line', 'blob'],
  train: images(60, 'train'),
  test: images(240, 'test'),
})

/** A network as a reader makes one in a cell: an Elman network. */
export const elman = defineArchitecture({
  id: 'elman',
  title: 'Elman',
  units: { memory: 7 },
  parameters: ({ rows, stepColumns, classes }, { memory }) => [
    ...layer('memory', [rows * stepColumns + memory!, memory!]),
    ...layer('readout', [memory!, classes]),
  ],
  forward:
    (geometry, { memory }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const kernel = w['memory.kernel'] as Tensor2D
      const [fromPixels, fromState] = tf.split<Tensor2D>(kernel, [pixels.shape[1], memory!], 0)
      const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
      let h = ops.initial('memory', x.shape[0], memory!, pixels)
      for (const [step, input] of inputs.entries()) {
        const terms = [input, ops.term(h, fromState!, 'nonnegative')]
        h = ops.tap('memory', step, ops.relu(ops.affine('memory', terms, w['memory.bias'] as Tensor1D)))
      }
      const last = ops.term(h, w['readout.kernel'] as Tensor2D, 'nonnegative')
      return ops.affine('readout', [last], w['readout.bias'] as Tensor1D)
    },
})

/** A method as a reader makes one in a cell. */
export const steepness = defineMethod({
  id: 'steepness',
  title: 'Size of the gradient',
  short: '|g|',
  attribute: ({ walk }) => tf.abs(walk(gradientWalk)),
})

/** A measure as a reader makes one in a cell. */
export const firstItem = defineMeasure({
  id: 'first',
  title: 'Relevant item first',
  short: 'first',
  range: [0, 1],
  baseline: ({ items, majority }) => majority / items,
  score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!,
})

/** The plan of the own network on the own dataset. */
export const ownPlan = (changes: Partial<Plan> = {}): Plan => ({ ...recipe(blots, elman), ...changes })

/** The own network, untrained, on the own dataset. */
export async function ownModel(plan = ownPlan(), seed = 1): Promise<Model> {
  const { architecture, dataset, problem, units } = plan
  return {
    architecture,
    dataset,
    configuration: await configurationOf(plan),
    parameters: randomParameters(architecture, geometryOf(problem, dataset), units, seed, 2),
    result: { bestEpoch: 0, history: [], ending: 'finished', backend: 'wasm', testAccuracy: 0.3 },
  }
}
