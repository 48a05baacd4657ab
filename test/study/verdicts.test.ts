import { describe, expect, it } from 'vitest'
import { type Claim, claims } from '../../src/study/claims.js'
import type { StudyRow } from '../../src/study/study-table.js'
import { verdictsOf } from '../../src/study/verdicts.js'
import { verdictsPage } from '../../src/study/verdicts-page.js'

/** A network's scores by seed, of a method and a measure on a dataset. */
const rows = (
  network: string,
  means: readonly number[],
  {
    variant = 'own',
    method = 'deepTaylor',
    measure = 'itemRanking',
    accuracy = means as readonly (number | null)[],
  } = {},
): StudyRow[] =>
  means.map(
    (mean, i) =>
      ({
        ...{
          dataset: 'mnist-maj',
          network,
          variant,
          seed: i + 1,
          fold: null,
          method,
          measure,
          mean,
          chance: 0.5,
        },
        test_accuracy: accuracy[i],
      }) as StudyRow,
  )

const less = (network: string, other: string): Claim => ({
  ...{ id: 'mine', by: 'controls', text: 'Mine', measure: 'itemRanking', methods: ['deepTaylor'] },
  ...{ test: 'paired t', level: 0.05 },
  statement: { kind: 'less', pairs: [[{ network }, { network: other }]] },
})

const low = [0.5, 0.51, 0.49, 0.5, 0.52]
const high = [0.9, 0.91, 0.88, 0.93, 0.9]

describe('a claim that one network scores less than another', () => {
  it('is supported, contradicted or undecided by the seeds that both have', () => {
    const table = [...rows('deep', low), ...rows('r-lstm', [...high, 0.1])]
    const [supported, contradicted] = verdictsOf([less('deep', 'r-lstm'), less('r-lstm', 'deep')], table)
    expect(supported).toMatchObject({
      outcome: 'supported',
      comparisons: [{ seeds: 5, agreeing: 5, what: 'deep < r-lstm' }],
    })
    expect(supported!.comparisons[0]!.difference).toBeCloseTo(0.4, 10)
    expect(contradicted!.outcome).toBe('contradicted')
    const noisy = verdictsOf(
      [less('deep', 'r-lstm')],
      [...rows('deep', low), ...rows('r-lstm', [0.9, 0.1, 0.8, 0.2, 0.6])],
    )
    // By the second and the fourth seed alone it would be contradicted.
    expect(noisy[0]).toMatchObject({ outcome: 'undecided', comparisons: [{ agreeing: 3 }] })
  })

  it('has p-values adjusted for all of its comparisons', () => {
    const one = less('deep', 'r-lstm')
    const table = [...rows('deep', low), ...rows('r-lstm', high), ...rows('shallow', low)]
    const two: Claim = {
      ...one,
      statement: {
        kind: 'less',
        pairs: [
          [{ network: 'deep' }, { network: 'r-lstm' }],
          [{ network: 'shallow' }, { network: 'r-lstm' }],
        ],
      },
    }
    const [single, both] = verdictsOf([one, two], table)
    expect(both!.comparisons[0]!.p).toBeCloseTo(2 * single!.comparisons[0]!.p, 12)
  })

  it('is not put to the test on fewer than three seeds, or without one of its networks', () => {
    const few = [...rows('deep', low.slice(0, 2)), ...rows('r-lstm', high.slice(0, 2))]
    for (const table of [few, rows('deep', low)])
      expect(verdictsOf([less('deep', 'r-lstm')], table)[0]).toMatchObject({ outcome: null, comparisons: [] })
  })
})

