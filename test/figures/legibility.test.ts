import { describe, expect, it } from 'vitest'
import { type DomElement, fontSize } from '../../src/figures/export/dom.js'
import { drawSvg } from '../../src/figures/export/draw-svg.js'
import { pageExtent } from '../../src/figures/export/element-extent.js'
import { toPoints } from '../../src/figures/kit/units.js'
import { exampleFigures } from './example-figures.js'

interface PlacedText {
  readonly text: string
  readonly box: readonly [number, number, number, number]
}

async function drawn(name: string, widthMm: number) {
  const figure = exampleFigures[name]!().forWidth!(widthMm)
  const { width, height } = figure.layout
  const svg = await drawSvg(figure, width!, height!)
  const elements = [...svg.documentElement.querySelectorAll('text')].filter((text) =>
    text.textContent?.trim(),
  )
  return { width: width!, height: height!, elements, texts: elements.map(placed) }
}

function placed(element: DomElement): PlacedText {
  return { text: element.textContent ?? '', box: pageExtent(element)! }
}

/** How far two boxes overlap, in CSS pixels of the smaller direction; the faces' line height is larger than their letters. */
function overlap({ box: a }: PlacedText, { box: b }: PlacedText): number {
  const across = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const down = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  return Math.min(across, down)
}

const cases = Object.keys(exampleFigures).flatMap((name) => [85, 178].map((widthMm) => ({ name, widthMm })))

describe.each(cases)('$name at $widthMm mm', ({ name, widthMm }) => {
  it('keeps all text on the page, apart from each other and no smaller than 7 pt', async () => {
    const { width, height, elements, texts } = await drawn(name, widthMm)
    expect(texts.length).toBeGreaterThan(0)
    const outside = texts.filter(
      ({ box }) => box[0] < 0 || box[1] < -1 || box[2] > width + 0.5 || box[3] > height + 0.5,
    )
    expect(outside).toEqual([])
    const clashes = texts.flatMap((a, i) =>
      texts.slice(i + 1).flatMap((b) => (overlap(a, b) > 3 ? [[a, b]] : [])),
    )
    expect(clashes).toEqual([])
    const sizes = elements.map((element) => toPoints(fontSize(element)))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(6.99)
  })
})
