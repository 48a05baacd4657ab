import { describe, expect, it } from 'vitest'
import { illegibleTexts } from '../../src/figures/export/legibility.js'
import { renderFormats } from '../../src/figures/export/render-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { presets } from '../../src/figures/kit/presets.js'
import { exampleFigures } from './example-figures.js'
import { drawn } from './legible-at.js'

describe('the check of what can be read', () => {
  const text = (x: number, size: number, content: string) => ({
    ...{ xref: 'paper', yref: 'paper', x, y: 0.5, text: content, showarrow: false, xanchor: 'left' },
    font: { size },
  })
  const figureOf = (...annotations: object[]): Figure => ({
    data: [],
    layout: {
      width: 300,
      height: 100,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { visible: false },
      yaxis: { visible: false },
      annotations: annotations as Figure['layout']['annotations'],
    },
    alt: 'Texts.',
  })
  const found = async (figure: Figure, zoom?: number) => {
    const { root, ...page } = await drawn(figure)
    return illegibleTexts(root, { ...page, ...(zoom ? { zoom } : {}) })
  }

  it('finds text that is too small, unless it is enlarged on the page', async () => {
    const small = figureOf(text(0.1, 6, 'tiny'))
    expect(await found(small)).toEqual([{ text: 'tiny', why: 'is 4.5 pt high, less than 6 pt' }])
    expect(await found(small, 2)).toEqual([])
  })

  it('finds text that covers other text or leaves the page', async () => {
    expect(await found(figureOf(text(0.1, 12, 'first'), text(0.12, 12, 'second')))).toEqual([
      { text: 'first', why: 'covers "second"' },
    ])
    expect(await found(figureOf(text(0.95, 12, 'far too long')))).toEqual([
      { text: 'far too long', why: 'reaches beyond the page' },
    ])
    expect(await found(figureOf(text(0.1, 12, 'fine'), text(0.6, 12, 'fine too')))).toEqual([])
  })

  it('refuses an export that asks for it, naming the text and what helps', async () => {
    const narrow = renderFormats(exampleFigures.score!(), { widthMm: 20, legible: true }, ['svg'])
    await expect(narrow).rejects.toThrow(
      /^the figure cannot be read at a width of 20 mm: ".+" .+; give it more room/,
    )
  })

  it('refuses what is higher than the page of its venue', async () => {
    const low = { ...presets.acl, mostHeightMm: 50 }
    await expect(renderFormats(exampleFigures.heatmaps!(), low, ['svg'])).rejects.toThrow(
      /^the figure is \d+ mm high at a width of 160 mm, and the page holds 50 mm/,
    )
  })
})
