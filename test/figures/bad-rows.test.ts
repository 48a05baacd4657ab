import { describe, expect, it } from 'vitest'
import { accuracyScoreFigure } from '../../src/figures/charts/accuracy-score-figure.js'
import { datasetFigure } from '../../src/figures/charts/dataset-figure.js'
import { ledgerFigure } from '../../src/figures/charts/ledger-figure.js'
import { pixelFlippingFigure } from '../../src/figures/charts/pixel-flipping-figure.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { stepRelevanceFigure } from '../../src/figures/charts/step-relevance-figure.js'
import { trainingFigure } from '../../src/figures/charts/training-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { inspectorFigure } from '../../src/figures/drawings/inspector-figure.js'
import { methodFigure } from '../../src/figures/drawings/method-figure.js'
import { networkFigure } from '../../src/figures/drawings/network-figure.js'
import { problemFigure } from '../../src/figures/drawings/problem-figure.js'
import { accuracyRows, heatmapRows, inspection, pixels } from './example-figures.js'

describe('figures say what is wrong with their rows', () => {
  it.each([
    ['accuracy and score', accuracyScoreFigure],
    ['score', scoreFigure],
    ['dataset', datasetFigure],
    ['heatmap', heatmapFigure],
    ['ledger', ledgerFigure],
    ['network', networkFigure],
    ['pixel flipping', pixelFlippingFigure],
    ['problem', (rows: []) => problemFigure(rows, { steps: 12 })],
    ['step relevance', stepRelevanceFigure],
    ['training', trainingFigure],
  ])('the %s figure needs rows', (name, make) => {
    expect(() => make([])).toThrow(`The ${name} figure needs at least one`)
  })

  it('maps must be filled and divisible', () => {
    const [row] = heatmapRows(['deep'], ['deepTaylor'], ['a'])
    expect(() => heatmapFigure([{ ...row!, values: new Float32Array(3) }])).toThrow(
      'Relevance of DTD on Deep, a: 3 values do not fill 8 rows of 24 columns',
    )
    expect(() => heatmapFigure([{ ...row!, items: 5 }])).toThrow('24 columns cannot be divided among 5 items')
    const { items: _, ...untold } = row!
    expect(() => heatmapFigure([untold])).toThrow(
      'items of DTD on Deep, a is undefined; say in the rows or the options how many items a sequence has',
    )
    expect(heatmapFigure([untold], { items: 3 }).layout).toEqual(heatmapFigure([row!]).layout)
    expect(() => heatmapFigure([row!], { clip: 0 })).toThrow('clip is 0')
  })

  it('steps must divide the columns', () => {
    const [row] = heatmapRows(['deep'], ['deepTaylor'], ['a'])
    expect(() => methodFigure({ ...row!, pixels: pixels(), logit: 1 }, { steps: 7 })).toThrow(
      '24 columns cannot be read in 7 equal steps',
    )
    const method = { ...row!, pixels: pixels(), logit: 1 }
    expect(() => methodFigure(method)).toThrow('steps is undefined; say in the row or the options')
    expect(() =>
      problemFigure([{ ...row!, pixels: pixels(), classes: ['a', 'b'], label: 'a' }], { steps: 5 }),
    ).toThrow('24 columns cannot be read in 5 equal steps')
  })

  it('steps need to be told how many items they are of', () => {
    expect(() => stepRelevanceFigure([{ network: 'deep', steps: [1, 2, 3, 4] }])).toThrow(
      'items of Deep is undefined; say in the rows or the options how many items a sequence has',
    )
    expect(() => stepRelevanceFigure([{ network: 'deep', steps: [], items: 3 }])).toThrow('Deep has no steps')
  })

  it('an inspection needs a method, maps that are filled and steps that divide', () => {
    expect(() => inspectorFigure(inspection([]))).toThrow('The inspector figure needs at least one method')
    const { explanations, ...rest } = inspection(['deepTaylor'])
    const [one] = explanations
    expect(() =>
      inspectorFigure({ ...rest, explanations: [{ ...one!, values: new Float32Array(3) }] }),
    ).toThrow('Relevance of DTD: 3 values do not fill 8 rows of 24 columns')
    expect(() => inspectorFigure({ ...rest, explanations: [{ ...one!, steps: [1, 2, 3, 4, 5] }] })).toThrow(
      '24 columns cannot be read in 5 equal steps',
    )
  })

  it('an edge must join layers', () => {
    const layers = [{ name: 'a', label: 'a', units: '1', kind: 'dense' as const }]
    expect(() =>
      networkFigure([{ network: 'deep', layers, edges: [{ from: 'a', to: 'b', kind: 'forward' }] }]),
    ).toThrow('An edge of Deep names the layer "b"; there are a')
    expect(() => networkFigure([{ network: 'deep', layers: [...layers, ...layers], edges: [] }])).toThrow(
      'Deep has two layers "a"',
    )
  })

  it('edges within a step must not run in a circle', () => {
    const layers = ['a', 'b', 'c'].map((name) => ({ name, label: name, units: '1', kind: 'dense' as const }))
    const edge = (from: string, to: string) => ({ from, to, kind: 'forward' as const })
    expect(() =>
      networkFigure([{ network: 'deep', layers, edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')] }]),
    ).toThrow(
      "edges of Deep run in a circle within a step, through b, c; edges to another step are 'recurrent'",
    )
  })

  it('a figure of scores shows one measure, and each bar one row', () => {
    const rows = accuracyRows()
    const other = rows.map((row) => ({ ...row, measure: 'first' }))
    for (const make of [scoreFigure, accuracyScoreFigure]) {
      expect(() => make([...rows, ...other])).toThrow(
        "the rows are of 2 measures, and a figure shows one: choose with { measure: '…' } among cosine, first",
      )
      expect(() => make(rows, { measure: 'last' })).toThrow("no row is of measure 'last'; there are cosine")
      expect(make([...rows, ...other], { measure: 'cosine' }).data).toEqual(make(rows).data)
    }
    expect(() => scoreFigure([...rows, rows[0]!])).toThrow(
      'two rows have the Cosine similarity of SA on Shallow, MNIST-MAJ; a bar shows one',
    )
  })

  it('a field that is missing is named, and those there are', () => {
    const [{ baseline: _, ...row }] = accuracyRows() as [ReturnType<typeof accuracyRows>[number]]
    const table = { objects: () => [row] }
    expect(() => scoreFigure(table)).toThrow(
      "The score figure needs 'baseline' in each row; there are dataset, network, method, measure, mean, low, high, accuracy",
    )
  })

  it('a ledger needs something that entered', () => {
    const absorbed = { biases: 0, epsilon: 0, undistributed: 0, initialState: 0 }
    const row = { network: 'deep', entered: 0, steps: [0], ...absorbed }
    expect(() => ledgerFigure([row])).toThrow('0 entered')
  })
})
