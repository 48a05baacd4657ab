import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import {
  deepTaylor,
  explainBatch,
  type Ledger,
  ledgersOf,
  lrpEpsilon,
  type Method,
  sensitivity,
} from '../../src/explanation/index.js'
import type { ImportedNetwork } from '../../src/importing/index.js'
import { toTensors } from '../../src/network/parameters.js'
import { methodsOfFewWalks } from '../explanation/few-walks.js'
import { deviation } from '../network/tensors.js'
import { fixture, fixtureNames, importFixture, sequencesOf } from './fixtures.js'

beforeAll(() => useBackend())

/** The layers whose outputs, or whose states, may be negative. */
const signedLayers = ({ layers }: ImportedNetwork): string[] =>
  layers
    .slice(0, -1)
    .filter(
      (layer) =>
        ('activation' in layer && layer.activation !== 'relu') ||
        (layer.type === 'recurrent' && layer.cell === 'gruResetAfter'),
    )
    .map(({ name }) => name)

/** The layers that add up signals of either sign element by element, which no rule without ε can share out. */
const signedSums = ({ layers }: ImportedNetwork): string[] =>
  layers
    .filter(
      (layer) =>
        layer.type === 'recurrent' &&
        (layer.cell === 'gruResetAfter' ||
          (layer.activation !== 'relu' &&
            (layer.cell !== 'simple' || (layer.direction === 'both' && layer.merge === 'sum')))),
    )
    .map(({ name }) => name)

/** Whether states that may be negative are read beside pixels, where αβ keeps deep Taylor's rule. */
const signedBesidePixels = ({ layers }: ImportedNetwork): boolean => {
  const first = layers.find(({ type }) => ['dense', 'convolution', 'recurrent'].includes(type))
  return first?.type === 'recurrent' && first.activation !== 'relu'
}

/** Whether a convolution behind the first reads what may be negative, for which γ has no share. */
const signedConvolutions = ({ layers }: ImportedNetwork): boolean => {
  const reading = layers.filter(({ type }) => ['dense', 'convolution', 'recurrent'].includes(type))
  const signed = (layer: ImportedNetwork['layers'][number]) =>
    'activation' in layer && layer.activation !== 'relu'
  return reading.some((layer, k) => k > 0 && layer.type === 'convolution' && signed(reading[k - 1]!))
}

/** Whether a method is defined for a network. */
function isDefined({ id }: Method, network: ImportedNetwork): boolean {
  if (id.startsWith('deepTaylor') || id.startsWith('lrpGamma')) return signedLayers(network).length === 0
  if (id === 'epsilonGammaBox') return !signedBesidePixels(network) && !signedConvolutions(network)
  if (id.startsWith('lrpAlpha')) return signedSums(network).length === 0 && !signedBesidePixels(network)
  return true
}

async function opened(name: string) {
  const model = await importFixture(name)
  const { architecture, geometry, units, parameters, network } = model
  return {
    forward: architecture.forward(geometry, units),
    w: toTensors(parameters),
    x: sequencesOf(name, model),
    geometry,
    network,
  }
}

describe.each(fixtureNames)('%s', (name) => {
  it('is explained by every method that is defined for it, with a ledger that adds up where it has one', async () => {
    const { forward, w, x, geometry, network } = await opened(name)
    const [batch, rows, columns] = x.shape
    const defined = methodsOfFewWalks.filter((method) => isDefined(method, network))
    expect(defined).toContain(lrpEpsilon)
    for (const method of defined) {
      const record = method.ledger !== undefined
      const items = 1
      const explanation = explainBatch(forward, w, x, {
        method,
        target: 'prediction',
        geometry,
        items,
        record,
      })
      const { relevance, logits } = explanation
      expect(relevance).toHaveLength(batch * rows * columns)
      expect(relevance.every(Number.isFinite), method.id).toBe(true)
      expect(deviation(logits, fixture(name).logits.values)).toBeLessThan(1e-5)
      if (record) checkLedgers(ledgersOf(explanation, geometry), method, !name.endsWith('no-bias'))
      // Some pixel of every sequence has a say, but where evidence speaks against the prediction.
      if (method.ledger === 'positive') continue
      const size = rows * columns
      for (let row = 0; row < batch; row++)
        expect(relevance.subarray(row * size, (row + 1) * size).some((value) => value !== 0)).toBe(true)
    }
    tf.dispose([w, x])
  })

  it('is refused by every other method, which names a layer', async () => {
    const { forward, w, x, geometry, network } = await opened(name)
    for (const method of methodsOfFewWalks.filter((method) => !isDefined(method, network))) {
      const message = messageOf(() =>
        explainBatch(forward, w, x, { method, target: 'prediction', geometry, items: 1 }),
      )
      expect(message).toMatch(/is not defined for layer '[^']+', whose inputs may be negative$/)
      expect(message).toContain(method.title)
      const layer = message.match(/layer '([^']+)'/)![1]!
      expect(network.layers.some(({ name }) => layer === name || layer.startsWith(`${name}.`))).toBe(true)
    }
    tf.dispose([w, x])
  })
})

function checkLedgers(ledgers: readonly Ledger[], { id }: Method, hasBiases: boolean): void {
  for (const { entered, steps, initialState, biases, epsilon, undistributed, rounding } of ledgers) {
    const parts = [...steps, initialState, biases, epsilon, undistributed]
    const moved = parts.reduce((sum, part) => sum + Math.abs(part), Math.abs(entered))
    expect(Math.abs(rounding), id).toBeLessThanOrEqual(1e-4 * moved)
    const isOfWeightsAlone = /^deepTaylor(WSquared|Flat)$/.test(id)
    if (!isOfWeightsAlone) expect(initialState).toBe(0)
    const biasesTakePart = hasBiases && !isOfWeightsAlone && !id.startsWith('deepTaylorGates')
    if (biasesTakePart && entered > 0) expect(biases, id).not.toBe(0)
  }
}

describe('a compiled walk', () => {
  it.each([
    'keras-conv-gru',
    'keras-functional',
    'tfjs-bidirectional-gru-sum',
    'tfjs-image',
    'torch-lstm-two-levels-bidirectional',
  ])('through %s gives what one operation after the other gives', async (name) => {
    const { forward, w, x, geometry, network } = await opened(name)
    for (const method of [sensitivity, lrpEpsilon, deepTaylor]) {
      if (!isDefined(method, network)) continue
      const [compiled, single] = [true, false].map((repeated) =>
        explainBatch(forward, w, x, { method, target: 'prediction', geometry, repeated }),
      )
      expect(deviation(compiled!.relevance, single!.relevance), method.id).toBeLessThan(1e-4)
    }
    tf.dispose([w, x])
  })
})

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}
