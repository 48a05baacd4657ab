import type { CellScores } from '../../../src/study/cell-scores.js'

/** A cell of three-item sequences that keeps the given scores by `deepTaylor` and `sensitivity`, each by `itemRanking`. */
export const fakeCell = (
  network: string,
  seed: number,
  scores: { readonly deepTaylor: readonly number[]; readonly sensitivity?: readonly number[] },
  more: Partial<CellScores> = {},
): CellScores => ({
  ...{ dataset: 'mnist-maj', network, variant: 'own', seed, items: 3 },
  relevant: scores.deepTaylor.map((_, i) => ['110', '101', '011'][i % 3]!),
  scores: (method, measure) => {
    const own = scores[method as keyof typeof scores]
    return measure === 'itemRanking' && own !== undefined ? Float32Array.from(own) : null
  },
  ...more,
})
