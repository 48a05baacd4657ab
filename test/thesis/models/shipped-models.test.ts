import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { permutation } from '../../../src/data/batches.js'
import { deepTaylor } from '../../../src/explanation/index.js'
import { conservation } from '../../../src/thesis/evaluation/conservation.js'
import { sequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { shippedCheckpoints } from '../../../src/thesis/models/checkpoint-folders.js'
import { checkpointName, configurationOf } from '../../../src/thesis/models/configuration.js'
import { majority } from '../../../src/thesis/models/majority.js'
import { loadModel } from '../../../src/thesis/models/model.js'
import { phasesOf, recipes, shuffledRecipes } from '../../../src/thesis/models/recipes.js'

const SEQUENCES = 200
const leastAccuracy: Readonly<Record<string, number>> = { 'mnist-maj': 0.975, 'fashion-mnist-maj': 0.85 }

beforeAll(async () => {
  await useBackend()
})

it('data/checkpoints holds a checkpoint of each recipe, its phases and its control, and nothing else', async () => {
  const configurations = await Promise.all(
    [...recipes.flatMap(phasesOf), ...shuffledRecipes].map(configurationOf),
  )
  // Where only addresses changed, npm run migrate-checkpoints gives the checkpoints those of now.
  expect(readdirSync(shippedCheckpoints()).sort()).toEqual(configurations.map(checkpointName).sort())
})

describe.each(recipes.map((recipe) => [recipe.dataset.id, recipe.architecture.id, recipe] as const))(
  'the shipped model of %s and %s',
  (dataset, _network, recipe) => {
    it('classifies enough of the test sequences', async () => {
      const { result } = await loadModel(recipe)
      expect(result.testAccuracy).toBeGreaterThanOrEqual(leastAccuracy[dataset]!)
    })

    it('does on other backends as well as its checkpoint says, and conserves deep Taylor relevance', async () => {
      const model = await loadModel(recipe)
      const { test } = await majority(dataset, recipe.problem)
      const which = permutation(test.count, 1).slice(0, SEQUENCES)
      const rows = await sequenceRelevance(model, test, which, { method: deepTaylor, record: true })
      const accuracy = rows.filter(({ label, prediction }) => label === prediction).length / SEQUENCES
      const { testAccuracy: p } = model.result
      // Four standard deviations of a sample of this size.
      expect(Math.abs(accuracy - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / SEQUENCES))

      const { deviation, sequences } = conservation(rows.map(({ ledger }) => ledger!))
      expect(sequences).toBeGreaterThan(SEQUENCES / 2)
      expect(deviation).toBeLessThan(1e-4)
      for (const { items, ledger } of rows) {
        const kept = items.reduce((sum, item) => sum + item, 0)
        const { initialState, biases, epsilon, undistributed } = ledger!
        const lost = initialState + biases + epsilon + undistributed
        expect(Math.abs(ledger!.entered - kept - lost)).toBeLessThan(1e-4 * Math.max(ledger!.entered, 1))
      }
    })
  },
)

describe.each(
  shuffledRecipes.map((control) => [control.dataset.id, control.architecture.id, control] as const),
)('the control of %s and %s', (_dataset, _network, control) => {
  it('has learnt shuffled labels by heart, and of the classes nothing', async () => {
    const { result, configuration } = await loadModel(control)
    expect(configuration.labels).toBe('shuffled')
    // Ten classes: a tenth is chance, of 2,000 training sequences and of 2,000 test sequences alike.
    const deviation = Math.sqrt((0.1 * 0.9) / 2000)
    expect(Math.max(...result.history.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.1 + 10 * deviation)
    expect(Math.abs(result.testAccuracy - 0.1)).toBeLessThan(4 * deviation)
  })
})
