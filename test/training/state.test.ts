import { describe, expect, it } from 'vitest'
import { layer } from '../../src/network/parameters.js'
import { layoutOf } from '../../src/training/layout.js'
import { startState } from '../../src/training/state.js'
import { plain } from './problem.js'

const layout = layoutOf([...layer('a', [3, 2]), ...layer('gate', [2, 1], 'freeBias')])

describe('a training at its start', () => {
  it('has done nothing, and its best parameters so far are the effective ones it starts with', () => {
    const { trained, m, v, best, ...rest } = plain(startState(layout, 1))
    expect(rest).toEqual({ epoch: 0, batch: 0, lossSum: 0, correct: 0, backends: [], history: [], steps: 0 })
    expect([...m, ...v].every((value) => value === 0)).toBe(true)
    expect(best.epoch).toBe(-1)
    expect(best.effective.slice(0, 6)).toEqual(trained.slice(0, 6))
    for (const bias of best.effective.slice(6, 8)) expect(bias).toBeCloseTo(-0.01, 8)
    expect(best.effective.slice(8)).toEqual(trained.slice(8))
  })

  it('may start from effective parameters instead of random ones', () => {
    const effective = Float32Array.of(1, -2, 3, -4, 5, -6, -0.5, -1e-3, 7, 8, 9)
    const { trained, best, history } = startState(layout, 1, effective)
    expect([...trained].filter((_, i) => i < 6 || i > 7)).toEqual([1, -2, 3, -4, 5, -6, 7, 8, 9])
    for (const [i, value] of effective.entries()) expect(best.effective[i]).toBeCloseTo(value, 6)
    expect([best.epoch, history]).toEqual([-1, []])
    expect(effective[6]).toBe(-0.5)
  })
})
