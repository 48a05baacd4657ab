import { expect, it, vi } from 'vitest'
import { controlScores, evaluateControls, recipe, untrainedModel } from '../../../src/thesis/index.js'

vi.mock('../../../src/thesis/evaluation/kept-scores.js', async (original) => {
  const real = await original<typeof import('../../../src/thesis/evaluation/kept-scores.js')>()
  // Nothing is kept, so that every run computes.
  return { ...real, keptScores: async () => null, keepScores: async () => {} }
})

it('controls are untrained networks of two gains and one that was trained on shuffled labels, explained for what they predict', async () => {
  const plans = [recipe('mnist-maj', 'shallow')]
  const evaluated = await evaluateControls(plans, {
    methods: ['gradientTimesInput'],
    measures: ['itemRanking'],
    limit: 60,
  })
  const rows = controlScores(evaluated).objects()
  expect(rows.map(({ control }) => control)).toEqual(['untrained', 'untrained, ×2', 'shuffled labels'])
  for (const { mean, baseline, sequences } of rows) {
    expect(sequences).toBe(60)
    // The area of a single sequence has a standard deviation of at most a half.
    expect(Math.abs(mean - baseline)).toBeLessThan((4 * 0.5) / Math.sqrt(60))
  }
})

it('an untrained network has the parameters that its training starts from, and twice the kernels with a gain of 2', async () => {
  const plan = recipe('mnist-maj', 'shallow')
  const [one, two] = [await untrainedModel(plan), await untrainedModel(plan, { gain: 2 })]
  expect(one.configuration.training.epochs).toBe(0)
  expect(one.configuration.start).toBeUndefined()
  expect(one.result.history).toEqual([])
  expect(one.result.testAccuracy).toBeNaN()
  const kernel = one.parameters['hidden.kernel']!.values
  expect(two.parameters['hidden.kernel']!.values).toEqual(kernel.map((value) => 2 * value))
  expect(two.parameters['hidden.bias']).toEqual(one.parameters['hidden.bias'])
})
