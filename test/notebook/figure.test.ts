import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { curveFigure } from '../../src/figures/charts/curve-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { renderFigure } from '../../src/figures/export/render-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { figureFrom } from '../../src/figures/kit/figure.js'
import { codeVersion } from '../../src/files/code-version.js'
import { rememberParameters } from '../../src/notebook/current-parameters.js'
import { plotlyJson } from '../../src/notebook/figure-json.js'
import { exportFigure, show } from '../../src/notebook/index.js'
import { heatmapRows } from '../figures/example-figures.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

const font = { family: 'CMU Serif', size: 11 }
const bars = (y: ArrayLike<number>): Figure => ({
  data: [{ type: 'bar', y: Array.from(y) }],
  layout: { width: 300, height: 150, font },
  alt: 'Two bars & a <gap>.',
})

let kernel: FakeKernel
beforeEach(() => {
  kernel = startFakeKernel()
})
afterEach(() => kernel.stop())

describe('show with save', () => {
  it('shows the figure and writes it under the name, with links below', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thesis-show-'))
    mkdirSync(join(folder, 'notebooks'))
    writeFileSync(join(folder, 'package.json'), '{"name":"executable-thesis","version":"1.2.3"}')
    const before = process.cwd()
    process.chdir(join(folder, 'notebooks'))
    try {
      await show(bars([1, 2]), { widthMm: 60, save: 'bars', as: { widthMm: 85, formats: ['svg'] } })
      expect(readdirSync(join(folder, 'results', 'figures'))).toEqual([
        'bars.csv',
        'bars.csv-metadata.json',
        'bars.svg',
      ])
      expect(kernel.outputs).toHaveLength(3)
      expect(kernel.outputs[2]!.data['text/plain']).toContain('Saved, 85 mm wide, as')
    } finally {
      process.chdir(before)
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses to be told how without a name', async () => {
    await expect(show(bars([1, 2]), { as: { preset: 'slides' } })).rejects.toThrow(
      'save its name, which is missing',
    )
  })
})

describe('show', () => {
  it('gives the interactive figure at once, with its picture and text when they are drawn', async () => {
    const shown = show(bars([1, 2]), { widthMm: 60 })
    expect(Object.keys(kernel.outputs[0]!.data)).toEqual([
      'application/vnd.thesis.figure+json',
      'application/vnd.plotly.v1+json',
      'text/plain',
    ])
    await shown
    expect(kernel.outputs).toHaveLength(2)
    const { data, metadata } = kernel.outputs[0]!
    expect(Object.keys(data).sort()).toEqual([
      'application/vnd.plotly.v1+json',
      'application/vnd.thesis.figure+json',
      'image/png',
      'text/plain',
    ])
    expect(data['text/plain']).toBe('Two bars & a <gap>.')
    expect(data['application/vnd.plotly.v1+json']).toMatchObject({ data: [{ type: 'bar', y: [1, 2] }] })
    expect(metadata['image/png']).toEqual({ width: 227, height: 114, alt: 'Two bars & a <gap>.' }) // 60 mm, 2 : 1
  })

  it('says below the figure what it shows, in an output without a picture', async () => {
    await show(bars([1, 2]), { widthMm: 60 })
    const { data } = kernel.outputs[1]!
    expect(Object.keys(data).sort()).toEqual(['text/html', 'text/plain'])
    expect(data['text/html']).toContain('<summary><small>Text alternative</small></summary>')
    expect(data['text/html']).toContain('Two bars &amp; a &lt;gap&gt;.')
    expect(data['text/plain']).toBe('Text alternative: Two bars & a <gap>.')
  })

  it('draws two pixels per CSS pixel', async () => {
    await show(bars([1, 2]), { widthMm: 60 })
    const png = Buffer.from(String(kernel.outputs[0]!.data['image/png']), 'base64')
    expect(png.toString('latin1', 1, 4)).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(454)
  })

  it('gives the same bytes every time', async () => {
    await show(bars([1, 2]), { widthMm: 60 })
    await show(bars([1, 2]), { widthMm: 60 })
    expect(kernel.outputs.slice(2).map(({ data }) => data)).toEqual(
      kernel.outputs.slice(0, 2).map(({ data }) => data),
    )
  })

  it('lays a figure that can redraw itself out for the width asked for, as picture and interactive', async () => {
    const widths: number[] = []
    const figure = figureFrom((width) => {
      widths.push(width)
      return { ...bars([1]), layout: { width, height: 100, font } }
    })
    widths.length = 0
    await show(figure, { widthMm: 70 })
    expect([widths[0], widths.at(-1)]).toEqual([70, 70])
    expect(kernel.outputs[0]!.data['application/vnd.plotly.v1+json']).toMatchObject({ layout: { width: 70 } })
  })

  it('leaves a very large interactive figure out, so that the notebook stays small, and says so', async () => {
    const z = Array.from({ length: 250 }, (_, row) =>
      Array.from({ length: 250 }, (_, i) => Math.sin(row * i)),
    )
    await show({ ...bars([]), data: [{ type: 'heatmap', z, showscale: false }] }, { widthMm: 60 })
    expect(Object.keys(kernel.outputs[0]!.data).sort()).toEqual(['image/png', 'text/plain'])
    expect(kernel.outputs[1]!.data['text/html']).toMatch(/Not interactive: .*Text alternative/)
  })

  it('outside a kernel prints the text alternative', async () => {
    kernel.stop()
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await show(bars([1, 2]))
    expect(log.mock.calls).toEqual([['Two bars & a <gap>.']])
    log.mockRestore()
  })
})

