import { describe, expect, it } from 'vitest'
import { gradientTimesInput, lrpEpsilonOf, sensitivity } from '../../../../src/explanation/index.js'
import { countingSequences } from '../../../../src/thesis/controls/counting/counting-sequences.js'
import { scoreCounting } from '../../../../src/thesis/controls/counting/score-counting.js'
import { countingError, trainCounting } from '../../../../src/thesis/controls/counting/train-counting.js'
import {
  trainedRLstm,
  trainedSubtraction,
} from '../../../../src/thesis/controls/counting/trained-networks.js'
import { explained } from './explained.js'

const STEPS = 4

describe('a network that was trained for long enough', () => {
  // Small ε: at 0.01 a sum near 0 is lost from step to step, as the closed form has it.
  it.each([
    [trainedRLstm, { updates: 1000, batchSize: 32, learningRate: 0.03, steps: [STEPS] }],
    [trainedSubtraction, { updates: 1500, batchSize: 16, learningRate: 0.1, steps: [STEPS] }],
  ] as const)('adds up, and LRP-all finds what: $id', async (network, training) => {
    const parameters = await trainCounting(network, training, 1)
    const sequences = countingSequences(network.task, { count: 200, steps: STEPS, seed: 1, purpose: 'test' })
    expect(countingError(network, parameters, sequences)).toBeLessThan(5e-3)
    const scored = async (method: typeof sensitivity) => {
      const { relevance, f } = await explained(network, sequences, method, { parameters })
      return scoreCounting(sequences, relevance, f)
    }
    const lrpAll = await scored(lrpEpsilonOf(1e-6, 'lrpAll'))
    expect(lrpAll.correlation).toBeGreaterThanOrEqual(0.99)
    expect((await scored(gradientTimesInput)).correlation).toBeGreaterThanOrEqual(0.99)
    expect((await scored(sensitivity)).numbers).toBeLessThan(0.5)
  })
})
