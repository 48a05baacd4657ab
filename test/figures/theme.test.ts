import { afterEach, describe, expect, it } from 'vitest'
import { renderFormats } from '../../src/figures/export/render-figure.js'
import { themed } from '../../src/figures/kit/figure.js'
import { setTheme } from '../../src/figures/kit/look.js'
import { networkStyle } from '../../src/figures/kit/palette.js'
import { presets } from '../../src/figures/kit/presets.js'
import type { Theme } from '../../src/figures/kit/themes.js'
import { shortTitle } from '../../src/figures/kit/title.js'
import { venues } from '../../src/figures/kit/venues.js'
import { exampleFigures } from './example-figures.js'
import { pdfText } from './pdf-text.js'

const score = () => exampleFigures.score!()
const colours = (figure: ReturnType<typeof score>) => JSON.stringify(figure.data)

afterEach(() => setTheme({}))

describe('a theme', () => {
  it('is set once for all figures that follow, and those there are take it when they are laid out anew', () => {
    const before = score()
    setTheme({ font: 'Times', palette: { deep: '#1b7837' } })
    expect(score().layout.font!.family).toMatch(/^Tinos,/)
    expect(colours(score())).toContain('#1b7837')
    expect(colours(before)).not.toContain('#1b7837')
    expect(colours(before.forWidth!(178))).toContain('#1b7837')
    setTheme({})
    expect(score().layout).toEqual(before.layout)
  })

  it('of one figure comes on top of it, stays with the figure, and leaves others alone', () => {
    setTheme({ font: 'Times' })
    const dark = themed(score(), { dark: true, title: true })
    for (const figure of [dark, dark.forWidth!(150)]) {
      expect(figure.layout.paper_bgcolor).toBe('#14171c')
      expect(figure.layout.font!.family).toMatch(/^Tinos,/)
      expect(figure.layout.title!.text).toMatch(/cosine similarity/i)
    }
    expect(score().layout.paper_bgcolor).toBe('#ffffff')
    expect(networkStyle('deep').color).toBe('#1f6fae')
  })

  it('colors by a list too, in the order of the catalogue, and moves or leaves out the legend', () => {
    const listed = themed(score(), { palette: ['#111111', '#777777'] })
    expect(colours(listed)).toMatch(/#111111.*#777777/s)
    const places = (theme: Theme) => themed(score(), theme).layout.legend?.y
    expect(places({ legend: 'bottom' })!).toBeLessThan(0.3)
    expect(places({ legend: 'none' })).toBeUndefined()
  })

  it('keeps series as far apart in lightness on dark paper as on white', () => {
    const networks = ['shallow', 'deep', 'convdeep']
    const figure = themed(score(), { dark: true })
    const drawn = figure.data
      .slice(0, 3)
      .map((trace) => (trace as { marker: { color: string } }).marker.color)
    expect(new Set(drawn).size).toBe(networks.length)
    for (const color of drawn) expect(Number.parseInt(color.slice(3, 5), 16)).toBeGreaterThan(110)
  })

  it.each([
    [{ font: 'Helvetica' }, 'font is "Helvetica": it must be one of Computer Modern, Times'],
    [{ text: 4 }, 'text is 4: it must be a size from 6 to 48 pt'],
    [{ text: 8, small: 9 }, 'small is 9: it must be a size from 6 to 8 pt'],
    [{ legend: 'left' }, 'legend is "left": it must be one of top, bottom, none'],
    [{ dark: 'yes' }, 'dark is "yes": it must be true or false'],
    [{ palette: { deep: 'red' } }, 'color of deep is "red": it must be written as #rrggbb'],
    [
      { palette: { depp: '#ff0000' } },
      'the palette names "depp", which is no network or method: there are shallow',
    ],
    [{ colour: 1 }, 'a theme has no "colour": it has font, text, small'],
  ])('%j is refused, saying what is allowed', (theme, message) => {
    expect(() => setTheme(theme as Theme)).toThrow(RangeError)
    expect(() => themed(score(), theme as Theme)).toThrow(message)
  })
})

describe('presets', () => {
  it('have the width, the height and the type of their venue', () => {
    expect(presets.neurips).toMatchObject({
      widthMm: 139.7,
      mostHeightMm: 228.6,
      theme: { font: 'Times', text: 8 },
    })
    expect(presets['icml-column'].widthMm).toBe(82.5)
    expect(presets.jmlr).toMatchObject({
      widthMm: 152.4,
      theme: { font: 'Computer Modern', text: 9, small: 8 },
    })
    for (const name of Object.keys(venues)) expect(presets).toHaveProperty([name])
  })

  it('embed a subset of their face, at their size', async () => {
    const { pdf } = await renderFormats(score(), presets.acl, ['pdf'])
    expect(pdfText(pdf!)).toMatch(/\/BaseFont\s*\/[A-Z]{6}\+Tinos/)
    expect(pdfText(pdf!)).not.toContain('CMUSerif')
    const { svg } = await renderFormats(score(), presets.acl, ['svg'])
    const [, width] = /viewBox="0 0 ([\d.]+)/.exec(svg!)!
    expect(Number(width)).toBeCloseTo(((160 / 25.4) * 96 * 8) / 9, 1)
    expect(svg).toContain('font-family:"Tinos"')
  })
})

it('a short title is how a text alternative begins, without the kind of chart', () => {
  expect(
    shortTitle('Scatter plots of cosine similarity over test accuracy, a marker per network: on A 0.5.'),
  ).toBe('Cosine similarity over test accuracy')
  expect(shortTitle('Heatmaps of relevance by 3.5 methods. More.')).toBe(
    'Heatmaps of relevance by 3.5 methods',
  )
})
