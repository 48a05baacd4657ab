import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Architecture } from '../../src/architectures/index.js'
import { useBackend } from '../../src/backend/use-backend.js'
import { architectures } from '../../src/catalogue/index.js'
import { explainBatch, ledgersOf, stepSums } from '../../src/explanation/index.js'
import type { Geometry } from '../../src/network/geometry.js'
import { layoutOf, toFlat } from '../../src/training/layout.js'
import { lossAndGradient } from '../../src/training/step.js'
import { methodsOfFewWalks } from '../explanation/few-walks.js'
import { deviation } from '../network/tensors.js'
import { furtherNetworks } from './further-networks.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const FROM_RIGHT: Geometry = { ...TINY, scan: 'rightToLeft' }
const BATCH = 4
const SHAPE = [BATCH, TINY.rows, TINY.steps * TINY.stepColumns] as const

/** The frames in the other order, each as it is. */
const mirrored = (x: Tensor3D): Tensor3D => tf.concat(tf.split<Tensor3D>(x, TINY.steps, 2).reverse(), 2)
const mirroredValues = (values: Float32Array): Float32Array =>
  tf.tidy(() =>
    mirrored(tf.tensor3d(values, [...SHAPE]))
      .dataSync<'float32'>()
      .slice(),
  )

/** What asks where a pixel lies: for the noise that is drawn there, or for the patch. */
const OF_PLACES = ['smoothGrad', 'smoothGradSquared', 'randomRelevance', 'occlusionByPatch']
const methods = methodsOfFewWalks.filter(({ id }) => !OF_PLACES.includes(id))

const networks: [string, Architecture][] = [...architectures, ...furtherNetworks].map((network) => [
  network.id,
  network,
])

describe.each(networks)('%s that reads from the right', (id, architecture) => {
  const [onward, fromRight] = [TINY, FROM_RIGHT].map((geometry) => randomNetwork(architecture, geometry))
  const refuses = (method: string) => id === 'tanh-lstm' && /^deepTaylor|Alpha|Gamma/.test(method)

  it('is explained as one that reads the mirrored sequence from the left', () => {
    const w = tensorsOf(onward!)
    const x = randomSequences(BATCH)
    const mirror = mirrored(x)
    for (const method of methods.filter(({ id }) => !refuses(id))) {
      const record = method.ledger !== undefined
      const options = { method, target: 'prediction', record, items: TINY.steps } as const
      const own = explainBatch(fromRight!.forward, w, x, { ...options, geometry: FROM_RIGHT })
      const other = explainBatch(onward!.forward, w, mirror, { ...options, geometry: TINY })
      expect(own.logits).toEqual(other.logits)
      expect(deviation(own.relevance, mirroredValues(other.relevance)), method.id).toBeLessThan(1e-6)
      for (let sequence = 0; sequence < BATCH; sequence++) {
        const [steps, others] = [
          stepSums(own.relevance, SHAPE, FROM_RIGHT, sequence),
          stepSums(other.relevance, SHAPE, TINY, sequence),
        ]
        expect(deviation(steps, others)).toBeLessThan(1e-5)
      }
      if (!record) continue
      const [ledgers, others] = [ledgersOf(own, FROM_RIGHT), ledgersOf(other, TINY)]
      for (const [i, { steps }] of ledgers.entries())
        expect(deviation(steps, others[i]!.steps)).toBeLessThan(1e-5)
    }
    tf.dispose([w, x, mirror])
  })

  it('is trained as one that reads the mirrored sequence from the left', () => {
    const layout = layoutOf(onward!.specs)
    const labels = Int32Array.of(0, 3, 1, 2)
    const x = randomSequences(BATCH)
    const mirror = mirrored(x)
    const [own, other] = [[fromRight!, x] as const, [onward!, mirror] as const].map(
      ([network, sequences]) => {
        const gradient = new Float32Array(layout.size)
        const batch = { x: sequences.dataSync<'float32'>(), shape: sequences.shape, labels }
        const flat = toFlat(layout, network.values)
        return { ...lossAndGradient(network.forward, layout, flat, batch, gradient), gradient }
      },
    )
    expect(own!.loss).toBeCloseTo(other!.loss, 6)
    expect(own!.correct).toBe(other!.correct)
    expect(deviation(own!.gradient, other!.gradient)).toBeLessThan(1e-6)
    tf.dispose([x, mirror])
  })
})
