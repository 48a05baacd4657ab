import { maskMeasures } from '../../../evaluation/masks/index.js'
import type { ScoreRow } from '../../../figures/charts/score-figure.js'
import { register } from '../../../values/registry.js'
import type { BoxRow } from './box-test.js'

/**
 * Rows of the box test as `scoreFigure` draws them: a panel per position, a group per method, a bar per network.
 *
 * A panel has one baseline, the highest chance level of its rows: of AUP and AUR all are the same, of weighted Jaccard those of more even
 * maps are higher.
 *
 * @param rows of trained networks, or of untrained ones
 * @example
 * const row = { position: 'early', trained: true, network: 'r-lstm', method: 'sensitivity', measure: 'areaUnderPrecision' } as const
 * const numbers = { value: 0.1, low: 0.09, high: 0.11, chance: 0.24, accuracy: 1, sequences: 100 }
 * scoreFigure(boxScores([{ ...row, ...numbers }]))
 */
export function boxScores(rows: readonly BoxRow[]): ScoreRow[] {
  for (const measure of maskMeasures)
    register('measure', {
      ...measure,
      baselineName: measure.id === 'weightedJaccard' ? 'chance at most' : 'chance',
    })
  return rows.map(({ network, position, method, measure, value, low, high }) => {
    const beside = rows.filter((row) => row.position === position && row.measure === measure)
    const baseline = Math.max(...beside.map(({ chance }) => chance))
    return { dataset: `box-${position}`, network, method, measure, mean: value, low, high, baseline }
  })
}
