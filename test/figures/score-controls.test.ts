import { expect, test } from 'vitest'
import { architectures, methods } from '../../src/catalogue/index.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'

const rows = ['mnist-maj', 'fashion-mnist-maj'].flatMap((dataset) =>
  architectures.flatMap(({ id: network }) =>
    methods.slice(0, 9).map(({ id: method }) => {
      const numbers = { mean: 0.7, low: 0.6, high: 0.8, baseline: 0.5 }
      return { dataset, network, method, measure: 'itemRanking', ...numbers }
    }),
  ),
)

/** How many panels stand beside each other. */
function panelsInLine(controls: Parameters<typeof scoreFigure>[1]): number {
  const { xaxis, xaxis2 } = scoreFigure(rows, controls).layout
  return xaxis?.domain?.[0] === xaxis2?.domain?.[0] ? 1 : 2
}

test('panels stand beside each other only where bars are wide enough for the marks of controls', () => {
  const controls = rows.map((row) => ({ ...row, control: 'untrained', mean: 0.5 }))
  expect(panelsInLine({})).toBe(2)
  expect(panelsInLine({ controls })).toBe(1)
})
