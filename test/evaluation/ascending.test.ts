import { describe, expect, it } from 'vitest'
import { ascending, ascendingSizes } from '../../src/evaluation/ascending.js'

const cases: number[][] = [[3, -1, 2, -5, 0, -0, 2, -2], [-3, -1, -2], [1, 0, 2], [0, 0, 0], [-1]]

describe('values in ascending order', () => {
  it.each(cases.map((values) => [values]))('are a sorted copy %#', (values) => {
    const given = Float32Array.from(values)
    expect(ascending(given)).toEqual(Float32Array.from(values).sort())
    expect(given).toEqual(Float32Array.from(values))
  })

  it.each(cases.map((values) => [values]))('have sizes that are the sorted absolute values %#', (values) => {
    const sizes = ascendingSizes(Float32Array.from(values))
    expect([...sizes].map(Math.abs)).toEqual(values.map(Math.abs).sort((a, b) => a - b))
  })
})
