import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compareRuns } from '../../src/sweep/compare-runs.js'
import { parseCsv } from '../../src/sweep/csv.js'
import { readRun } from '../../src/sweep/read-run.js'
import { sweepFigure } from '../../src/sweep/sweep-figure.js'
import { temporaryFolder } from '../runner/notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const output = (data: object) => ({ output_type: 'display_data', data, metadata: {} })
const notebook = (name: string, parameters: string, outputs: readonly object[]) => {
  const file = join(folder.path, name)
  const cell = (id: string, source: string, shown: readonly object[], tags: readonly string[] = []) => ({
    cell_type: 'code',
    id,
    source,
    outputs: shown,
    metadata: { tags },
    execution_count: 1,
  })
  const cells = [cell('given', parameters, [], ['parameters']), cell('work', 'work()', outputs)]
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }))
  return readRun(file)
}
const numbers = (...list: readonly { name: string; value: number | string }[]) =>
  output({ 'application/vnd.executable-thesis.record+json': { numbers: list }, 'text/plain': '' })
const table = (name: string, csv: string) =>
  output({
    'text/html': [
      '<table></table>\n',
      `<a href="data:text/csv;base64,${Buffer.from(csv).toString('base64')}" download="${name}.csv">Download</a>`,
    ],
  })

describe('an executed notebook alone', () => {
  const a = notebook('a.ipynb', 'const parameters = { rate: 1 }', [
    numbers({ name: 'loss', value: 2 }, { name: 'best', value: 'NaN' }),
    table('scores', 'network,seed,score\nDeep,1,0.5\nR-LSTM,1,0.7\n'),
    output({ 'image/png': 'AAAA' }),
    output({ 'text/html': '<a href="x" download="curve.pdf">Download PDF</a>' }),
    output({ 'image/png': 'BBBB' }),
  ])
  const b = notebook('b.ipynb', 'const parameters = { rate: 1 }', [
    numbers({ name: 'loss', value: 3 }, { name: 'best', value: 'NaN' }),
    table('scores', 'network,seed,points\nShallow,1,0.5\nR-LSTM,2,0.7\n'),
    output({ 'image/png': 'CCCC' }),
    output({ 'text/html': '<a href="x" download="curve.pdf">Download PDF</a>' }),
    output({ 'image/png': 'BBBB' }),
  ])

  it('holds its numbers in their order, its tables, and its pictures by name', () => {
    expect([...a.numbers]).toEqual([
      ['loss', 2],
      ['best', Number.NaN],
    ])
    expect(a.tables.get('scores')?.columns).toEqual(['network', 'seed', 'score'])
    expect([...a.figures.keys()]).toEqual(['curve', 'work 2'])
    expect(a.parameters).toEqual({ rate: 1 })
  })

  it('compares with another by what both have', () => {
    expect(compareRuns(a, a).isSame).toBe(true)
    const difference = compareRuns(a, b)
    expect(difference).toMatchObject({
      isSame: false,
      parameters: [],
      numbers: [{ name: 'loss', a: 2, b: 3, difference: 1 }],
      figures: [{ name: 'curve' }],
    })
    expect(difference.tables).toEqual([
      {
        name: 'scores',
        only: null,
        columnsOnlyInA: ['score'],
        columnsOnlyInB: ['points'],
        rowsOnlyInA: ['Deep'],
        rowsOnlyInB: ['Shallow'],
        cells: [{ row: 'R-LSTM', column: 'seed', a: '1', b: '2', difference: 1 }],
      },
    ])
  })
})

it('CSV is read as it is written, quotes and line breaks included', () => {
  expect(parseCsv('a,"b ""x"""\n1,"two\nlines"\n,\n')).toEqual({
    columns: ['a', 'b "x"'],
    rows: [
      ['1', 'two\nlines'],
      ['', ''],
    ],
  })
  expect(parseCsv('')).toEqual({ columns: [], rows: [] })
})

describe('the figure of a sweep', () => {
  const row = (parameters: Record<string, string | number>, loss: number) => ({
    id: '',
    parameters,
    status: 'finished' as const,
    numbers: new Map([['loss', loss]]),
  })

  it('shows the mean over seeds with a band, and leaves out what diverged', () => {
    const figure = sweepFigure(
      [
        row({ network: 'deep', rate: 0.1, seed: 1 }, 1),
        row({ network: 'deep', rate: 0.1, seed: 2 }, 2),
        row({ network: 'deep', rate: 0.2, seed: 1 }, 4),
        row({ network: 'deep', rate: 0.2, seed: 2 }, Number.NaN),
        row({ network: 'r-lstm', rate: 0.1, seed: 1 }, 3),
      ],
      'loss',
    )!
    expect(figure.alt).toContain('loss, mean over seed over rate')
    expect(figure.alt).toContain('Deep from 1.50 to 4.00, R-LSTM from 3.00 to 3.00')
    const [low, high] = figure.layout.yaxis!.range as [number, number]
    expect(low).toBeGreaterThan(0.5)
    expect(high).toBeLessThan(4.5)
  })

  it('puts numbers of very different sizes side by side, in their order', () => {
    const rows = [0.1, 0.001, 1e-5].map((rate) => row({ rate }, rate))
    const figure = sweepFigure(rows, 'loss')!
    expect(figure.layout.xaxis).toMatchObject({
      type: 'category',
      categoryarray: ['0.00001', '0.001', '0.1'],
    })
  })

  it('is none where no run has the number', () => {
    expect(sweepFigure([row({ rate: 1 }, 1)], 'accuracy')).toBeNull()
  })
})
