import { from } from 'arquero'
import { describe, expect, it } from 'vitest'
import { accuracyScoreFigure } from '../../src/figures/charts/accuracy-score-figure.js'
import { ledgerFigure } from '../../src/figures/charts/ledger-figure.js'
import { pixelFlippingFigure } from '../../src/figures/charts/pixel-flipping-figure.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { stepRelevanceFigure } from '../../src/figures/charts/step-relevance-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { inspectorFigure } from '../../src/figures/drawings/inspector-figure.js'
import { methodFigure } from '../../src/figures/drawings/method-figure.js'
import { problemFigure } from '../../src/figures/drawings/problem-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { accuracyRows, heatmapRows } from './example-figures.js'
import { OWN_NETWORKS, ownInspection, ownScoreRows } from './own-figures.js'

const texts = ({ layout }: Figure): string[] => layout.annotations!.flatMap(({ text }) => text ?? [])

interface Trace {
  readonly name: string
  readonly type: string
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly marker: { readonly color: string; readonly pattern: object; readonly symbol: string }
}

const traces = ({ data }: Figure): Trace[] => data as unknown as Trace[]

describe('scores', () => {
  it('have each panel’s own baseline, by the measure’s name for it, and the measure on the axis', () => {
    const figure = scoreFigure(ownScoreRows())
    expect(texts(figure)).toEqual(['MNIST-MAJ', 'guessing<br>0.667', 'KMNIST-MAJ', 'guessing<br>0.600'])
    expect(figure.layout.shapes!.map(({ y0 }) => y0)).toEqual([2 / 3, 3 / 5])
    expect(figure.layout.yaxis!.title).toMatchObject({ text: 'Relevant item first' })
    expect(figure.layout.yaxis!.range).toEqual([0, 1])
    expect(figure.alt).toContain('mean relevant item first by dataset')
    expect(figure.alt).toContain('guessing baseline of 0.667 or 0.600')
  })

  it('of several problems in one panel have a baseline each, whose labels stand apart', () => {
    const [row] = accuracyRows()
    const figure = scoreFigure([
      { ...row!, baseline: 0.8 },
      { ...row!, network: 'deep', baseline: 0.81 },
    ])
    expect(figure.layout.shapes!.map(({ y0 }) => y0)).toEqual([0.8, 0.81])
    const [lower, upper] = figure.layout.annotations!.filter(({ text }) => text!.startsWith('uniform'))
    expect(lower!.yshift).toBeUndefined()
    expect(upper!.yshift).toBeGreaterThan(15)
  })

  it('below 0 and of other sizes have an axis that holds them', () => {
    const rows = ownScoreRows('surplus')
    const { range } = scoreFigure(rows).layout.yaxis!
    expect(range![0]).toBeLessThanOrEqual(Math.min(...rows.map(({ low }) => low)))
    expect(range![1]).toBeGreaterThanOrEqual(Math.max(...rows.map(({ high }) => high)))
    expect(range![1]).toBeLessThan(100)
    const large = rows.map((row) => ({
      ...row,
      mean: 1e4 * row.mean,
      low: 1e4 * row.low,
      high: 1e4 * row.high,
    }))
    const unlimited = large.map((row) => ({ ...row, measure: 'never-defined' }))
    expect(texts(scoreFigure(unlimited))).toContain('chance<br>0')
  })

  it('show every network in a style of its own, also one that was never defined', () => {
    for (const figure of [scoreFigure(ownScoreRows()), accuracyScoreFigure(ownScoreRows())]) {
      const first = traces(figure).slice(0, OWN_NETWORKS.length)
      expect(new Set(first.map(({ marker }) => marker.color)).size).toBe(OWN_NETWORKS.length)
      expect(first.map(({ name }) => name.trim()).slice(-3)).toEqual([
        'R-GRU',
        'Elman network with ReLU',
        'never-defined',
      ])
    }
    const bars = traces(scoreFigure(ownScoreRows())).slice(0, OWN_NETWORKS.length)
    expect(new Set(bars.map(({ marker }) => JSON.stringify(marker.pattern))).size).toBe(OWN_NETWORKS.length)
  })
})

describe('tables', () => {
  it('of arquero are drawn as rows are', () => {
    const rows = accuracyRows()
    for (const make of [scoreFigure, accuracyScoreFigure])
      expect(make(from(rows)).data).toEqual(make(rows).data)
    const chosen = from(rows).params({ wanted: 'deep' }).filter('d.network == wanted')
    expect(traces(scoreFigure(chosen)).map(({ name }) => name.trim())).toEqual(['Deep', 'Deep'])
    const curve = [0, 0.1].map((fraction) => ({
      network: 'deep',
      method: 'deepTaylor',
      fraction,
      value: 1,
      low: 1,
      high: 1,
    }))
    expect(pixelFlippingFigure(from(curve)).data).toEqual(pixelFlippingFigure(curve).data)
    const maps = heatmapRows(['deep'], ['deepTaylor'], ['a'])
    expect(heatmapFigure(from(maps)).data).toEqual(heatmapFigure(maps).data)
    expect(() => scoreFigure(from([]))).toThrow('The score figure needs at least one row')
  })
})

