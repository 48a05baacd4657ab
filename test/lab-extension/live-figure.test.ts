import { describe, expect, it } from 'vitest'
import { type Figure, figureFrom } from '../../src/figures/kit/figure.js'
import { mm } from '../../src/figures/kit/units.js'
import { fitted } from '../../src/lab/fitted-figure.js'
import { FIGURE, type LiveFigureData, PLOTLY, unpack } from '../../src/lab/live-figure-data.js'
import { liveFigure } from '../../src/notebook/live-figure.js'
import { TOOLBAR_HEIGHT } from '../../src/notebook/toolbar-space.js'
import { exampleFigures } from '../figures/example-figures.js'

const unpacked = (figure: Figure): Promise<LiveFigureData> => {
  const { json, live } = liveFigure(figure, 178)
  return unpack(JSON.parse(JSON.stringify({ [FIGURE]: live, [PLOTLY]: json, 'text/plain': figure.alt })))
}
const place = { prose: 14, dark: null }
const fontOf = (layout: Readonly<Record<string, unknown>>) => (layout.font as { size: number }).size

describe('a live figure', () => {
  it.each(Object.entries(exampleFigures).slice(0, 20))(
    '%s fills every place, its text as large as the prose',
    async (_, make) => {
      const figure = await unpacked(make())
      for (let width = 440; width < 2000; width += 130) {
        const { scale, ...drawn } = fitted(figure, { ...place, width })
        expect(drawn.width * scale).toBeCloseTo(width, 6)
        expect(fontOf(drawn.layout) * scale).toBeCloseTo(14, 6)
      }
    },
  )

  it('is laid out for the widest width that fits, and stretched by an eighth at most', async () => {
    const widths: number[] = []
    const figure = figureFrom((widthMm) => {
      widths.push(widthMm)
      return {
        data: [],
        layout: { width: mm(widthMm), height: 100, margin: { t: 0, b: 0 }, font: { size: 14 } },
        alt: '',
      }
    })
    const data = await unpacked(figure)
    for (let width = mm(70); width < mm(360); width += 7) {
      const { height } = fitted(data, { ...place, width })
      expect((height - TOOLBAR_HEIGHT) / 100).toBeLessThan(1.13)
      expect(height - TOOLBAR_HEIGHT).toBeGreaterThanOrEqual(100)
    }
  })

  it('keeps the narrowest layout where the place is narrower', async () => {
    const figure = await unpacked(exampleFigures.score!())
    const { width, scale } = fitted(figure, { ...place, width: 200 })
    expect(width * scale).toBeGreaterThan(300)
  })

  it('without a layout of its own for each width takes the width as it is', async () => {
    const own: Figure = { data: [{ y: [1, 2] }], layout: { title: { text: 'Mine' } }, alt: 'Mine.' }
    const { width, height, scale } = fitted(await unpacked(own), { ...place, width: 700 })
    expect([width * scale, height, scale]).toEqual([700, 450, 14 / 12])
  })
})

describe('the toolbar', () => {
  it.each(Object.entries(exampleFigures))('has a strip of its own above all that %s draws', (_, make) => {
    const figure = make()
    const { layout } = liveFigure(figure, 178).json as { layout: { height: number; margin: { t: number } } }
    const drawn = (figure.forWidth?.(178) ?? figure).layout
    expect(layout.margin.t - (drawn.margin?.t ?? 100)).toBe(TOOLBAR_HEIGHT)
    expect(layout.height - drawn.height!).toBe(TOOLBAR_HEIGHT)
  })

  it('moves a title that plotly would place in the middle of the margin below it', () => {
    const own: Figure = {
      data: [],
      layout: { height: 200, margin: { t: 40 }, title: { text: 'Mine' } },
      alt: '',
    }
    const { layout } = liveFigure(own, 178).json as { layout: { height: number; title: { y: number } } }
    const [middle, half] = [(1 - layout.title.y) * layout.height, 20]
    expect(middle - half).toBeCloseTo(TOOLBAR_HEIGHT, 9)
  })
})
