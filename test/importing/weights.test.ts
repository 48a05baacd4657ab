import { describe, expect, it } from 'vitest'
import { readWeights, weightSpecs } from '../../src/importing/keras/weights.js'

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

describe('weights of a layers model', () => {
  it('that were quantised are read as the numbers they stand for', () => {
    const spec = (name: string, dtype: string, quantization?: object) => ({
      name,
      shape: [2],
      dtype: 'float32',
      quantization: { dtype, ...quantization },
    })
    const json = {
      weightsManifest: [
        {
          paths: ['a.bin'],
          weights: [
            spec('layer/kernel', 'uint8', { scale: 0.5, min: -1 }),
            spec('layer/recurrent_kernel', 'uint16', { scale: 0.25, min: 2 }),
          ],
        },
        { paths: ['b.bin'], weights: [spec('layer/bias:0', 'float16')] },
      ],
    }
    const bytes = new Uint8Array([
      ...bytesOf(Uint8Array.of(0, 255)),
      ...bytesOf(Uint16Array.of(4, 1000)),
      ...bytesOf(Uint16Array.of(0x3e00, 0xc000)),
    ])
    const weights = readWeights(weightSpecs(json, 'model.json'), bytes, 'model.json')
    expect([...weights]).toEqual([
      ['layer/kernel', { shape: [2], values: Float32Array.of(-1, 126.5) }],
      ['layer/recurrent_kernel', { shape: [2], values: Float32Array.of(3, 252) }],
      ['layer/bias', { shape: [2], values: Float32Array.of(1.5, -2) }],
    ])
  })

  it('of an unknown type are refused by name', () => {
    const specs = [{ name: 'layer/kernel', shape: [1], dtype: 'complex64' }]
    expect(() => readWeights(specs, new Uint8Array(8), 'model.json')).toThrow(
      "model.json: weight 'layer/kernel' holds complex64; read are float32, int32",
    )
  })

  it('without a list are refused', () => {
    expect(() => weightSpecs({}, 'model.json')).toThrow('model.json has no list of weights')
    expect(() => weightSpecs({ weightSpecs: [{ name: 'a' }] }, 'model.json')).toThrow('name, shape and dtype')
  })
})
