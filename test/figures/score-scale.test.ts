import { expect, it } from 'vitest'
import { measures } from '../../src/catalogue/index.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { scoreScale } from '../../src/figures/charts/score-rows.js'

it.each(measures.map(({ id, baseline }) => [id, baseline({ items: 3, majority: 2 })] as const))(
  'the axis of %s holds its scores and its baseline, bounded or not',
  (measure, baseline) => {
    for (const mean of [0.02, 0.3, 0.9].flatMap((value) => [value, -value])) {
      if (mean < 0 && baseline > 0) continue
      const row = { dataset: 'mnist-maj', network: 'deep', method: 'deepTaylor', measure, baseline }
      const rows = [{ ...row, mean, low: mean - 0.01, high: mean + 0.01 }]
      const { range } = scoreScale(measure, rows)
      for (const end of range) expect(Number.isFinite(end)).toBe(true)
      expect(range[0]).toBeLessThanOrEqual(Math.min(mean - 0.01, baseline))
      expect(range[1]).toBeGreaterThanOrEqual(Math.max(mean + 0.01, baseline))
      expect(() => scoreFigure(rows)).not.toThrow()
    }
  },
)
