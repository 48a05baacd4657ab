import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { architecture, architectures } from '../../src/catalogue/index.js'
import { THESIS_GEOMETRY } from '../../src/network/geometry.js'
import { sizeOf } from '../../src/network/parameters.js'
import type { Golden } from '../../src/thesis/golden.js'

const shapesOf = (name: string) => {
  const { parameters, units } = architecture(name)
  return Object.fromEntries(parameters(THESIS_GEOMETRY, units).map(({ name, shape }) => [name, shape]))
}

describe('the five architectures', () => {
  it('are found by name, and an unknown name is refused with those there are', () => {
    const names = ['shallow', 'deep', 'convdeep', 'r-lstm', 'conv-r-lstm']
    expect(architectures.map(({ id }) => id)).toEqual(names)
    expect(names.map((name) => architecture(name).id)).toEqual(names)
    expect(() => architecture('lstm')).toThrow(
      "architecture 'lstm' is unknown; there are shallow, deep, convdeep, r-lstm, conv-r-lstm",
    )
  })

  it('have the thesis’s layers and sizes', () => {
    const kernels = (name: string) =>
      Object.fromEntries(
        Object.entries(shapesOf(name))
          .filter(([parameter]) => parameter.endsWith('.kernel'))
          .map(([parameter, shape]) => [parameter.replace('.kernel', ''), shape]),
      )
    const convolutions = { conv1: [5, 5, 1, 24], conv2: [3, 3, 24, 32] }
    // Frames of 28×7 pixels; after two poolings 7×2 of 32 maps.
    expect(kernels('shallow')).toEqual({
      hidden: [196 + 256, 256],
      recurrent: [256, 256],
      readout: [256, 10],
    })
    expect(kernels('deep')).toEqual({
      input: [196, 256],
      hidden: [256 + 256, 128],
      recurrent: [128, 256],
      output: [128, 32],
      readout: [32, 10],
    })
    expect(kernels('convdeep')).toEqual({
      ...convolutions,
      input: [7 * 2 * 32, 128],
      hidden: [128 + 256, 128],
      recurrent: [128, 256],
      output: [128, 32],
      readout: [32, 10],
    })
    const cell = (input: number, cell: number) => ({
      inputGate: [input + cell, cell],
      forgetGate: [input + cell, cell],
      outputGate: [input + cell, cell],
      candidate: [input + cell, cell],
      readout: [cell, 10],
    })
    expect(kernels('r-lstm')).toEqual({ input: [196, 256], ...cell(256, 72) })
    expect(kernels('conv-r-lstm')).toEqual({ ...convolutions, input: [448, 128], ...cell(128, 96) })
  })

  it('have one bias per neuron, free for gates and ≤ 0 for everything else', () => {
    for (const { parameters, units } of architectures) {
      const specs = parameters(THESIS_GEOMETRY, units)
      const shapes = Object.fromEntries(specs.map(({ name, shape }) => [name, shape]))
      for (const { name, shape, kind } of specs) {
        if (name.endsWith('.kernel')) {
          expect(kind).toBe('kernel')
          expect(shapes[name.replace('.kernel', '.bias')]).toEqual([shape[shape.length - 1]])
        } else expect(kind).toBe(/Gate\.bias$/.test(name) ? 'freeBias' : 'negativeBias')
      }
    }
  })

  it('have the golden files’ parameter names and shapes', () => {
    const folder = join(import.meta.dirname, '..', 'golden')
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
    expect(files).toHaveLength(5)
    for (const file of files) {
      const golden: Golden = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      const specs = architecture(golden.architecture).parameters(golden.geometry, golden.units)
      const ours = Object.fromEntries(specs.map(({ name, shape }) => [name, [...shape]]))
      expect(ours).toEqual(
        Object.fromEntries(Object.entries(golden.parameters).map(([name, { shape }]) => [name, shape])),
      )
    }
  })

  it('refuse sizes that are missing, unknown or below 1, naming them', () => {
    for (const { parameters, forward, units, id: name } of architectures) {
      for (const make of [parameters, forward]) {
        const [first, ...others] = Object.entries(units)
        expect(() => make(THESIS_GEOMETRY, Object.fromEntries(others))).toThrow(
          `${name}.units.${first![0]} is undefined; it must be a whole number of at least 1`,
        )
        expect(() => make(THESIS_GEOMETRY, { ...units, [first![0]]: 0 })).toThrow(
          `${name}.units.${first![0]} is 0`,
        )
        expect(() => make(THESIS_GEOMETRY, { ...units, hiden: 8 })).toThrow(`${name}.units.hiden is unknown`)
        expect(() => make({ ...THESIS_GEOMETRY, steps: 2.5 }, units)).toThrow('geometry.steps is 2.5')
      }
    }
  })

  it('have about as many parameters as the thesis’s table of sizes implies', () => {
    const counts = architectures.map(({ parameters, units }) =>
      parameters(THESIS_GEOMETRY, units).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    )
    const dense = (ins: number, outs: number) => ins * outs + outs
    expect(counts[0]).toBe(dense(452, 256) + dense(256, 256) + dense(256, 10))
    expect(counts[3]).toBe(dense(196, 256) + 4 * dense(328, 72) + dense(72, 10))
  })
})
