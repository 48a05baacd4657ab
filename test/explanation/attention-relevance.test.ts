import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { Recorder } from '../../src/explanation/recorder.js'
import type { Rule } from '../../src/explanation/rule.js'
import { alphaBetaRule, deepTaylorRule, epsilonRule, gammaRule } from '../../src/explanation/rules.js'
import type { Domain } from '../../src/network/operations.js'
import { allWeights } from '../network/slow-attention.js'
import { deviation, random2D } from '../network/tensors.js'
import { propagate } from './propagate.js'

beforeAll(async () => {
  await useBackend()
})

const [steps, batch, hops, units] = [4, 2, 3, 5]
const RANGE = { low: -0.5, high: 2 }
const scores = () => random2D([steps * batch, hops], 'scores', -2, 2)
const relevance = () => random2D([steps * batch, hops * units], 'relevance', 0, 1)

/** Σ over means of what each is made of, A (x − low) / (z + ε sign z) · R, sum by sum. */
function slowRelevance(x: ArrayLike<number>, low: number, epsilon: number): number[] {
  const weights = allWeights(scores().dataSync(), steps, hops)
  const arriving = relevance().dataSync<'float32'>()
  const received = new Array<number>(x.length).fill(0)
  for (let t = 0; t < steps; t++)
    for (let b = 0; b < batch; b++)
      for (let h = 0; h < hops; h++)
        for (let j = 0; j < units; j++) {
          const places = Array.from({ length: t + 1 }, (_, s) => (s * batch + b) * units + j)
          const parts = places.map((place, s) => weights[b]![h]![t]![s]! * (x[place]! - low))
          const z = parts.reduce((sum, part) => sum + part, 0)
          const r = arriving[(t * batch + b) * hops * units + h * units + j]!
          for (const [s, place] of places.entries())
            received[place]! += (parts[s]! / (z + (z >= 0 ? epsilon : -epsilon))) * r
        }
  return received
}

const attended = (rule: Rule, x: Tensor2D, domain: Domain, recorder: Recorder | null = null) =>
  propagate(rule, [x], relevance(), (ops, x) => ops.attend('means', scores(), x as Tensor2D, domain, steps), {
    range: RANGE,
    recorder,
  })[0]!

const zBounded: [string, Rule][] = [
  ['deep Taylor', deepTaylorRule],
  ['LRP-α2β1', alphaBetaRule(2, 1)],
  ['LRP-γ', gammaRule(0.25)],
]

describe.each(zBounded)('%s', (_name, rule) => {
  it('passes relevance through attention in proportion to weight · activation', () => {
    const x = random2D([steps * batch, units], 'activations', 0, 1)
    expect(deviation(attended(rule, x, 'nonnegative'), slowRelevance(x.dataSync(), 0, 0))).toBeLessThan(1e-5)
  })

  it('passes relevance through attention to pixels in proportion to weight · (pixel − low)', () => {
    const x = random2D([steps * batch, units], 'pixels', RANGE.low, RANGE.high)
    const received = attended(rule, x, 'pixels')
    expect(deviation(received, slowRelevance(x.dataSync(), RANGE.low, 0))).toBeLessThan(1e-5)
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)
    expect(sum(received) / sum(relevance().dataSync())).toBeCloseTo(1, 5)
  })

  it('refuses attention to signals of either sign', () => {
    const x = random2D([steps * batch, units], 'signals')
    expect(() => attended(rule, x, 'signed')).toThrow(
      "is not defined for layer 'means', whose inputs may be negative",
    )
  })
})

describe('LRP-ε', () => {
  it.each(['pixels', 'signed'] as const)(
    'passes relevance through attention to %s in proportion to weight · value, of which ε takes a part',
    (domain) => {
      const x = random2D([steps * batch, units], domain, -0.5, 2)
      const received = attended(epsilonRule(0.05), x, domain)
      expect(deviation(received, slowRelevance(x.dataSync(), 0, 0.05))).toBeLessThan(1e-5)
    },
  )

  it('divides a mean of activations by what it is, as it does pools and sums of activations', () => {
    const x = random2D([steps * batch, units], 'activations', 0, 1)
    const received = attended(epsilonRule(0.05), x, 'nonnegative')
    expect(deviation(received, slowRelevance(x.dataSync(), 0, 0))).toBeLessThan(1e-5)
  })
})

it('relevance of a mean of zeros is booked as undistributed', () => {
  const recorder = new Recorder((signal) => tf.clone(signal))
  const received = attended(deepTaylorRule, tf.zeros([steps * batch, units]), 'nonnegative', recorder)
  const lost = recorder.read(batch).absorbed.undistributed
  recorder.dispose()
  expect(Math.max(...received.map(Math.abs))).toBe(0)
  const arriving = relevance().dataSync<'float32'>()
  const expected = Array.from({ length: batch }, (_, b) =>
    arriving.reduce((sum, r, i) => sum + (Math.floor(i / (hops * units)) % batch === b ? r : 0), 0),
  )
  expect(deviation(lost, expected)).toBeLessThan(1e-5)
})
