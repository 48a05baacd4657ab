import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, method } from '../../src/catalogue/index.js'
import { type Explanation, explainBatch, ledgersOf, stepSums } from '../../src/explanation/index.js'
import { Recorder } from '../../src/explanation/recorder.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { walkOf } from './walks.js'

beforeAll(async () => {
  await useBackend()
})

describe('the relevance of a step', () => {
  it('is that of its columns, in its own sequence', () => {
    // [2, 2, 4]: the value says sequence, row and column.
    const relevance = Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13, 100, 101, 102, 103, 110, 111, 112, 113)
    expect(stepSums(relevance, [2, 2, 4], { steps: 2 }, 0)).toEqual([0 + 1 + 10 + 11, 2 + 3 + 12 + 13])
    expect(stepSums(relevance, [2, 2, 4], { steps: 4 }, 1)).toEqual([210, 212, 214, 216])
    expect(stepSums(relevance, [2, 2, 4], { steps: 1 }, 0)).toEqual([52])
  })

  it('comes in the order in which the steps are read', () => {
    const relevance = Float32Array.of(1, 2, 3, 4)
    expect(stepSums(relevance, [1, 1, 4], { steps: 2, scan: 'leftToRight' }, 0)).toEqual([3, 7])
    expect(stepSums(relevance, [1, 1, 4], { steps: 2, scan: 'rightToLeft' }, 0)).toEqual([7, 3])
  })

  it.each([3, 0, -1, 8, 1.5, Number.NaN])('is refused for 4 columns in %s steps', (steps) => {
    expect(() => stepSums(new Float32Array(4), [1, 1, 4], { steps }, 0)).toThrow(
      `4 columns cannot be read in ${steps} steps of equal width`,
    )
  })
})

describe('a tap', () => {
  it('holds what the method makes of the signal arriving there', () => {
    const [signal, x] = [tf.tensor2d([3, -2], [1, 2]), tf.tensor2d([5, 7], [1, 2])]
    const recorded = (name: string) => {
      const recorder = new Recorder(walkOf(method(name)).finish)
      recorder.tap('hidden', 4, signal, x)
      return recorder.read(1).taps[0]
    }
    const tap = { name: 'hidden', step: 4, shape: [1, 2] }
    expect(recorded('sensitivity')).toEqual({ ...tap, relevance: Float32Array.of(9, 4) })
    expect(recorded('gradientTimesInput')).toEqual({ ...tap, relevance: Float32Array.of(15, -14) })
    expect(recorded('deepTaylor')).toEqual({ ...tap, relevance: Float32Array.of(3, -2) })
  })
})

describe('a ledger', () => {
  const network = randomNetwork(architecture('deep'))
  const explained = (name: string, record: boolean) => {
    const [w, x] = [tensorsOf(network), randomSequences(2)]
    const explanation = explainBatch(network.forward, w, x, {
      method: method(name),
      target: 'prediction',
      geometry: TINY,
      record,
    })
    tf.dispose([w, x])
    return explanation
  }

  it('is refused for an explanation that was not recorded', () => {
    expect(() => ledgersOf(explained('deepTaylor', false), TINY)).toThrow('record: true')
  })

  it.each([
    ['sensitivity', 'Sensitivity analysis has no ledger: it does not share out what enters at the logit'],
    ['integratedGradients', 'Integrated gradients has no ledger'],
    ['occlusionByStep', 'Occlusion by step has no ledger'],
  ])('is refused for %s, which does not share out what enters', (name, message) => {
    expect(() => ledgersOf(explained(name, true), TINY)).toThrow(message)
  })

  it('adds up what each step, the initial state, the biases, ε and the undistributed received', () => {
    const recorder = new Recorder((signal) => signal)
    recorder.absorb('biases', tf.tensor1d([0.5, 1]))
    recorder.absorb('epsilon', tf.tensor1d([0.25, -2]))
    recorder.absorb('undistributed', tf.tensor2d([1, 2, 3, 4], [4, 1]))
    recorder.tap('state', 'initial', tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.zeros([2, 2]))
    recorder.tap('state', 0, tf.tensor2d([100, 100, 100, 100], [2, 2]), tf.zeros([2, 2]))
    const explanation: Explanation = {
      ...explained('deepTaylor', true),
      shape: [2, 1, 4],
      relevance: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      entered: Float32Array.of(20, 50),
      ...recorder.read(2),
    }
    expect(ledgersOf(explanation, { steps: 2 })).toEqual([
      {
        ...{ entered: 20, steps: [3, 7], initialState: 3, biases: 0.5, epsilon: 0.25, undistributed: 1 + 3 },
        rounding: 20 - 17.75,
      },
      {
        ...{ entered: 50, steps: [11, 15], initialState: 7, biases: 1, epsilon: -2, undistributed: 2 + 4 },
        rounding: 50 - 38,
      },
    ])
  })

  it('has its taps at the layers of every step and at the initial state, whose gradient is not lost', () => {
    for (const [, architecture] of byName) {
      const network = randomNetwork(architecture)
      const [w, x] = [tensorsOf(network), randomSequences(2)]
      const { taps } = explainBatch(network.forward, w, x, {
        method: method('sensitivity'),
        target: 0,
        record: true,
      })
      const initial = taps.filter(({ step }) => step === 'initial')
      expect(initial.length).toBe(architecture.id.endsWith('lstm') ? 2 : 1)
      expect(initial.some(({ relevance }) => relevance.some((value) => value > 0))).toBe(true)
      const last = architecture.id.endsWith('lstm') ? 'output' : 'hidden'
      const steps = taps
        .filter(({ name, step }) => name === last && step !== 'initial')
        .map(({ step }) => step)
      for (let step = 0; step < TINY.steps; step++) expect(steps).toContain(step)
      tf.dispose([w, x])
    }
  })

  it.each(byName)(
    'of %s in a batch is each sequence’s own, also where layers are computed in parts',
    (name, architecture) => {
      const geometry = { rows: 5, stepColumns: 3, steps: 4, classes: 4 }
      const network = randomNetwork(architecture, geometry)
      // 40 sequences are 160 frames, and convolutions take 150 at once.
      const batch = 40
      const [w, x] = [tensorsOf(network), randomSequences(batch, geometry)]
      const options = { method: method('lrpAlpha2Beta1'), target: 'prediction', record: true } as const
      const together = ledgersOf(explainBatch(network.forward, w, x, options), geometry)
      const parts = tf.split<Tensor3D>(x, batch)
      const kept = new Set<number>()
      const convolves = name.startsWith('conv')
      for (const [i, part] of parts.entries()) {
        if (!convolves && i % 8 !== 1) continue
        const [alone] = ledgersOf(explainBatch(network.forward, w, part, options), geometry)
        const tolerance = 1e-4 * (alone!.entered + Math.abs(alone!.undistributed)) + 1e-6
        expect(Math.abs(together[i]!.undistributed - alone!.undistributed)).toBeLessThan(tolerance)
        expect(Math.abs(together[i]!.entered - alone!.entered)).toBeLessThan(tolerance)
        for (const [step, received] of alone!.steps.entries())
          expect(Math.abs(together[i]!.steps[step]! - received)).toBeLessThan(tolerance)
        kept.add(Math.round(alone!.undistributed * 1e4))
      }
      if (convolves) expect(kept.size).toBeGreaterThan(5)
      tf.dispose([w, x, parts])
    },
  )
})
