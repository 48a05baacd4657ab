import { describe, expect, test } from 'vitest'
import { architecture, architectures } from '../../src/catalogue/index.js'
import { networkFigure } from '../../src/figures/drawings/network-figure.js'
import { THESIS_GEOMETRY } from '../../src/network/geometry.js'
import { sizeOf } from '../../src/network/parameters.js'
import { networkRow, parameterRows } from '../../src/thesis/network-rows.js'
import { bidirectional, elman, furtherNetworks, gru } from '../architectures/further-networks.js'

describe.each(architectures)('$title', (network) => {
  test('every layer of the diagram has the units that the network is built with', () => {
    const row = networkRow(network, THESIS_GEOMETRY)
    const shown = row.layers.map(({ units }) => units).join(' ')
    for (const units of Object.values(network.units)) expect(shown).toContain(String(units))
  })

  test('every layer is connected and the diagram can be drawn', () => {
    const row = networkRow(network, THESIS_GEOMETRY)
    const connected = new Set(row.edges.flatMap(({ from, to }) => [from, to]))
    expect(row.layers.map(({ name }) => name).filter((name) => !connected.has(name))).toEqual([])
    expect(row.edges.filter(({ kind }) => kind === 'recurrent')).toHaveLength(1)
    expect(networkFigure([row]).alt).toContain(network.title)
  })

  test('its parameter rows count every parameter once', () => {
    const rows = parameterRows(network, THESIS_GEOMETRY)
    const specs = network.parameters(THESIS_GEOMETRY, network.units)
    const counted = rows.reduce((sum, { weights, biases }) => sum + weights + biases, 0)
    expect(counted).toBe(specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0))
  })
})

test('only the gates of an LSTM have free biases', () => {
  const free = parameterRows(architecture('r-lstm'), THESIS_GEOMETRY).filter(({ bias }) => bias === 'free')
  expect(free.map(({ layer }) => layer)).toEqual(['inputGate', 'forgetGate', 'outputGate'])
})

describe('a network of one’s own', () => {
  test.each(furtherNetworks)('$id can be drawn', (network) => {
    const row = networkRow(network, THESIS_GEOMETRY)
    for (const { label } of row.layers) expect(networkFigure([row]).alt).toContain(label)
  })

  test('has its gates in the box of its cell, memory marked, and what runs backwards told apart', () => {
    const cell = networkRow(gru, THESIS_GEOMETRY).layers.find(({ kind }) => kind === 'cell')!
    expect(cell.gates).toEqual(['update', 'reset'])
    const hidden = networkRow(elman, THESIS_GEOMETRY).layers.find(({ name }) => name === 'hidden')!
    expect(hidden.kind).toBe('recurrent')
    const { edges } = networkRow(bidirectional, THESIS_GEOMETRY)
    const loops = edges.filter(({ from, to }) => from === to).map(({ from, kind }) => [from, kind])
    expect(loops).toEqual([
      ['onward', 'recurrent'],
      ['backward', 'recurrentBackward'],
    ])
  })
})
