import { describe, expect, it } from 'vitest'
import { describe as describeArchitecture } from '../../src/architectures/index.js'
import { networkRow, parameterRows } from '../../src/thesis/network-rows.js'
import { fixtureNames, importFixture } from './fixtures.js'

describe('an imported network', () => {
  it.each(fixtureNames)('%s is drawn, and all of its parameters are counted', async (name) => {
    const { architecture, geometry, units, parameters } = await importFixture(name)
    const row = networkRow(architecture, geometry, units)
    expect(row.layers[0]!.kind).toBe('input')
    expect(row.layers.filter(({ kind }) => kind === 'readout')).toHaveLength(1)
    const counted = parameterRows(architecture, geometry, units).reduce(
      (sum, { weights, biases }) => sum + weights + biases,
      0,
    )
    const all = Object.values(parameters).reduce((sum, { values }) => sum + values.length, 0)
    expect(counted).toBe(all)
  })

  it('has the states of its cells', async () => {
    const statesOf = async (name: string) => {
      const { architecture, geometry, units } = await importFixture(name)
      const { states } = describeArchitecture(architecture, geometry, units)
      return states.map((state) => `${state.name} ${state.units}`)
    }
    expect(await statesOf('keras-simple-rnn')).toEqual(['simple_rnn 6'])
    expect(await statesOf('tfjs-lstm')).toEqual(['lstm.cell 5'])
    expect(await statesOf('torch-gru')).toEqual(['rnn 5'])
    expect(await statesOf('tfjs-bidirectional-lstm')).toEqual(['both.forward.cell 4', 'both.backward.cell 4'])
    expect(await statesOf('torch-gru-three-levels-bidirectional')).toHaveLength(6)
    expect(await statesOf('tfjs-image')).toEqual([])
  })
})
