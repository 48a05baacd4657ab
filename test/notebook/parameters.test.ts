import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  above,
  between,
  checkParameters,
  idAmong,
  listOf,
  oneOf,
  wholeNumber,
} from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('a rule for ids', () => {
  it('allows the ids of the values there are and files of others, and says so', () => {
    const rule = idAmong([{ id: 'deep' }, { id: 'mine' }])
    const given = ['mine', './other.ts', '../nets/other.ts#gru', 'C:\\other.ts', 'lstm', '']
    expect(given.map((id) => rule.holds(id))).toEqual([true, true, true, true, false, false])
    expect(rule.allowed).toBe('one of deep, mine, or a file such as ./mine.ts')
  })
})

describe('a rule for lists', () => {
  it('allows lists of different entries that its own rule allows', () => {
    const rule = listOf(wholeNumber(0))
    expect([[1, 2], [], [1, 1], [1, -1]].map((list) => rule.holds(list))).toEqual([true, false, false, false])
  })
})

describe('checkParameters', () => {
  let kernel: FakeKernel
  beforeEach(() => {
    kernel = startFakeKernel()
  })
  afterEach(() => kernel.stop())
  const parameters = {
    network: 'deep' as 'shallow' | 'deep',
    epochs: 5,
    learningRate: 2e-4,
    seeds: [1, 2],
    freshSequences: false,
  }

  it('shows every parameter with its value and what is allowed', () => {
    checkParameters(parameters, { epochs: wholeNumber(1, 500), learningRate: above(0, 1) })
    expect(kernel.outputs[0]!.data['text/plain']).toBe(
      [
        'parameter       value   allowed',
        'network         deep',
        'epochs          5       a whole number from 1 to 500',
        'learningRate    0.0002  a number above 0 and up to 1',
        'seeds           1, 2',
        'freshSequences  false',
      ].join('\n'),
    )
  })

  it('names all values that make no sense, with what is allowed, and shows nothing', () => {
    expect(() =>
      checkParameters(
        { ...parameters, epochs: 0, learningRate: -1, seeds: [1, 0.5] },
        { epochs: wholeNumber(1), learningRate: between(0, 1), seeds: listOf(wholeNumber(0)) },
      ),
    ).toThrow(
      'epochs is 0: it must be a whole number of at least 1\n' +
        '  learningRate is -1: it must be a number from 0 to 1\n' +
        '  seeds is [1,0.5]: it must be a list of one or more different entries, each a whole number of at least 0',
    )
    expect(kernel.outputs).toEqual([])
  })

  it('refuses numbers that are not finite even without a rule, and rules for parameters that are not there', () => {
    expect(() => checkParameters({ rate: Number.NaN })).toThrow('rate is –: it must be finite')
    const rules: Record<string, ReturnType<typeof wholeNumber>> = { batches: wholeNumber(1) }
    expect(() => checkParameters({ batch: 50 }, rules)).toThrow(
      'batches has a rule but is not among the parameters',
    )
  })

  it('points at the line that called it, not at its own', () => {
    const stackOf = (action: () => void): string => {
      try {
        action()
      } catch (error) {
        return String(error instanceof Error ? error.stack : error)
      }
      return ''
    }
    const stack = stackOf(() => checkParameters({ rate: Number.NaN }))
    expect(stack).toContain('parameters.test.ts')
    expect(stack).not.toMatch(/notebook\/parameters\.ts/)
  })

  it('rules hold exactly at their bounds', () => {
    expect([0, 1, 1.5, 2, 3].map(wholeNumber(1, 2).holds)).toEqual([false, true, false, true, false])
    expect([0, 1e-9, 1, 1.1, Number.NaN].map(above(0, 1).holds)).toEqual([false, true, true, false, false])
    expect([-1, 0, 1, 1.1, Number.NaN].map(between(0, 1).holds)).toEqual([false, true, true, false, false])
    expect([50, 60].map(oneOf<number>(50, 100).holds)).toEqual([true, false])
    expect([[], [1], [1, -1]].map(listOf(wholeNumber(0)).holds)).toEqual([false, true, false])
  })

  it('rules without an upper or lower bound say so', () => {
    expect(between(Number.NEGATIVE_INFINITY, 3).allowed).toBe('a number up to 3')
    expect(wholeNumber(2).allowed).toBe('a whole number of at least 2')
    expect(above(0).allowed).toBe('a number above 0')
    expect(oneOf('a', 'b').allowed).toBe('one of a, b')
  })
})
