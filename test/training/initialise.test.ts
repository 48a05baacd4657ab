import { describe, expect, it } from 'vitest'
import { layer } from '../../src/network/parameters.js'
import { fanIn, initialise } from '../../src/training/initialise.js'
import { layoutOf, partOf } from '../../src/training/layout.js'
import { INITIAL_BETA } from '../../src/training/negative-bias.js'

const layout = layoutOf([
  ...layer('dense', [200, 150]),
  ...layer('conv', [5, 5, 24, 40]),
  ...layer('gate', [30, 20], 'freeBias'),
])
const trained = initialise(layout, 1)
const valuesOf = (name: string, from = trained) =>
  partOf(
    layout,
    from,
    layout.specs.findIndex((spec) => spec.name === name),
  )

describe('parameters at the start', () => {
  it.each([
    ['dense.kernel', 200],
    ['conv.kernel', 600],
  ])('%s is a normal of deviation 1/√fan-in cut off at two deviations', (name, inputs) => {
    const z = Array.from(valuesOf(name), (value) => value * Math.sqrt(inputs))
    const mean = z.reduce((sum, value) => sum + value, 0) / z.length
    const moment = (power: number) => z.reduce((sum, value) => sum + value ** power, 0) / z.length
    const within = (limit: number) => z.filter((value) => Math.abs(value) < limit).length / z.length
    expect(Math.max(...z.map(Math.abs))).toBeLessThanOrEqual(2 + 1e-6)
    expect(Math.max(...z)).toBeGreaterThan(1.98)
    // Four standard errors of 24,000 draws and more; a normal cut off at 2 has variance 0.7737 and 71.5 % within 1.
    expect(Math.abs(mean)).toBeLessThan(0.025)
    expect(moment(2)).toBeCloseTo(0.7737, 1)
    expect(Math.abs(moment(2) - 0.7737)).toBeLessThan(0.02)
    expect(Math.abs(within(1) - 0.7152)).toBeLessThan(0.012)
    expect(Math.abs(within(0.5) - 0.4012)).toBeLessThan(0.013)
  })

  it('have biases of −0.01 by their β, and gate biases of 0', () => {
    expect(new Set(valuesOf('dense.bias'))).toEqual(new Set([Math.fround(INITIAL_BETA)]))
    expect(new Set(valuesOf('gate.bias'))).toEqual(new Set([0]))
  })

  it('are a function of the seed', () => {
    expect(initialise(layout, 1)).toEqual(trained)
    expect(valuesOf('dense.kernel', initialise(layout, 2))).not.toEqual(valuesOf('dense.kernel'))
  })

  it('are drawn for each parameter from a stream of its own, whatever else the network has', () => {
    const alone = layoutOf(layer('conv', [5, 5, 24, 40]))
    expect(initialise(alone, 1)).toEqual(
      Float32Array.of(...valuesOf('conv.kernel'), ...valuesOf('conv.bias')),
    )
    expect(valuesOf('dense.kernel').slice(0, 100)).not.toEqual(
      valuesOf('conv.kernel')
        .slice(0, 100)
        .map((value) => value * Math.sqrt(600 / 200)),
    )
  })

  it('count a neuron’s inputs over all lengths of a kernel but the last', () => {
    expect(layout.specs.filter(({ kind }) => kind === 'kernel').map(fanIn)).toEqual([200, 600, 30])
  })
})
