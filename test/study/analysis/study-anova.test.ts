import { describe, expect, it } from 'vitest'
import { anova } from '../../../src/statistics/index.js'
import { studyAnova } from '../../../src/study/analysis/study-anova.js'
import type { StudyRow } from '../../../src/study/study-table.js'

const networks = ['shallow', 'deep', 'r-lstm']
const methods = ['sensitivity', 'deepTaylor']
const datasets = ['mnist-maj', 'fashion-mnist-maj']

const rows = (seeds: readonly number[]): StudyRow[] =>
  seeds.flatMap((seed) =>
    datasets.flatMap((dataset, d) =>
      networks.flatMap((network, n) =>
        methods.map((method, m) => {
          const mean =
            0.5 + 0.1 * n + 0.05 * n * m - 0.02 * d + 0.01 * Math.sin(13 * seed + 5 * n + 3 * m + d)
          return {
            dataset,
            network,
            variant: 'own',
            seed,
            fold: null,
            method,
            measure: 'cosine',
            mean,
          } as StudyRow
        }),
      ),
    ),
  )

const design = { measure: 'cosine', networks, methods }

describe('the analysis of variance of a study', () => {
  it('is that of the means of the seeds that have all cells, with the seed as a block', () => {
    const complete = rows([1, 2, 3])
    const column = <K extends keyof StudyRow>(name: K) => complete.map((row) => row[name])
    const expected = anova(
      complete.map(({ mean }) => mean!),
      {
        factors: { network: column('network'), method: column('method'), dataset: column('dataset') },
        block: column('seed'),
      },
    )
    const other = { ...complete[0]!, variant: 'shuffled', mean: 0.1 }
    const found = studyAnova([...complete, ...rows([4]).slice(1), other], design)!
    expect(found.seeds).toEqual([1, 2, 3])
    expect(found.table).toEqual(expected)
    expect(found.table.terms.map(({ term }) => term)).toContain('network × method × dataset')
    expect(found.assumptions.lines[0]).toMatch(/^residuals: normality is (not )?rejected/)
  })

  it('is none of a single seed, nor of a single level', () => {
    expect(studyAnova(rows([1]), design)).toBeNull()
    expect(studyAnova(rows([1, 2]), { ...design, methods: ['sensitivity'] })).toBeNull()
  })
})
