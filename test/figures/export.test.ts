import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportFigure } from '../../src/figures/export/export-figure.js'
import { renderFigure } from '../../src/figures/export/render-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { panelNames } from '../../src/figures/kit/page.js'
import { presets } from '../../src/figures/kit/presets.js'
import { relevanceMap } from '../../src/figures/kit/raster.js'
import { exampleFigures } from './example-figures.js'
import { pdfText } from './pdf-text.js'

const scores = exampleFigures.score!()
const heatmaps = exampleFigures.heatmapsOfOneNetwork!()

/** A chessboard that fills its page. */
const chessboard: Figure = {
  data: [
    {
      type: 'heatmap',
      z: [
        [0, 1, 0, 1],
        [1, 0, 1, 0],
        [0, 1, 0, 1],
      ],
      colorscale: [
        [0, '#000000'],
        [1, '#ffffff'],
      ],
      showscale: false,
    },
  ],
  layout: {
    width: 400,
    height: 300,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    xaxis: { visible: false, range: [-0.5, 3.5] },
    yaxis: { visible: false, range: [-0.5, 2.5] },
  },
  alt: 'A chessboard of 12 fields.',
}

const titled = (text: string, font?: string): Figure => ({
  ...chessboard,
  layout: { ...chessboard.layout, title: { text }, ...(font ? { font: { family: font } } : {}) },
})

/** Width, height and pixels per metre, from a PNG's header chunks. */
function pngHeader(png: Uint8Array) {
  const bytes = Buffer.from(png)
  const physical = bytes.indexOf('pHYs')
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    perMetre: bytes.readUInt32BE(physical + 4),
  }
}

async function colours(png: Uint8Array): Promise<Set<string>> {
  const image = await loadImage(Buffer.from(png))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const seen = new Set<string>()
  for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 4).join(','))
  return seen
}

