import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { savedCells, savedText } from '../runner/notebooks.js'
import { addOwnValues } from './own-values.js'
import { type ProjectCopy, projectCopy } from './project-copy.js'

/** What a program in the copy finds out about figures, the inspector and conformance. */
const LOOK = `import { describe } from './architectures/index.js'
import { useBackend } from './backend/use-backend.js'
import { heatmapFigure } from './figures/drawings/heatmap-figure.js'
import { networkFigure } from './figures/drawings/network-figure.js'
import { networkStyle, methodStyle } from './figures/kit/palette.js'
import * as thesis from './thesis/index.js'

await useBackend()
const known = await thesis.catalogue()
const network = await thesis.architectureOf('elman')
const model = await thesis.loadModel('columns', 'elman')
const { test } = await thesis.majority('columns', model.configuration.problem)
const methods = [await thesis.methodOf('steepness'), await thesis.methodOf('deepTaylor')]
const measures = [await thesis.measureOf('topItem')]
const maps = await thesis.heatmapRows([model], test, [0, 1], methods, { measures })
const geometry = thesis.geometryOf(model.configuration.problem, model.dataset)
const inspector = await thesis.relevanceInspector({ datasets: ['columns'] })
const choice = inspector.choice({ network: 'elman', methods: ['steepness', 'deepTaylor'], measure: 'topItem' })
const options = inspector.controls.network.options(choice).map(({ label }) => label)
const { text, figure } = await inspector.draw(choice)
const ledgers = (await thesis.explain(model, test, [0, 1, 2], { method: 'deepTaylor' })).ledger()
console.log(JSON.stringify({
  networks: known.architectures.map(({ id }) => networkStyle(id, [])),
  methods: known.methods.map(({ id }) => methodStyle(id, [])),
  heatmaps: heatmapFigure(maps).alt,
  diagram: networkFigure(known.architectures.map((one) => thesis.networkRow(one, geometry))).alt,
  states: describe(network, geometry).states,
  rows: thesis.parameterRows(network, geometry).length,
  options,
  text,
  inspected: figure.alt,
  ledgers: ledgers.map(({ entered, rounding }) => Math.abs(rounding) <= 1e-4 * Math.max(entered, 1e-6)),
}))
`

interface Style {
  readonly color: string
}

describe('one file each for an architecture, a method and a measure, and a folder for a dataset,', () => {
  let copy: ProjectCopy
  beforeAll(() => {
    copy = projectCopy()
    addOwnValues(copy)
  })
  afterAll(() => copy.remove())

  it('are enough for training and evaluating by the commands', async () => {
    await copy.run(
      'src/commands/train.ts',
      '--dataset',
      'columns',
      '--network',
      'elman',
      '--network',
      'shallow',
    )
    const printed = await copy.run(
      'src/commands/evaluate.ts',
      ...['--json', '--dataset', 'columns', '--network', 'elman', '--network', 'shallow'],
      ...['--method', 'steepness', '--method', 'deepTaylor', '--measure', 'topItem', '--measure', 'cosine'],
    )
    const rows: Record<string, unknown>[] = JSON.parse(printed)
    expect(rows).toHaveLength(2 * 2 * 2)
    const mine = rows.find(
      ({ network, method, measure }) =>
        network === 'elman' && method === 'steepness' && measure === 'topItem',
    )!
    expect(mine).toMatchObject({ dataset: 'columns', baseline: 2 / 3, sequences: 150 })
    expect(mine.accuracy).toBeGreaterThan(0.5)
    expect(mine.mean).toBeGreaterThanOrEqual(0)
    expect(mine.mean).toBeLessThanOrEqual(1)
  }, 300_000)

  it('are found by figures with styles of their own, by the diagram, the tables, the ledger and the inspector', async () => {
    copy.write('src/look.ts', LOOK)
    const found = JSON.parse(await copy.run('src/look.ts'))
    for (const kind of ['networks', 'methods'] as const) {
      const colors = (found[kind] as Style[]).map(({ color }) => color)
      expect(new Set(colors).size).toBe(colors.length)
    }
    expect(found.heatmaps).toContain('Elman')
    expect(found.heatmaps).toContain('Steep')
    expect(found.diagram).toContain('Elman')
    expect(found.states).toEqual([{ name: 'memory', units: 12 }])
    expect(found.rows).toBe(2)
    expect(found.options).toContain('Elman')
    expect(found.text).toContain('Columns')
    expect(found.text).toContain('Steep')
    expect(found.text).toContain('memory')
    expect(found.inspected).toContain('Elman')
    expect(found.ledgers).toEqual([true, true, true])
  }, 300_000)

  it('are found by notebook 8, which draws, compares and names them', async () => {
    const out = join(copy.path, 'out.ipynb')
    await copy.run(
      'src/commands/notebook.ts',
      ...['notebooks/08-evaluation.ipynb', '--out', out],
      ...['--set', 'datasets=["columns"]', '--set', 'networks=["shallow","elman"]'],
      ...['--set', 'methods=["steepness","deepTaylor"]', '--set', 'measure=topItem'],
      ...['--set', 'limit=40', '--set', 'flipped=4'],
    )
    const text = savedCells(out).map(savedText).join('\n')
    for (const name of ['Columns', 'Elman', 'Steep', 'top item is relevant', '0.667'])
      expect(text).toContain(name)
    const figures = readdirSync(join(copy.path, 'results', 'figures'))
    expect(figures).toContain('scores-topItem.pdf')
    expect(figures).toContain('accuracy-and-topItem.pdf')
  }, 300_000)
})
