import { expect, test } from 'vitest'
import { layerUnits } from '../../../src/thesis/models/layer-units.js'

test('units of layers are read from a list, as a parameter of a notebook holds them', () => {
  expect(layerUnits([])).toEqual({})
  expect(layerUnits(['hidden=128', ' cell = 64 '])).toEqual({ hidden: 128, cell: 64 })
})

test.each(['hidden', 'hidden=0', 'hidden=1.5', '=3', 'hidden=many'])(
  '"%s" is no layer with its neurons, and is refused with what is',
  (entry) => {
    expect(() => layerUnits([entry])).toThrow(`units has "${entry}"; each entry is a layer`)
  },
)

test('a layer that is named twice is refused', () => {
  expect(() => layerUnits(['hidden=1', 'hidden=2'])).toThrow('units names the layer "hidden" twice')
})