describe('a rendered figure', () => {
  it('has the same bytes every time, whatever was drawn in between', async () => {
    const first = await renderFigure(heatmaps, { widthMm: 85, dpi: 72 })
    await renderFigure(scores, { widthMm: 178, dpi: 72 })
    const [second, third] = await Promise.all([
      renderFigure(heatmaps, { widthMm: 85, dpi: 72 }),
      renderFigure(heatmaps, { widthMm: 85, dpi: 72 }),
    ])
    for (const again of [second, third]) {
      expect(again.svg).toBe(first.svg)
      expect(Buffer.compare(again.png, first.png)).toBe(0)
      expect(Buffer.compare(again.pdf, first.pdf)).toBe(0)
    }
  })

  it.each([
    { widthMm: 85, heightMm: 60 },
    { widthMm: 178, heightMm: 101.6 },
    { widthMm: 254, heightMm: 127, zoom: 1.75 },
  ])('is a PDF page of exactly $widthMm × $heightMm mm', async (size) => {
    const { pdf } = await renderFigure(scores, { ...size, dpi: 72 })
    const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(pdfText(pdf))!
    expect(Number(box[1])).toBeCloseTo((size.widthMm / 25.4) * 72, 2)
    expect(Number(box[2])).toBeCloseTo((size.heightMm / 25.4) * 72, 2)
  })

  it('is a PDF 1.5 with its text in embedded subsets of Computer Modern', async () => {
    const { pdf } = await renderFigure(exampleFigures.heatmaps!(), { widthMm: 178, dpi: 72 })
    expect(Buffer.from(pdf).toString('latin1', 0, 8)).toBe('%PDF-1.5')
    const text = pdfText(pdf)
    const fonts = [...text.matchAll(/\/BaseFont\s*\/([\w+-]+)/g)].map((match) => match[1])
    expect(fonts).not.toEqual([])
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+CMUSerif-(Roman|Italic|Bold)/)
    const descriptors = text.match(/\/Type\s*\/FontDescriptor/g) ?? []
    expect(text.match(/\/FontFile[23]?\s+\d+ 0 R/g)).toHaveLength(descriptors.length)
    expect(text).toMatch(/\/ToUnicode/)
  })

  it('is a PNG of the pixels that width and resolution give, and says its resolution', async () => {
    const { png } = await renderFigure(scores, { widthMm: 85, heightMm: 60, dpi: 300 })
    const { width, height, perMetre } = pngHeader(png)
    expect(width).toBe(Math.round((85 / 25.4) * 300))
    expect(Math.abs(height - (60 / 25.4) * 300)).toBeLessThan(1)
    expect(perMetre).toBe(11811)
  })

  it('is an SVG of its size in millimetres that needs no file or font from elsewhere', async () => {
    const { svg } = await renderFigure(scores, { widthMm: 85, heightMm: 60, dpi: 72 })
    expect(svg).toMatch(/^<svg[^>]* width="85mm" height="60mm"/)
    expect(svg).toMatch(
      /@font-face\{font-family:"CMU Serif";font-weight:normal;font-style:normal;src:url\(data:font\/woff2;base64,/,
    )
    const references = [...svg.matchAll(/(?:href="|url\()([^")]{1,20})/g)].map((match) => match[1]!)
    expect(references.filter((reference) => !/^(#|data:)/.test(reference))).toEqual([])
    expect(svg).toMatch(/<text[^>]*>/)
  })

  it('carries its text alternative in SVG, PDF and PNG', async () => {
    const { svg, pdf, png } = await renderFigure(chessboard, { widthMm: 50, dpi: 72 })
    expect(svg).toContain('<title>A chessboard of 12 fields</title><desc>A chessboard of 12 fields.</desc>')
    expect(pdfText(pdf)).toContain('A chessboard of 12 fields.')
    expect(Buffer.from(png).toString('latin1')).toContain('Description\0\0\0\0\0A chessboard of 12 fields.')
  })

  it('holds in each format how it was made, where that is told', async () => {
    const about = { parameters: { network: 'deep', note: 'a "quoted" \\ é' }, commit: '0123abc' }
    const { svg, png, pdf } = await renderFigure(chessboard, { widthMm: 50, dpi: 72, about })
    const [, metadata] = /<metadata>(.*?)<\/metadata>/s.exec(svg)!
    expect(JSON.parse(metadata!.replaceAll('&amp;', '&').replaceAll('&lt;', '<'))).toEqual(about)
    const text = Buffer.from(png).toString('utf8')
    expect(text).toContain('Comment\0\0\0\0\0{')
    expect(text).toContain(JSON.stringify(about))
    expect(text).toContain('Title\0\0\0\0\0A chessboard of 12 fields')
    expect(pdfText(pdf)).toContain('0123abc')
    // Without it the files are as they were.
    expect((await renderFigure(chessboard, { widthMm: 50, dpi: 72 })).svg).not.toContain('<metadata>')
  })

  it('keeps data pixels crisp: a chessboard has two colours and nothing between', async () => {
    const { png, pdf, svg } = await renderFigure(chessboard, { widthMm: 101.6, dpi: 100 })
    expect(pngHeader(png)).toMatchObject({ width: 400, height: 300 })
    expect(await colours(png)).toEqual(new Set(['0,0,0,255', '255,255,255,255']))
    expect(pdfText(pdf)).toMatch(/\/Width 32\b/) // 4 columns, each repeated 8 times
    expect(svg).toContain('image{image-rendering:pixelated}')
  })

  it('hatches negative pixels with white, and positive ones not, so that a grey print tells them apart', async () => {
    const at = { panel: panelNames(0) }
    const data = [relevanceMap([-1, 1], { rows: 1, columns: 2 }, at, { scale: { signed: true, end: 1 } })]
    const signed: Figure = {
      ...chessboard,
      data,
      layout: {
        ...chessboard.layout,
        xaxis: { visible: false, range: [-0.5, 1.5] },
        yaxis: { visible: false, range: [-0.5, 0.5] },
      },
    }
    const { png } = await renderFigure(signed, { widthMm: 101.6, dpi: 100 })
    const image = await loadImage(Buffer.from(png))
    const context = createCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    const whiteShare = (left: number) => {
      const { data } = context.getImageData(left, 0, image.width / 2, image.height)
      const bright = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]! > 240)
      return bright.filter(Boolean).length / bright.length
    }
    expect(whiteShare(0)).toBeGreaterThan(0.1)
    expect(whiteShare(image.width / 2)).toBe(0)
  })

  it('is laid out anew for its width, and enlarged whole by a zoom', async () => {
    const { svg } = await renderFigure(scores, { ...presets.slides, dpi: 72 })
    const [, width] = /viewBox="0 0 ([\d.]+)/.exec(svg)!
    expect(Number(width)).toBeCloseTo((254 / 1.75 / 25.4) * 96, 2)
    expect(svg).toContain('width="254mm"')
  })
})

