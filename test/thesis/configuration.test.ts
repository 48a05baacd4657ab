import { describe, expect, it } from 'vitest'
import { architectures } from '../../src/architectures/index.js'
import { THESIS_GEOMETRY } from '../../src/network/geometry.js'
import { datasetNames, geometryOf, networkOf, THESIS_PROBLEM } from '../../src/thesis/models/configuration.js'
import { recipe, recipes } from '../../src/thesis/models/recipes.js'
import { addressOf } from '../../src/training/checkpoint.js'
import { checkTraining } from '../../src/training/options.js'

describe('the thesis’s problem', () => {
  it('is three images read in twelve steps of 28×7', () => {
    expect(geometryOf(THESIS_PROBLEM)).toEqual(THESIS_GEOMETRY)
  })

  it('may have other items and steps', () => {
    expect(geometryOf({ ...THESIS_PROBLEM, items: 5, stepColumns: 14, classes: 4 })).toEqual({
      rows: 28,
      stepColumns: 14,
      steps: 10,
      classes: 4,
    })
  })
})

describe('the recipes', () => {
  it('are one for each of five networks on two datasets, with the thesis’s sizes and problem', () => {
    expect(recipes.map(({ dataset, network }) => `${dataset} ${network}`)).toEqual(
      datasetNames.flatMap((dataset) => architectures.map(({ id: name }) => `${dataset} ${name}`)),
    )
    for (const configuration of recipes) {
      const { units } = architectures.find(({ id }) => id === configuration.network)!
      expect(configuration.units).toEqual(units)
      // The last phase of every training draws fresh sequences of the thesis's problem.
      expect(configuration.problem).toEqual({ ...THESIS_PROBLEM, freshSequences: true })
      expect(configuration.start?.problem).toEqual(THESIS_PROBLEM)
      expect(() => checkTraining(configuration.training)).not.toThrow()
      expect(networkOf(configuration).specs.length).toBeGreaterThan(5)
    }
  })

  it('have addresses of their own, which survive being written as JSON', () => {
    const addresses = recipes.map((configuration) => addressOf({ ...configuration }))
    expect(new Set(addresses).size).toBe(recipes.length)
    expect(recipes.map((configuration) => addressOf(JSON.parse(JSON.stringify(configuration))))).toEqual(
      addresses,
    )
  })

  it('of an unknown network are refused', () => {
    expect(() => recipe('mnist-maj', 'lstm')).toThrow("architecture 'lstm' is unknown")
  })
})
