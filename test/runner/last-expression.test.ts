import { afterAll, beforeAll, expect, test } from 'vitest'
import { objectField } from '../../src/runner/json.js'
import { type CellRun, TestKernel } from './kernels.js'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await TestKernel.start()
  await kernel.run(
    `import { op, table } from 'arquero'\nconst scores = table({ network: ['Deep', 'R-LSTM'], cosine: [0.67, 0.92] })`,
  )
})
afterAll(() => kernel?.shutdown())

const dataOf = ({ outputs }: CellRun) => objectField({ ...outputs.list[0] }, 'data')

test('an arquero table as the last expression is shown as a table, as the result of the cell', async () => {
  const cell = await kernel.run('scores')
  expect(cell.outputs.list.map(({ output_type }) => output_type)).toEqual(['execute_result'])
  const data = dataOf(cell)
  expect(data['text/plain']).toBe('network  cosine\nDeep     0.6700\nR-LSTM   0.9200')
  expect(data['text/html']).toContain('<th scope="col" style="text-align:right">cosine</th>')
  expect(data['text/markdown']).toContain('| R-LSTM | 0.9200 |')
})

test('so is what its verbs make of it, in their order and selection', async () => {
  expect(
    await kernel.show(`scores.orderby('network').filter((row) => row.cosine > 0.9).select('cosine')`),
  ).toBe('cosine\n0.9200')
  expect(await kernel.show(`scores.groupby('network').rollup({ n: op.count() })`)).toBe(
    'network  n\nDeep     1\nR-LSTM   1',
  )
})

test('of a long table the first rows are shown, with the number of all', async () => {
  const text = await kernel.show('table({ i: Array.from({ length: 200_000 }, (_, i) => i) })')
  expect(text.split('\n')).toHaveLength(52)
  expect(text).toContain('… and 199,950 more of 200,000 rows')
})

test('other values print as they did', async () => {
  expect(await kernel.show('({ columnNames: 3 })')).toBe('{ columnNames: 3 }')
  expect(await kernel.show('({ columnNames: () => ["a"] })')).toBe('{ columnNames: [Function: columnNames] }')
  expect(await kernel.show('table({})')).toMatch(/^ColumnTable/)
  expect(await kernel.show('[{ network: "Deep" }]')).toBe("[ { network: 'Deep' } ]")
  expect(await kernel.show('"text"')).toBe('text')
  expect((await kernel.run('null')).outputs.list).toEqual([])
  expect((await kernel.run('const kept = scores')).outputs.list).toEqual([])
})

test('a value that says itself how it is shown is shown so, though it looks like a table', async () => {
  const own = `{ columnNames: () => ['a'], numRows: () => 1, objects: () => [{ a: 1 }], [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'mine' }) }`
  expect(await kernel.show(`(${own})`)).toBe('mine')
})
