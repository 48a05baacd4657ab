import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { savedCells, savedText, writeCells } from '../runner/notebooks.js'
import { projectCopy } from './project-copy.js'

const IMPORTS = `import * as tf from '@tensorflow/tfjs-core'
import { defineArchitecture, describe, readout } from '../src/architectures/index.js'
import { datasetFromArrays } from '../src/data/dataset-from-arrays.js'
import { defineMeasure } from '../src/evaluation/measure.js'
import { defineMethod, gradientWalk } from '../src/explanation/index.js'
import { scoreFigure } from '../src/figures/charts/score-figure.js'
import { heatmapFigure } from '../src/figures/drawings/heatmap-figure.js'
import { networkFigure } from '../src/figures/drawings/network-figure.js'
import { layer } from '../src/network/parameters.js'
import { frames } from '../src/network/sequence.js'
import { progressDisplay, show, showTable } from '../src/notebook/index.js'
import * as thesis from '../src/thesis/index.js'`

const DATASET = `const side = 6
const bars = (count: number) => {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3)
  const pixels = new Uint8Array(count * side * side)
  for (let i = 0; i < count; i++)
    for (let row = 0; row < side; row++) pixels[(i * side + row) * side + 2 * labels[i] + (i % 2)] = 200 + (i % 50)
  return { rows: side, columns: side, pixels, labels }
}
const barsMaj = datasetFromArrays({
  id: 'bars-maj',
  title: 'BARS-MAJ',
  classes: ['left', 'middle', 'right'],
  train: bars(480),
  test: bars(90),
})`

const NETWORK = `const elman = defineArchitecture({
  id: 'cell-elman',
  title: 'Cell Elman',
  units: { hidden: 10 },
  parameters: ({ rows, stepColumns, classes }, { hidden }) => [
    ...layer('hidden', [rows * stepColumns + hidden, hidden]),
    ...layer('readout', [hidden, classes]),
  ],
  forward: (geometry, { hidden }) => (ops, w, x) => {
    const pixels = frames(x, geometry)
    const [ofPixels, ofState] = tf.split<tf.Tensor2D>(w['hidden.kernel'] as tf.Tensor2D, [pixels.shape[1], hidden])
    const inputs = ops.terms(pixels, ofPixels, 'pixels', geometry.steps)
    const past = { h: ops.initial('memory', x.shape[0], hidden, pixels) }
    for (const [step, input] of inputs.entries()) {
      const sum = ops.affine('hidden', [input, ops.term(past.h, ofState, 'nonnegative')], w['hidden.bias'] as tf.Tensor1D)
      past.h = ops.tap('memory', step, ops.relu(sum))
    }
    return readout(ops, w, past.h)
  },
})`

const VALUES = `const steepness = defineMethod({
  id: 'cell-steepness',
  title: 'Steepness in a cell',
  short: 'Steep',
  attribute: (explained) => tf.abs(explained.walk(gradientWalk)) as tf.Tensor3D,
})
const topItem = defineMeasure({
  id: 'cell-top',
  title: 'Top item',
  range: [0, 1],
  baseline: ({ items, majority }) => majority / items,
  score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))],
})`

const TRAIN = `const plan = await thesis.experiment({ network: elman, dataset: barsMaj, items: 3, majority: 2, epochs: 15, batchSize: 20 })
const model = await thesis.trainWithProgress(plan, { display: progressDisplay })
console.log('accuracy', model.result.testAccuracy > 0.5)`

const EVALUATE = `const evaluations = await thesis.evaluateModels([model], {
  methods: [steepness, 'deepTaylor'],
  measures: [topItem, 'cosine'],
  limit: 40,
  onNote: (note) => console.log('note', note),
})
showTable(thesis.scoreTable(evaluations))
await show(scoreFigure(thesis.scoreTable(evaluations), { measure: 'cell-top' }))`

const LOOK = `const { test } = await thesis.majority(barsMaj, model.configuration.problem)
await show(heatmapFigure(await thesis.heatmapRows([model], test, [0, 1], [steepness], { measures: [topItem] })))
const geometry = thesis.geometryOf(plan.problem, barsMaj)
await show(networkFigure([thesis.networkRow(elman, geometry)]))
console.log('states', describe(elman, geometry).states.map(({ name }) => name))
const ledger = (await thesis.explain(model, test, [0, 1], { method: 'deepTaylor' })).ledger()
console.log('adds up', ledger.every(({ entered, rounding }) => Math.abs(rounding) <= 1e-4 * Math.max(entered, 1e-6)))
const inspector = await thesis.relevanceInspector({ models: [model], methods: [steepness], measures: [topItem] })
const { text } = await inspector.draw(inspector.choice({ network: 'cell-elman' }))
console.log(text)`

describe('cells alone', () => {
  const copy = projectCopy()
  afterAll(() => copy.remove())

  it('make a dataset, a network, a method and a measure, train, evaluate, draw and inspect them', async () => {
    const file = join(copy.path, 'notebooks', 'own.ipynb')
    writeCells(file, [IMPORTS, DATASET, NETWORK, VALUES, TRAIN, EVALUATE, LOOK], {
      kernelspec: { name: 'tslab-thesis', display_name: 'TypeScript (thesis)', language: 'typescript' },
    })
    const out = join(copy.path, 'out.ipynb')
    await copy.run('src/commands/notebook.ts', 'notebooks/own.ipynb', '--out', out)
    const cells = savedCells(out)
    const [trained, evaluated, looked] = cells.slice(4).map(savedText) as [string, string, string]
    expect(trained).toContain('accuracy true')
    expect(evaluated).toMatch(/note .*cell-elman/)
    for (const name of ['cell-steepness', 'cell-top', '0.667']) expect(evaluated).toContain(name)
    expect(evaluated).toContain('Cell Elman')
    expect(evaluated).toContain('image/png')
    expect(looked).toContain("states [ 'memory' ]")
    expect(looked).toContain('adds up true')
    for (const name of ['BARS-MAJ', 'Cell Elman', 'Steep', 'Top item']) expect(looked).toContain(name)
  }, 300_000)
})
