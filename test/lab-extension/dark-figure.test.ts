import { describe, expect, it } from 'vitest'
import { labOf, linearRgb } from '../../src/figures/kit/color-space.js'
import { DARK_PAGE, darkened } from '../../src/lab/dark-figure.js'
import { exampleFigures } from '../figures/example-figures.js'

const hex = (color: string): string =>
  color.startsWith('#')
    ? color
    : `#${color
        .match(/\d+/g)!
        .slice(0, 3)
        .map((value) => Number(value).toString(16).padStart(2, '0'))
        .join('')}`
const luminance = (color: string): number => {
  const [r, g, b] = linearRgb(hex(color))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (color: string, page = DARK_PAGE.page): number => {
  const [a, b] = [luminance(color), luminance(page)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The colours of texts, at any depth. */
function textColors(part: unknown, inFont = false): string[] {
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return []
  if (Array.isArray(part)) return part.flatMap((item) => textColors(item, inFont))
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'color' && inFont && typeof value === 'string' ? [value] : textColors(value, /font$/i.test(key)),
  )
}

describe('on a dark page', () => {
  it.each(Object.entries(exampleFigures))('the text of %s has 4.5 : 1', (_, make) => {
    const { layout } = make()
    const colors = textColors(darkened(layout))
    expect(colors.length).toBeGreaterThan(0)
    // What stands on a dark fill in print is light there, and dark here.
    const print = textColors(layout)
    for (const [i, color] of colors.entries())
      if (luminance(hex(print[i]!.replace('white', '#ffffff'))) < 0.3)
        expect(contrast(color)).toBeGreaterThan(4.5)
  })

  it('marks keep their hue and stand out 3 : 1', () => {
    for (const color of ['#0a3a68', '#8a2f06', '#510036', '#a98600', '#4697d1']) {
      const [mark] = darkened([{ marker: { color } }]) as [{ marker: { color: string } }]
      expect(contrast(mark.marker.color)).toBeGreaterThan(3)
      const hue = (one: string) => {
        const [, a, b] = labOf(linearRgb(one))
        return Math.atan2(b, a)
      }
      expect(Math.abs(hue(mark.marker.color) - hue(color))).toBeLessThan(0.15)
    }
  })

  it('a colour scale runs from the page to light, and texts and numbers stay', () => {
    const trace = {
      type: 'heatmap' as const,
      z: [[1]],
      name: '#ffffff',
      colorscale: [
        [0, '#ffffff'],
        [1, '#000000'],
      ] as [number, string][],
    }
    const [dark] = darkened([trace]) as [typeof trace]
    expect(dark).toMatchObject({ z: [[1]], name: '#ffffff' })
    expect(luminance(dark.colorscale[0]![1])).toBeCloseTo(luminance(DARK_PAGE.page), 2)
    expect(luminance(dark.colorscale[1]![1])).toBeGreaterThan(0.7)
  })

  it('keeps what is transparent', () => {
    expect(darkened({ paper_bgcolor: 'rgba(0,0,0,0)' }).paper_bgcolor).toMatch(/^rgba\(.*,0\)$/)
  })
})