describe('the JSON of a figure', () => {
  it('holds typed arrays as lists, rounds fractions in the data only, and has gaps for what JSON lacks', () => {
    const figure: Figure = {
      data: [
        { type: 'scatter', x: Float32Array.of(0.1, Number.NaN), y: Float64Array.of(1e-7 / 3, 123456) },
        { x: [new Date(0)], y: [0.1 + 0.2], hovertemplate: '%{y}', name: undefined },
      ],
      layout: { width: 100 / 3, shapes: [{ x0: 1 / 3 }] },
      alt: '',
    }
    expect(JSON.parse(JSON.stringify(plotlyJson(figure)))).toMatchObject({
      data: [
        { type: 'scatter', x: [0.1, null], y: [3.3333e-8, 123456] },
        { x: ['1970-01-01T00:00:00.000Z'], y: [0.3], hovertemplate: '%{y}' },
      ],
      layout: { width: 100 / 3, shapes: [{ x0: 1 / 3 }] },
      config: { displaylogo: false },
    })
  })
})

describe('a large matrix of whole numbers in the JSON of a figure', () => {
  const matrix = (low: number, high: number) =>
    Array.from({ length: 20 }, (_, row) =>
      Array.from({ length: 30 }, (_, column) => (row + column === 0 ? low : (row * column) % high)),
    )
  const heatmap = (z: number[][]): Figure => ({
    data: [{ type: 'heatmap', z, showscale: false }],
    layout: { width: 300, height: 200, font },
    alt: '1 map.',
  })

  it.each([
    ['u1', 0, 255],
    ['i1', -100, 100],
    ['i2', -30_000, 500],
  ])('is base64 text of the type %s', (dtype, low, high) => {
    const { data } = plotlyJson(heatmap(matrix(low, high)))
    const [trace] = data as [{ z: { dtype: string; bdata: string; shape: string } }]
    expect(trace.z).toMatchObject({ dtype, shape: '20, 30' })
    expect(Buffer.from(trace.z.bdata, 'base64').length).toBe(600 * (dtype === 'i2' ? 2 : 1))
  })

  it('is drawn as the list is', async () => {
    const figure = heatmap(matrix(-3000, 3000))
    const { data } = plotlyJson(figure)
    const compact = { ...figure, data: data as Figure['data'] }
    const [a, b] = [await renderFigure(figure, { widthMm: 60 }), await renderFigure(compact, { widthMm: 60 })]
    expect(Buffer.from(a.png).equals(b.png)).toBe(true)
  })

  it('stays a list where it is small, has gaps or fractions', () => {
    const short = matrix(0, 9).slice(0, 2)
    const gaps = [...matrix(0, 9), []]
    for (const z of [short, gaps, matrix(0.5, 9)]) {
      expect(plotlyJson(heatmap(z))).toMatchObject({ data: [{ z }] })
    }
  })
})