describe('a claim that numbers are the same', () => {
  const equal: Claim = {
    ...less('deep', 'r-lstm'),
    ...{ measure: 'accuracy', methods: [], test: 'two one-sided t' },
    statement: { kind: 'equal accuracy', groups: [{ network: 'deep' }, { network: 'r-lstm' }], margin: 0.01 },
  }
  const accuracies = (other: readonly number[]) => [
    ...rows('deep', [0.981, 0.982, 0.98, 0.979]),
    ...rows('r-lstm', other),
  ]

  it('is an equivalence within the margin, contradicted beyond it, and else undecided', () => {
    const outcomes = [
      [0.983, 0.985, 0.981, 0.982],
      [0.95, 0.951, 0.953, 0.949],
      [0.97, 0.99, 0.969, 0.991],
    ].map((other) => verdictsOf([equal], accuracies(other))[0]!.outcome)
    expect(outcomes).toEqual(['equivalent', 'contradicted', 'undecided'])
  })

  it('holds of chance, too', () => {
    const chance: Claim = {
      ...equal,
      ...{ measure: 'itemRanking', methods: ['deepTaylor'] },
      statement: { kind: 'at chance', groups: [{ network: 'deep' }], margin: 0.05 },
    }
    expect(verdictsOf([chance], rows('deep', low))[0]!.outcome).toBe('equivalent')
    expect(verdictsOf([chance], rows('deep', high))[0]!.outcome).toBe('contradicted')
  })
})

describe('a claim about what varies', () => {
  it('compares the spreads of means between networks, seed by seed', () => {
    const groups = ['shallow', 'deep', 'r-lstm'].map((network) => ({ network }))
    const varies: Claim = {
      ...less('deep', 'r-lstm'),
      ...{ methods: ['sensitivity', 'deepTaylor'] },
      statement: { kind: 'varies most', method: 'deepTaylor', groups },
    }
    const table = [
      ...rows('shallow', low),
      ...rows(
        'deep',
        low.map((value) => value + 0.1),
      ),
      ...rows('r-lstm', high),
      ...['shallow', 'deep', 'r-lstm'].flatMap((network, n) =>
        rows(
          network,
          low.map((value, seed) => value + 0.01 * n * (1 + seed / 10)),
          { method: 'sensitivity' },
        ),
      ),
    ]
    expect(verdictsOf([varies], table)[0]).toMatchObject({
      outcome: 'supported',
      comparisons: [{ method: 'sensitivity', seeds: 5 }],
    })
  })

  it('compares a difference by two methods', () => {
    const claim = claims.find(({ id }) => id === 'pixel-rule')!
    const about = { measure: 'cosine' }
    const shifted = { ...about, method: 'deepTaylorShifted' }
    const table = [
      ...rows('shallow', low, about),
      ...rows('deep', high, about),
      ...rows(
        'shallow',
        low.map((value) => value + 0.1),
        shifted,
      ),
      ...rows(
        'deep',
        low.map((value, seed) => value + 0.2 + seed / 1000),
        shifted,
      ),
    ]
    expect(verdictsOf([claim], table)[0]).toMatchObject({ outcome: 'supported' })
  })
})

describe('the claims of the study', () => {
  it('have distinct ids, and measures and methods that its design has', async () => {
    const { DEFAULT_DESIGN } = await import('../../src/study/design.js')
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
    for (const { measure, methods } of claims) {
      if (measure !== 'accuracy') expect(DEFAULT_DESIGN.measures).toContain(measure)
      for (const method of methods) expect(DEFAULT_DESIGN.methods).toContain(method)
    }
  })
})

describe('the page of verdicts', () => {
  it('says of each claim what the seeds say, with the numbers', () => {
    const page = verdictsPage(
      verdictsOf(
        [less('deep', 'r-lstm'), less('deep', 'shallow')],
        [...rows('deep', low), ...rows('r-lstm', high)],
      ),
    )
    expect(page).toContain(
      '| [Mine](#mine) | controls | **supported** | 1 supported | +0.400 to +0.400 | 5 |',
    )
    expect(page).toContain('| [Mine](#mine) | controls | not put to the test yet |  |  |  |')
    expect(page).toMatch(
      /\| mnist-maj \| DTD \| deep < r-lstm \| \+0\.400 \[\+0\.\d+, \+0\.\d+\] \| < 0\.001 \| 5 \| supported \|/,
    )
  })
})
