import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  above,
  between,
  checkParameters,
  fieldsOf,
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
    expect(() => checkParameters({ rate: 50 }, rules)).toThrow(
      'parameter batches is missing: it must be a whole number of at least 1',
    )
  })

  describe('in a cell', () => {
    const text = Symbol.for('thesis.cellText')
    const setTo = (cell: string) => Reflect.set(globalThis, text, cell)
    afterEach(() => Reflect.deleteProperty(globalThis, text))
    const rules = {
      network: idAmong([{ id: 'deep' }, { id: 'shallow' }]),
      epochs: wholeNumber(1, 500),
      rate: above(0, 1),
    }

    it('tells a misspelt name in one sentence with its line, the nearest name and those there are', () => {
      setTo(
        "// epohcs: how often\nconst parameters = {\n  network: 'deep',\n  epohcs: 5, // passes\n  rate: 0.1,\n}",
      )
      expect(() => checkParameters({ network: 'deep', epohcs: 5, rate: 0.1 }, rules)).toThrow(
        /^epohcs in line 4 is no parameter \(did you mean epochs\?\); there are network, rate, epochs$/,
      )
    })

    it('tells a value of another type or a misspelt word in one sentence with its line, what is allowed and the nearest', () => {
      setTo("const parameters = {\n  network: 'dep',\n  epochs: 'five',\n  rate: 0.1,\n}")
      expect(() => checkParameters({ network: 'deep', epochs: 'five', rate: 0.1 }, rules)).toThrow(
        /^epochs is "five" in line 3: it must be a whole number from 1 to 500$/,
      )
      expect(() => checkParameters({ network: 'dep', epochs: 5, rate: 0.1 }, rules)).toThrow(
        /^network is "dep" in line 2: it must be one of deep, shallow, or a file such as .\/mine.ts \(did you mean deep\?\)$/,
      )
      for (const [name, rate] of [
        ['a list', [0.1]],
        ['a text', '0.1'],
      ] as const)
        expect(() => checkParameters({ network: 'deep', epochs: 5, rate }, rules), name).toThrow('rate is')
      expect(() => checkParameters({ networks: 'deep' }, { networks: listOf(rules.network) })).toThrow(
        'networks is "deep": it must be a list of one or more different entries, each one of deep, shallow',
      )
    })

    it('knows names that may be left out where it is told them', () => {
      setTo("const parameters = { network: 'deep', seeed: 1 }")
      const names = ['network', 'epochs', 'rate', 'seed']
      expect(() => checkParameters({ network: 'deep', seeed: 1 }, rules, { names })).toThrow(
        'seeed in line 1 is no parameter (did you mean seed?); there are network, epochs, rate, seed',
      )
      checkParameters({ network: 'deep', seed: 1 }, rules, { names })
    })
  })

  it('takes fields, such as neurons of layers', () => {
    const rules = { units: fieldsOf(wholeNumber(1)) }
    checkParameters({ units: { hidden: 128, input: undefined } }, rules)
    expect(() => checkParameters({ units: { hidden: 0 } }, rules)).toThrow(
      'units is {"hidden":0}: it must be fields that are each a whole number of at least 1',
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