describe('exportFigure', () => {
  let project: string
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'thesis-'))
    writeFileSync(join(project, 'package.json'), '{"name": "executable-thesis", "version": "1.2.3"}')
    mkdirSync(join(project, 'notebooks'))
    vi.spyOn(process, 'cwd').mockReturnValue(join(project, 'notebooks'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rememberParameters({})
    rmSync(project, { recursive: true })
  })
  const formats = ['pdf', 'png'] as const

  it('writes the formats to results/figures and shows links to them, without a machine’s paths', async () => {
    await exportFigure(bars([1, 2]), 'bars', { widthMm: 60, formats })
    const folder = join(project, 'results', 'figures')
    expect(readdirSync(folder).sort()).toEqual(['bars.csv', 'bars.csv-metadata.json', 'bars.pdf', 'bars.png'])
    expect(readFileSync(join(folder, 'bars.pdf'), 'latin1').startsWith('%PDF')).toBe(true)
    const { data } = kernel.outputs[0]!
    expect(data['text/plain']).toBe(
      'Saved, 60 mm wide, as results/figures/bars.pdf, results/figures/bars.png, results/figures/bars.csv',
    )
    expect(data['text/html']).toContain('<a href="../results/figures/bars.pdf" download="bars.pdf"')
    expect(JSON.stringify(data)).not.toContain(project)
  })

  it('takes a preset’s width, a double column without one, and not a width besides', async () => {
    await exportFigure(bars([1]), 'bars', { preset: 'single-column', formats: ['png'] })
    expect(kernel.outputs[0]!.data['text/plain']).toContain('85 mm wide')
    await exportFigure(bars([1]), 'bars', { formats: ['png'] })
    expect(kernel.outputs[1]!.data['text/plain']).toContain('178 mm wide')
    await expect(exportFigure(bars([1]), 'bars', { preset: 'slides', widthMm: 60 })).rejects.toThrow(
      'both set the width',
    )
  })

  it('writes the numbers of a figure beside it, plain and tidy, with what it is about', async () => {
    const rows = [0, 1, 2].map((x) => ({
      ...{ panel: 'deep', series: 'deepTaylor', x, value: 1 - x / 10, low: 0.5, high: 1, sequences: 10_000 },
    }))
    const figure = curveFigure(rows, { panels: 'architecture', series: 'method', xLabel: 'x', yLabel: 'y' })
    rememberParameters({ network: 'deep' })
    await exportFigure(figure, 'curves', { formats: ['svg'], about: { author: 'A. Author', seeds: [1, 2] } })
    const written = (file: string) => readFileSync(join(project, 'results', 'figures', file), 'utf8')
    expect(written('curves.csv').split('\n').slice(0, 3)).toEqual([
      'panel,series,x,value,low,high,sequences',
      'deep,deepTaylor,0,1,0.5,1,10000',
      'deep,deepTaylor,1,0.9,0.5,1,10000',
    ])
    const { notes } = JSON.parse(written('curves.csv-metadata.json'))
    const told = {
      author: 'A. Author',
      n: '10,000 sequences',
      seeds: [1, 2],
      parameters: { network: 'deep' },
    }
    expect(notes[0]).toMatchObject({ ...told, ...codeVersion() })
    for (const text of ['A. Author', '10,000 sequences', '"seeds":[1,2]', 'Y over x'])
      expect(written('curves.svg')).toContain(text)
  })

  it('keeps beside what other parameters made under the name, says so, and replaces what the same made', async () => {
    const save = (y: number[]) => exportFigure(bars(y), 'bars', { widthMm: 60, formats: ['svg'] })
    const folder = join(project, 'results', 'figures')
    rememberParameters({ network: 'deep', seeds: 1 })
    await save([1, 2])
    await save([1, 3])
    expect(readdirSync(folder).sort()).toEqual(['bars.csv', 'bars.csv-metadata.json', 'bars.svg'])
    rememberParameters({ network: 'shallow', seeds: 1 })
    await save([5, 6])
    const said = String(kernel.outputs.at(-1)!.data['text/plain'])
    const [, kept] =
      /made with other parameters \(network = deep\), is kept as results\/figures\/(bars-[0-9a-f]{8})$/.exec(
        said,
      )!
    expect(readFileSync(join(folder, `${kept}.csv`), 'utf8')).toContain(',3\n')
    expect(readFileSync(join(folder, 'bars.csv'), 'utf8')).toContain(',6\n')
    expect(readdirSync(folder)).toHaveLength(6)
  })

  it('writes each panel as a file of its own where that is chosen, and refuses where there is none', async () => {
    const figure = curveFigure(
      ['deep', 'r-lstm'].flatMap((panel) =>
        [0, 1].map((x) => ({ panel, series: 'deepTaylor', x, value: x, low: x, high: x })),
      ),
      { panels: 'architecture', series: 'method', xLabel: 'x', yLabel: 'y' },
    )
    await exportFigure(figure, 'curves', {
      formats: ['svg'],
      preset: 'icml-column',
      data: false,
      panels: true,
    })
    const folder = join(project, 'results', 'figures')
    expect(
      readdirSync(folder)
        .filter((file) => file.endsWith('.svg'))
        .sort(),
    ).toEqual(['curves-deep.svg', 'curves-r-lstm.svg'])
    const svg = readFileSync(join(folder, 'curves-deep.svg'), 'utf8')
    expect(svg).toContain('width="82.5mm"')
    expect(svg).not.toContain('R-LSTM</text>')
    await expect(exportFigure(bars([1]), 'bars', { panels: true })).rejects.toThrow(
      'no panels that stand alone',
    )
  })

  it('breaks heatmaps that are too high into pages, or leaves sequences out, where that is chosen', async () => {
    const samples = Array.from({ length: 12 }, (_, i) => `sequence ${i + 1}`)
    const figure = heatmapFigure(heatmapRows(['deep', 'shallow'], ['sensitivity', 'deepTaylor'], samples))
    const options = { preset: 'neurips', formats: ['svg'], data: false } as const
    await expect(exportFigure(figure, 'maps', options)).rejects.toThrow(
      /the page holds 228\.\d mm: .*overflow: 'pages'/,
    )
    await exportFigure(figure, 'maps', { ...options, overflow: 'pages' })
    const folder = join(project, 'results', 'figures')
    const pages = readdirSync(folder).filter((file) => file.endsWith('.svg'))
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) {
      const [, height] = /height="([\d.]+)mm"/.exec(readFileSync(join(folder, page), 'utf8'))!
      expect(Number(height)).toBeLessThanOrEqual(228.6)
    }
    await exportFigure(figure, 'fewer', { ...options, overflow: 'fewer' })
    expect(kernel.outputs.at(-1)!.data['text/plain']).toMatch(/Shown are \d+ of 12, .* sequence 12$/)
    await expect(exportFigure(figure, 'maps', { overflow: 'shrink' as 'pages' })).rejects.toThrow(
      'overflow is "shrink": it must be one of refuse, pages, fewer',
    )
  })

  it('a name with a folder in it is refused before anything is drawn', async () => {
    await expect(exportFigure(bars([1]), '../bars', { formats })).rejects.toThrow('"../bars" is no file name')
    expect(kernel.outputs).toEqual([])
  })
})
