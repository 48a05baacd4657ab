import { desc, op } from 'arquero'
import { describe, expect, it } from 'vitest'
import type { ModelEvaluation } from '../../../src/thesis/evaluation/evaluation.js'
import { scoreTable } from '../../../src/thesis/evaluation/score-table.js'

const evaluation = (
  network: string,
  scores: readonly number[],
  correct: readonly number[],
): ModelEvaluation => ({
  dataset: 'mnist-maj',
  network,
  correct: Uint8Array.from(correct),
  scores: {
    deepTaylor: { cosine: Float64Array.from(scores), first: Float64Array.from(scores, (score) => 1 - score) },
  },
  baselines: { cosine: 0.8, first: 0.6 },
})

const [deep, shallow] = [
  evaluation('deep', [0.5, 0.7, 0.9, 0.7], [1, 1, 1, 0]),
  evaluation('shallow', [0.1, 0.3, 0.2, 0.2], [0, 0, 0, 0]),
]

describe('the table of scores', () => {
  it('has a row per model, method and measure, with the baseline of the measure', () => {
    const table = scoreTable([deep, shallow])
    expect(table.numRows()).toBe(4)
    expect(table.objects()[0]).toEqual({
      dataset: 'mnist-maj',
      network: 'deep',
      method: 'deepTaylor',
      measure: 'cosine',
      accuracy: 0.75,
      mean: expect.closeTo(0.7, 12),
      low: expect.any(Number),
      high: expect.any(Number),
      baseline: 0.8,
      sequences: 4,
    })
    expect(table.array('baseline')).toEqual([0.8, 0.6, 0.8, 0.6])
  })

  it('takes means over the correct predictions alone, and NaN over none of them', () => {
    const [of, none] = scoreTable([deep, shallow], 'correct').filter("d => d.measure === 'cosine'").objects()
    expect(of).toMatchObject({ accuracy: 0.75, sequences: 3, mean: expect.closeTo(0.7, 12) })
    expect(none).toMatchObject({ accuracy: 0, sequences: 0, mean: Number.NaN, low: Number.NaN })
  })

  it("is arquero's, for its verbs", () => {
    const best = scoreTable([shallow, deep])
      .filter("d => d.measure === 'cosine'")
      .orderby(desc('mean'))
      .derive({ above: (d: { mean: number; baseline: number }) => d.mean - d.baseline })
      .objects<{ network: string; above: number }>()
    expect(best[0]).toMatchObject({ network: 'deep', above: expect.closeTo(-0.1, 12) })
    const networks = scoreTable(deep).groupby('network').rollup({ count: op.count() })
    expect(networks.objects<{ count: number }>()[0]!.count).toBe(2)
  })

  it('has its columns where there is nothing', () => {
    expect(scoreTable([]).columnNames()).toContain('baseline')
  })
})
