import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { tanhLstm } from '../../src/architectures/index.js'
import { useBackend } from '../../src/backend/use-backend.js'
import { randomStream } from '../../src/data/random.js'
import { differentiable } from '../../src/network/differentiable.js'
import { dropoutMasks, type MaskDraw } from '../../src/training/dropout.js'
import { layoutOf, partOf, toFlat } from '../../src/training/layout.js'
import { fromEffective, toEffective } from '../../src/training/negative-bias.js'
import { lossAndGradient } from '../../src/training/step.js'
import { randomValues } from '../network/tensors.js'
import { chainThroughBias } from '../training/chained.js'
import { nonnegativeNetworks, randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const BATCH = 5
const LABELS = Int32Array.of(0, 3, 1, 3, 2)
const { classes } = TINY

/** The mean eleventh-logit loss of logits `[batch, classes]` in double precision. */
function slowLoss(logits: Float32Array): number {
  return LABELS.reduce((sum, label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const partition = Math.log(own.reduce((total, logit) => total + Math.exp(logit), 1))
    return sum + (partition - own[label]!) / BATCH
  }, 0)
}

const masks: [string, () => MaskDraw | undefined][] = [
  ['without dropout', () => undefined],
  ['with dropout', () => dropoutMasks('perStep', 0.75)(BATCH, randomStream(3, 'masks'))],
  ['with per-sequence dropout', () => dropoutMasks('perSequence', 0.75)(BATCH, randomStream(4, 'masks'))],
]

describe.each([...nonnegativeNetworks, [tanhLstm.id, tanhLstm] as const])(
  'the training gradient of %s',
  (_name, architecture) => {
    const network = randomNetwork(architecture)
    const layout = layoutOf(network.specs)
    const trained = fromEffective(layout, toFlat(layout, network.values))

    it.each(masks)(
      'is the slope of the loss along every parameter as trained, β among them, %s',
      (_what, dropout) => {
        const x = randomSequences(BATCH)
        const lossAt = (parameters: Float32Array): number => {
          const effective = toEffective(layout, parameters, new Float32Array(layout.size))
          const values = Object.fromEntries(
            network.specs.map(({ name, shape }, i) => [
              name,
              { shape, values: partOf(layout, effective, i) },
            ]),
          )
          const w = tensorsOf({ ...network, values })
          const draw = dropout()
          const pass = differentiable({
            purpose: 'training',
            dropout: draw && ((layer, rows, units) => tf.tensor2d(draw(layer, rows, units), [rows, units])),
          })
          const logits = tf.tidy(() => network.forward(pass, w, x).dataSync<'float32'>().slice())
          pass.dispose()
          tf.dispose(w)
          return slowLoss(logits)
        }
        const gradient = new Float32Array(layout.size)
        const effective = toEffective(layout, trained, new Float32Array(layout.size))
        const batch = { x: x.dataSync<'float32'>(), shape: x.shape, labels: LABELS }
        const { loss } = lossAndGradient(network.forward, layout, effective, batch, gradient, dropout())
        expect(loss).toBeCloseTo(lossAt(trained), 5)
        chainThroughBias(layout, trained, gradient)

        for (const [index, { name }] of network.specs.entries()) {
          const slope = partOf(layout, gradient, index)
          const norm = Math.sqrt(slope.reduce((sum, value) => sum + value * value, 0))
          expect(norm, name).toBeGreaterThan(1e-3)
          const random = randomValues(slope.length, `direction of ${name}`)
          for (const direction of [slope.map((value) => value / norm), random]) {
            const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0))
            const expected = slope.reduce((sum, value, i) => sum + value * direction[i]!, 0) / length
            const errorAt = (step: number) => {
              const [ahead, behind] = [1, -1].map((sign) => {
                const parameters = trained.slice()
                const part = partOf(layout, parameters, index)
                for (const [i, value] of direction.entries()) part[i]! += (sign * step * value) / length
                return lossAt(parameters)
              })
              return Math.abs((ahead! - behind!) / (2 * step) - expected)
            }
            // A ReLU may switch within a longer step; shorter ones have more of the rounding.
            const limit = 0.005 * norm + 1e-4
            const steps = [2e-3, 5e-4]
            const step = steps.find((longer) => errorAt(longer) < limit) ?? 2e-4
            expect(errorAt(step), name).toBeLessThan(limit)
          }
        }
        x.dispose()
      },
    )
  },
)
