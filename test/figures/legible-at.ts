import { describe, expect, it } from 'vitest'
import { drawSvg } from '../../src/figures/export/draw-svg.js'
import { illegibleTexts } from '../../src/figures/export/legibility.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { exampleFigures } from './example-figures.js'

/** A figure as it is drawn, with its size in CSS pixels. */
export async function drawn(figure: Figure) {
  const { width, height } = figure.layout
  const root = (await drawSvg(figure, width!, height!)).documentElement
  return { root, width: width!, height: height! }
}

/**
 * Claims that every example can be read at some widths in millimetres. The page in which figures are drawn keeps what it parsed, about
 * 14 MB a drawing, so that hundreds of them are tested in several files, each of which has a process of its own.
 */
export function legibleAt(widths: readonly number[]): void {
  const cases = Object.keys(exampleFigures).flatMap((name) => widths.map((widthMm) => ({ name, widthMm })))
  describe.each(cases)('$name at $widthMm mm', ({ name, widthMm }) => {
    it('keeps all text on the page, apart from each other and no smaller than 6 pt', async () => {
      const { root, ...page } = await drawn(exampleFigures[name]!().forWidth!(widthMm))
      expect([...root.querySelectorAll('text')].length).toBeGreaterThan(0)
      expect(illegibleTexts(root, page)).toEqual([])
    })
  })
}
