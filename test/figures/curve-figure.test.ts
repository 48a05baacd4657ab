import { expect, it } from 'vitest'
import { curveFigure } from '../../src/figures/charts/curve-figure.js'

/** The settings of the horizontal axis under points at these places. */
const axisUnder = (xs: readonly number[]) => {
  const rows = xs.map((x) => ({ panel: 'one', series: 'deep', x, value: 0.5, low: 0.4, high: 0.6 }))
  return curveFigure(rows, { series: 'architecture', xLabel: 'Items', yLabel: 'Share' }).layout.xaxis!
}

it('a few whole numbers under curves have a tick each, and none lies between them', () => {
  for (const xs of [[0, 1, 2], [2, 0, 1, 3], [4], [1, 6]]) {
    expect(axisUnder(xs)).toMatchObject({ tick0: 0, dtick: 1 })
    expect(axisUnder(xs)).not.toHaveProperty('nticks')
  }
})

it('more numbers under curves, and such as are not whole, have up to five ticks', () => {
  for (const xs of [
    [0, 0.5, 1],
    [1, 4, 7, 14, 28],
  ]) {
    expect(axisUnder(xs)).toMatchObject({ nticks: 5 })
    expect(axisUnder(xs)).not.toHaveProperty('dtick')
  }
})
