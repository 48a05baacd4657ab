import { describe, expect, it } from 'vitest'
import { accuracyCosineFigure } from '../../src/figures/charts/accuracy-score-figure.js'
import { cosineFigure } from '../../src/figures/charts/score-figure.js'
import { datasetFigure } from '../../src/figures/charts/dataset-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { inspectorFigure } from '../../src/figures/drawings/inspector-figure.js'
import { ledgerFigure } from '../../src/figures/charts/ledger-figure.js'
import { methodFigure } from '../../src/figures/drawings/method-figure.js'
import { networkFigure } from '../../src/figures/drawings/network-figure.js'
import { pixelFlippingFigure } from '../../src/figures/charts/pixel-flipping-figure.js'
import { problemFigure } from '../../src/figures/drawings/problem-figure.js'
import { stepRelevanceFigure } from '../../src/figures/charts/step-relevance-figure.js'
import { trainingFigure } from '../../src/figures/charts/training-figure.js'
import { heatmapRows, inspection, pixels } from './example-figures.js'

describe('figures say what is wrong with their rows', () => {
  it.each([
    ['accuracy and cosine', accuracyCosineFigure],
    ['cosine', cosineFigure],
    ['dataset', datasetFigure],
    ['heatmap', heatmapFigure],
    ['ledger', ledgerFigure],
    ['network', networkFigure],
    ['pixel flipping', pixelFlippingFigure],
    ['problem', problemFigure],
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
    expect(() => heatmapFigure([row!], { items: 5 })).toThrow('24 columns cannot be divided among 5 items')
    expect(() => heatmapFigure([row!], { clip: 0 })).toThrow('clip is 0')
  })

  it('steps must divide the columns', () => {
    const [row] = heatmapRows(['deep'], ['deepTaylor'], ['a'])
    expect(() => methodFigure({ ...row!, pixels: pixels(), logit: 1 }, { steps: 7 })).toThrow(
      '24 columns cannot be read in 7 equal steps',
    )
    expect(() => stepRelevanceFigure([{ network: 'deep', steps: [1, 2, 3, 4] }])).toThrow(
      '4 steps of Deep cannot be divided among 3 items',
    )
  })

  it('an inspection needs a method, maps that are filled and steps that divide', () => {
    expect(() => inspectorFigure(inspection([]))).toThrow('The inspector figure needs at least one method')
    const { explanations, ...rest } = inspection(['deepTaylor'])
    const [one] = explanations
    expect(() =>
      inspectorFigure({ ...rest, explanations: [{ ...one!, values: new Float32Array(3) }] }),
    ).toThrow('Relevance of DTD: 3 values do not fill 8 rows of 24 columns')
    expect(() => inspectorFigure({ ...rest, explanations: [{ ...one!, steps: [1, 2] }] })).toThrow(
      '24 columns cannot be read in 2 equal steps that divide 3 items',
    )
  })

  it('an edge must join layers', () => {
    const layers = [{ name: 'a', label: 'a', units: '1', kind: 'dense' as const }]
    expect(() =>
      networkFigure([{ network: 'deep', layers, edges: [{ from: 'a', to: 'b', kind: 'forward' }] }]),
    ).toThrow('An edge of Deep names the layer "b"; there are a')
  })

  it('a ledger needs something that entered', () => {
    const row = { network: 'deep', entered: 0, steps: [0], biases: 0, stabilisers: 0, initialState: 0 }
    expect(() => ledgerFigure([row])).toThrow('0 entered')
  })
})
