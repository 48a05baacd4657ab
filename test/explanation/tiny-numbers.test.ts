import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, methods } from '../../src/catalogue/index.js'
import { explainBatch, ledgersOf, lrpAlphaBeta, type Method } from '../../src/explanation/index.js'
import type { NamedValues } from '../../src/network/parameters.js'
import { type Network, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { walksOf } from './walks.js'

// Top-level, since a method has to be tried to know how it walks.
await useBackend()

type Change = (value: number, i: number) => number

/** A network with changed kernels or biases. */
function changed(network: Network, which: (name: string) => boolean, change: Change): Network {
  const values: NamedValues = Object.fromEntries(
    Object.entries(network.values).map(([name, { shape, values }]) => [
      name,
      { shape, values: which(name) ? values.map(change) : values },
    ]),
  )
  return { ...network, values }
}

const kernels = (name: string) => name.endsWith('.kernel')
const readout = (name: string) => name === 'readout.kernel'

const changes: [string, (network: Network) => Network][] = [
  [
    'a weight of −1e-41 and no other negative one',
    (network) => changed(network, kernels, (w, i) => (i === 0 ? -1e-41 : Math.abs(w))),
  ],
  ['negative weights of −1e-41', (network) => changed(network, kernels, (w) => (w < 0 ? -1e-41 : w))],
  ['positive weights of 1e-41', (network) => changed(network, kernels, (w) => (w > 0 ? 1e-41 : w))],
  ['weights of ±1e-41 in the readout', (network) => changed(network, readout, (w) => Math.sign(w) * 1e-41)],
  ['weights of ±1e-41 alone', (network) => changed(network, kernels, (w) => Math.sign(w) * 1e-41)],
  ['weights of ±1e-32 alone', (network) => changed(network, kernels, (w) => Math.sign(w) * 1e-32)],
  ['weights that are 1e-10 of what they were', (network) => changed(network, kernels, (w) => w * 1e-10)],
  [
    'weights in the readout that are 1e-28 of what they were',
    (network) => changed(network, readout, (w) => w * 1e-28),
  ],
  [
    'weights of the smallest number there is, of either sign by turns',
    (network) => changed(network, kernels, (_w, i) => (i % 2 === 0 ? 1e-45 : -1e-45)),
  ],
  [
    'biases of ±1e-41',
    (network) =>
      changed(
        network,
        (name) => !kernels(name),
        (_b, i) => (i % 2 === 0 ? 1e-41 : -1e-41),
      ),
  ],
  [
    'no weights and biases of 1e-41 alone',
    (network) =>
      changed(
        network,
        () => true,
        (_value, i) => (i % 2 === 0 ? 0 : 1e-41),
      ),
  ],
]

/** Methods that walk once; the others walk as these do. */
const all = [...methods.filter((method) => walksOf(method).length === 1), lrpAlphaBeta(1.5, 0.5)]
/** How a method is run: one by one, and compiled but for convolutions, which take long to compile; recorded, which adds to what is run. */
const waysOf = ({ ledger }: Method, compiled: boolean) => {
  const ways = [{ record: true }, { record: true, repeated: true }]
  return ways.slice(0, ledger === undefined || !compiled ? 1 : 2)
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe.each(['shallow', 'convdeep', 'r-lstm'])('%s with', (id) => {
  // One network, whose weights are inputs of what is compiled.
  const original = randomNetwork(architecture(id))

  it.each(changes)('%s has finite relevance and a ledger that adds up, by every method', (_what, change) => {
    const network = change(original)
    const [w, x] = [tensorsOf(network), randomSequences(3)]
    for (const method of all) {
      for (const way of waysOf(method, id !== 'convdeep')) {
        const options = { method, target: 0, geometry: TINY, ...way } as const
        const explanation = explainBatch(network.forward, w, x, options)
        expect(explanation.relevance.every(Number.isFinite), `${method.id} ${JSON.stringify(way)}`).toBe(true)
        if (method.ledger === undefined) continue
        for (const ledger of ledgersOf(explanation, TINY)) {
          const { entered, steps, initialState, biases, epsilon, undistributed, rounding } = ledger
          const entries = [...steps, initialState, biases, epsilon, undistributed]
          const moved = sumOf([...entries, entered].map(Math.abs))
          expect(Math.abs(rounding), `${method.id} ${JSON.stringify(ledger)}`).toBeLessThanOrEqual(
            2e-5 * moved,
          )
        }
      }
    }
    tf.dispose([w, x])
  })

  it.each([1e-41, -1e-41, 1e-30, -1e-20])('pixels of %s has finite relevance by every method', (pixel) => {
    const w = tensorsOf(original)
    const x = tf.fill<tf.Rank.R3>([2, TINY.rows, TINY.steps * TINY.stepColumns], pixel)
    for (const range of [
      { low: -1, high: 1 },
      { low: -1e-19, high: 1e-29 },
    ])
      for (const method of all) {
        const options = { method, target: 'prediction', geometry: TINY, range, record: true } as const
        const { relevance } = explainBatch(original.forward, w, x, options)
        expect(relevance.every(Number.isFinite), method.id).toBe(true)
      }
    tf.dispose([w, x])
  })
})