describe('what cannot be exported is refused', () => {
  const render = (figure: Figure) => renderFigure(figure, { widthMm: 50, dpi: 72 })
  const withTrace = (trace: Figure['data'][number]): Figure => ({ ...chessboard, data: [trace] })

  it('a character that its face lacks, by name', async () => {
    await expect(render(titled('a ≥ b'))).rejects.toThrow(
      'The face "CMU Serif" has no glyph for "≥" (U+2265)',
    )
    await expect(render(titled('<b>∂</b>'))).rejects.toThrow(
      'The face "CMU Serif bold" has no glyph for "∂" (U+2202)',
    )
  })

  it('a font that is not at hand', async () => {
    await expect(render(titled('x', 'Comic Sans MS'))).rejects.toThrow(
      '"Comic Sans MS"; exported figures can use "CMU Serif"',
    )
  })

  it.each([
    ['scattergl', 'drawn by WebGL as a bitmap; use "scatter"'],
    ['surface', 'drawn by WebGL'],
    ['scatter3d', 'drawn by WebGL'],
    ['image', 'use "heatmap" or layout.images'],
    ['choroplethmap', 'cannot be exported'],
  ] as const)('a %s trace', async (type, reason) => {
    await expect(render(withTrace({ type }))).rejects.toThrow(reason)
  })

  it('heatmaps that plotly would resample', async () => {
    const z = [
      [0, 1],
      [1, 0],
    ]
    await expect(render(withTrace({ type: 'heatmap', z, xgap: 1 }))).rejects.toThrow('has gaps or smoothing')
    await expect(render(withTrace({ type: 'heatmap', z, zsmooth: 'best' }))).rejects.toThrow(
      'has gaps or smoothing',
    )
    await expect(render(withTrace({ type: 'heatmap', z, x: [0, 1, 5] }))).rejects.toThrow(
      'cells of unequal size',
    )
  })

  it('pictures from elsewhere', async () => {
    const layout = { ...chessboard.layout, images: [{ source: 'https://example.org/x.png' }] }
    await expect(render({ ...chessboard, layout })).rejects.toThrow(
      'layout.images[0].source must be a PNG as a data URI',
    )
  })

  it('sizes out of range', async () => {
    await expect(renderFigure(chessboard, { widthMm: 0 })).rejects.toThrow(
      'widthMm is 0; it must be a number from 20 to 2000',
    )
    await expect(renderFigure(chessboard, { widthMm: 85, dpi: Number.NaN })).rejects.toThrow('dpi is NaN')
  })

  it('and the next figure is drawn as if nothing had happened', async () => {
    await expect(render(titled('≥'))).rejects.toThrow()
    await expect(render(titled('fine'))).resolves.toBeDefined()
  })
})

describe('exported files', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join('node_modules', '.figures-test-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are written in new folders, whole and without leftovers', async () => {
    const files = await exportFigure(chessboard, join(folder, 'a', 'b', 'board'), { widthMm: 50, dpi: 72 })
    expect(files.map((file) => file.format)).toEqual(['pdf', 'svg', 'png'])
    expect((await readdir(join(folder, 'a', 'b'))).sort()).toEqual(['board.pdf', 'board.png', 'board.svg'])
    for (const file of files) expect((await readFile(file.path)).length).toBe(file.bytes)
  })

  it('are only of the formats asked for', async () => {
    await exportFigure(chessboard, join(folder, 'c', 'board'), { widthMm: 50, dpi: 72, formats: ['svg'] })
    expect(await readdir(join(folder, 'c'))).toEqual(['board.svg'])
  })

  it('are not written where the figure is refused or a name has an extension', async () => {
    await expect(exportFigure(titled('≥'), join(folder, 'd', 'board'), { widthMm: 50 })).rejects.toThrow(
      'no glyph',
    )
    await expect(exportFigure(chessboard, join(folder, 'd', 'board.pdf'), { widthMm: 50 })).rejects.toThrow(
      'leave the extension out',
    )
    expect(await readdir(folder)).not.toContain('d')
  })
})
