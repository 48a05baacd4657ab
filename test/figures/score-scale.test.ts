import { expect, it } from 'vitest'
import { measures } from '../../src/catalogue/index.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { scoreScale } from '../../src/figures/charts/score-rows.js'

it.each(
  measures.map(
    (measure) => [measure.id, measure.baseline({ items: 3, majority: 2 }), measure.range[0]] as const,
  ),
)('the axis of %s holds its scores and its baseline, bounded or not', (measure, baseline, least) => {
  for (const mean of [0.02, 0.3, 0.9].flatMap((value) => [value, -value])) {
    if (mean < least) continue
    const row = { dataset: 'mnist-maj', network: 'deep', method: 'deepTaylor', measure, baseline }
    const rows = [{ ...row, mean, low: Math.max(least, mean - 0.01), high: mean + 0.01 }]
    const { range } = scoreScale(measure, rows)
    for (const end of range) expect(Number.isFinite(end)).toBe(true)
    expect(range[0]).toBeLessThanOrEqual(Math.min(rows[0]!.low, baseline))
    expect(range[1]).toBeGreaterThanOrEqual(Math.max(mean + 0.01, baseline))
    expect(() => scoreFigure(rows)).not.toThrow()
  }
})
