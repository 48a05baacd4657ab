import { describe, expect, it } from 'vitest'
import { architectures } from '../../../src/catalogue/index.js'
import { mnistMaj } from '../../../src/data/sources/mnist-maj.js'
import { THESIS_GEOMETRY } from '../../../src/network/geometry.js'
import { configurationOf, modelAddress } from '../../../src/thesis/models/configuration.js'
import { networkOf, type Plan } from '../../../src/thesis/models/plan.js'
import { geometryOf, problemOf, THESIS_PROBLEM } from '../../../src/thesis/models/problem.js'
import { isShippedRecipe, phasesOf, recipe, recipeOf, recipes } from '../../../src/thesis/models/recipes.js'
import { checkTraining } from '../../../src/training/options.js'
import { blots, elman, ownPlan } from '../own.js'

describe('the thesis’s problem', () => {
  it('is three images read in twelve steps of 28×7', () => {
    expect(geometryOf(THESIS_PROBLEM, mnistMaj)).toEqual(THESIS_GEOMETRY)
    expect(problemOf(mnistMaj)).toEqual(THESIS_PROBLEM)
  })

  it('may have other items, classes and steps, and be read from the right', () => {
    const changes = { items: 5, stepColumns: 14, classes: 4, scan: 'rightToLeft' } as const
    expect(geometryOf(problemOf(mnistMaj, changes), mnistMaj)).toEqual({
      rows: 28,
      stepColumns: 14,
      steps: 10,
      classes: 4,
      scan: 'rightToLeft',
    })
  })

  it('on images of another size has all classes, and steps that divide the images', () => {
    expect(problemOf(blots)).toEqual({ ...THESIS_PROBLEM, classes: 3, stepColumns: 1 })
    const sizes = (columns: number) => problemOf({ ...blots, columns }).stepColumns
    expect([8, 10, 28, 32, 7, 1].map(sizes)).toEqual([2, 2, 7, 8, 1, 1])
    expect(geometryOf(problemOf(blots, { stepColumns: 6 }), blots)).toEqual({
      rows: 8,
      stepColumns: 6,
      steps: 3,
      classes: 3,
    })
  })

  it('of impossible sizes is refused, naming what is allowed', () => {
    expect(() => problemOf(mnistMaj, { stepColumns: 9 })).toThrow(
      'stepColumns = 9 does not divide the 84 columns',
    )
    expect(() => problemOf(blots, { classes: 4 })).toThrow(
      'classes = 4; allowed is a whole number from 1 to 3',
    )
  })
})

describe('the recipes', () => {
  it('are one for each of five networks on two datasets, with the thesis’s sizes and problem', () => {
    expect(recipes.map(({ dataset, architecture }) => `${dataset.id} ${architecture.id}`)).toEqual(
      ['mnist-maj', 'fashion-mnist-maj'].flatMap((id) =>
        architectures.map((architecture) => `${id} ${architecture.id}`),
      ),
    )
    for (const plan of recipes) {
      expect(plan.units).toEqual(plan.architecture.units)
      // The last phase of every training draws fresh sequences of the thesis's problem.
      expect(plan.problem).toEqual({ ...THESIS_PROBLEM, freshSequences: true })
      expect(plan.start?.problem).toEqual(THESIS_PROBLEM)
      expect(() => checkTraining(plan.training)).not.toThrow()
      expect(networkOf(plan).specs.length).toBeGreaterThan(5)
    }
  })

  it('are those of shipped checkpoints, and so are their phases; with any change they are not', () => {
    const plan = recipe('mnist-maj', 'deep')
    expect(phasesOf(plan).map(isShippedRecipe)).toEqual([true, true])
    expect(isShippedRecipe({ ...plan, units: { ...plan.units, hidden: 5 } })).toBe(false)
    expect(isShippedRecipe({ ...plan, start: { ...plan.start!, sequences: 100 } })).toBe(false)
    expect(isShippedRecipe({ ...plan, architecture: { ...plan.architecture } })).toBe(false)
  })

  it('of a network or dataset of one’s own are the default one, in one phase on the dataset’s problem', () => {
    const plan = recipe(blots, elman)
    expect(plan).toEqual({
      architecture: elman,
      dataset: blots,
      problem: problemOf(blots),
      units: { memory: 7 },
      training: recipe('mnist-maj', elman).training,
    })
    expect(recipe('mnist-maj', elman).problem).toEqual(THESIS_PROBLEM)
  })

  it('of an unknown network or dataset are refused, listing those there are', async () => {
    const message = "network 'lstm' is unknown; there are shallow, deep, convdeep, r-lstm, conv-r-lstm"
    expect(() => recipe('mnist-maj', 'lstm')).toThrow(message)
    await expect(recipeOf('mnist-maj', 'lstm')).rejects.toThrow(message)
    expect(() => recipe('cifar', 'deep')).toThrow("dataset 'cifar' is unknown; there are mnist-maj, fashion")
  })
})

describe('the address of a model', () => {
  const addressOf = async (plan: Plan) => modelAddress(await configurationOf(plan))

  it('is another for each recipe, and survives being written as JSON', async () => {
    const configurations = await Promise.all(recipes.flatMap(phasesOf).map(configurationOf))
    const addresses = configurations.map(modelAddress)
    expect(new Set(addresses).size).toBe(20)
    expect(configurations.map((one) => modelAddress(JSON.parse(JSON.stringify(one))))).toEqual(addresses)
  })

  it('depends on problem, units, training, sequences, start, images and what the network computes', async () => {
    const plan = ownPlan()
    const others: Plan[] = [
      ownPlan({ problem: { ...plan.problem, scan: 'rightToLeft' } }),
      ownPlan({ problem: { ...plan.problem, freshSequences: true } }),
      ownPlan({ units: { memory: 8 } }),
      ownPlan({ training: { ...plan.training, dropout: 'perSequence' } }),
      ownPlan({ sequences: 40 }),
      ownPlan({ start: plan }),
      ownPlan({ dataset: { ...blots, checksum: async () => 'others' } }),
      ownPlan({
        architecture: {
          ...elman,
          // The same parameters in another computation.
          forward: (geometry, units) => (ops, w, x) => ops.relu(elman.forward(geometry, units)(ops, w, x)),
        },
      }),
    ]
    const addresses = await Promise.all([plan, ...others].map(addressOf))
    expect(new Set(addresses).size).toBe(others.length + 1)
  })

  it('does not depend on titles, nor on how the same computation is written', async () => {
    const plan = ownPlan()
    const rewritten = {
      ...elman,
      title: 'Another title',
      forward: (geometry: never, units: never) => {
        const forward = elman.forward(geometry, units)
        return (...given: Parameters<typeof forward>) => forward(...given)
      },
    }
    expect(await addressOf(ownPlan({ architecture: rewritten }))).toBe(await addressOf(plan))
  })

  it('of a configuration that JSON cannot hold is refused', async () => {
    const { training } = ownPlan()
    const plan = ownPlan({ training: { ...training, learningRate: Number.NaN } })
    await expect(addressOf(plan)).rejects.toThrow('NaN')
  })
})

describe('the network of a plan', () => {
  it('is the same object for the same architecture and sizes, so that what is compiled for it is kept', () => {
    expect(networkOf(recipe('mnist-maj', 'deep'))).toBe(networkOf(recipe('fashion-mnist-maj', 'deep')))
    const plan = ownPlan()
    expect(networkOf(ownPlan({ units: { memory: 8 } }))).not.toBe(networkOf(plan))
    expect(networkOf(ownPlan({ architecture: { ...elman } }))).not.toBe(networkOf(plan))
  })
})
