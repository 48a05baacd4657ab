import { describe, expect, it } from 'vitest'
import type { ImportedLayer, ImportedNetwork } from '../../src/importing/index.js'
import { forOwnRange } from '../../src/importing/pixel-range.js'

const conv = (padding: 'same' | 'valid'): ImportedLayer => ({
  type: 'convolution',
  name: 'conv',
  activation: 'relu',
  extent: [1, 1],
  padding,
})

const network = (trainedOn: [number, number], ...layers: ImportedLayer[]): ImportedNetwork => ({
  id: 'x',
  title: 'x',
  input: { reads: 'image', pixels: 'channel', trainedOn },
  layers,
})

const parameters = {
  'conv.kernel': { shape: [1, 1, 1, 2], values: Float32Array.of(2, -4) },
  'conv.bias': { shape: [2], values: Float32Array.of(0, 1) },
}

describe('parameters of a network that was trained on pixels in another range', () => {
  it('give the same for pixels in [−1, 1]', () => {
    // 2·x for x in [0, 255] is 255·y + 255 for y in [−1, 1].
    expect(forOwnRange(network([0, 255], conv('valid')), parameters)).toEqual({
      'conv.kernel': { shape: [1, 1, 1, 2], values: Float32Array.of(255, -510) },
      'conv.bias': { shape: [2], values: Float32Array.of(255, -509) },
    })
  })

  it('stay as they are for [−1, 1]', () => {
    expect(forOwnRange(network([-1, 1], conv('same')), parameters)).toBe(parameters)
  })

  it('are refused by the name of the layer where 0 around an image would mean something else', () => {
    expect(() => forOwnRange(network([0, 1], conv('same')), parameters)).toThrow(
      "layer 'conv' reads pixels in [0, 1] and pads with 0, so that they cannot be replaced by this project's, which are in [−1, 1]",
    )
    // 0 stays 0.
    expect(forOwnRange(network([-2, 2], conv('same')), parameters)['conv.kernel']!.values[0]).toBe(4)
    const relu: ImportedLayer = { type: 'activation', name: 'bent', activation: 'relu' }
    expect(() => forOwnRange(network([0, 1], relu, conv('valid')), parameters)).toThrow(
      "layer 'bent' reads pixels in [0, 1] before any weight",
    )
  })
})