describe('sequences read from right to left', () => {
  const steps = [1, 2, 3, 4, 5, 6]
  const row = { network: 'deep', steps, items: 3, relevant: [0] }

  it('have their first step at the right, and the shares of items where the items stand', () => {
    const [left, right] = [stepRelevanceFigure([row]), stepRelevanceFigure([{ ...row, scan: 'rightToLeft' }])]
    expect(left.layout.xaxis!.range).toEqual([0.5, 6.5])
    expect(right.layout.xaxis!.range).toEqual([6.5, 0.5])
    expect(texts(left).slice(0, 3)).toEqual(['14 %', '33 %', '52 %'])
    expect(texts(right).slice(0, 3)).toEqual(['52 %', '33 %', '14 %'])
    // Item 1 is shaded: at its left it is read last.
    const shade = right.layout.shapes!.find(({ fillcolor }) => fillcolor === '#fbe9d7')!
    expect([shade.x0, shade.x1]).toEqual([6.5, 4.5])
  })

  it('are unrolled in the order of reading', () => {
    const shape = { rows: 1, columns: 3, pixels: Uint8Array.of(10, 20, 30), values: Float32Array.of(1, 2, 3) }
    const method = { ...shape, network: 'deep', method: 'deepTaylor', logit: 1, steps: 3 }
    const pictures = (figure: Figure) =>
      (figure.data as { z?: number[][]; zmax?: number }[]).flatMap(({ z, zmax }) =>
        z && zmax === 255 ? z[0]! : [],
      )
    expect(pictures(methodFigure(method))).toEqual([10, 20, 30])
    expect(pictures(methodFigure({ ...method, scan: 'rightToLeft' }))).toEqual([30, 20, 10])
  })

  it('are numbered from the right in the problem', () => {
    const problem = {
      rows: 1,
      columns: 3,
      pixels: Uint8Array.of(1, 2, 3),
      classes: ['a', 'b', 'a'],
      label: 'a',
      relevant: [0, 2],
    }
    const numbers = (scan: 'leftToRight' | 'rightToLeft') =>
      texts(problemFigure([problem], { steps: 3, scan })).filter((text) => /^\d$/.test(text))
    expect(numbers('leftToRight')).toEqual(['1', '2', '3'])
    expect(numbers('rightToLeft')).toEqual(['3', '2', '1'])
  })
})

describe('the inspector', () => {
  it('has a map of each state, or none', () => {
    const panels = (figure: Figure) =>
      Object.keys(figure.layout).filter((key) => key.startsWith('xaxis')).length
    const [none, two] = [inspectorFigure(ownInspection(0)), inspectorFigure(ownInspection(2))]
    expect(panels(two) - panels(none)).toBe(2 * 2)
    expect(texts(two).filter((text) => text.startsWith('Top 3 lower state units'))).toHaveLength(2)
    expect(texts(none).some((text) => text.startsWith('Top'))).toBe(false)
    expect(none.alt).not.toContain('through')
    expect(two.alt).toContain(
      'most of it through the lower state units 7, 12, 60 and the upper state units 7, 12, 60',
    )
  })

  it('shows the highest of many classes, with the label, the prediction and the explained one among them', () => {
    const figure = inspectorFigure(ownInspection(0, { label: 99, prediction: 4, target: 50 }))
    expect(texts(figure)).toContain('20 of 100 classes, by logit')
    const logits = traces(figure).find(({ name }) => name === 'Logits')!
    expect(logits.x).toHaveLength(20)
    expect([...logits.x].sort((a, b) => b - a)).toEqual(logits.x)
    for (const role of ['label', 'prediction', 'explained'])
      expect(
        texts(figure).some((text) => text.endsWith(` ${role}`)),
        role,
      ).toBe(true)
  })

  it('scores by the inspection’s measure', () => {
    const figure = inspectorFigure(ownInspection(0))
    expect(texts(figure).filter((text) => text === 'first 1.00')).toHaveLength(2)
    expect(texts(figure).join(' ').replaceAll('<br>', ' ')).toContain(
      'first: relevant item first; an explanation that knows nothing scores 0.600',
    )
    expect(figure.alt).toContain('relevant item first 1.00')
  })
})

describe('a ledger', () => {
  it('has an entry for ε where a rule has one, and a bar for each network and method', () => {
    const row = {
      network: 'deep',
      entered: 1,
      steps: [0.5],
      initialState: 0.1,
      biases: 0.1,
      undistributed: 0.1,
    }
    const names = (figure: Figure) => traces(figure).map(({ name }) => name.trim())
    expect(names(ledgerFigure([{ ...row, epsilon: 0 }]))).not.toContain('ε')
    const both = ledgerFigure([
      { ...row, method: 'deepTaylor', epsilon: 0 },
      { ...row, method: 'lrpEpsilon', epsilon: 0.2 },
    ])
    expect(names(both)).toContain('ε')
    expect(both.layout.yaxis!.ticktext).toEqual(['Deep, DTD', 'Deep, LRP-ε'])
    expect(both.alt).toContain('20.0 % to ε')
    // What never occurs has no entry in the legend.
    expect(names(ledgerFigure([{ ...row, biases: 0, epsilon: 0 }]))).not.toContain('biases')
  })
})
