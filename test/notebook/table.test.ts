import { from, op, table } from 'arquero'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { showTable, type TableOptions, type TableSource } from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('showTable', () => {
  let kernel: FakeKernel
  beforeEach(() => {
    kernel = startFakeKernel()
  })
  afterEach(() => kernel.stop())
  const shown = (source: TableSource, options?: TableOptions & { limit?: number }) => {
    showTable(source, options)
    return kernel.outputs.at(-1)!.data
  }

  it('shows the same cells as HTML, Markdown and text', () => {
    const data = shown([
      { network: 'Deep', cosine: 0.67 },
      { network: 'R-LSTM', cosine: 0.9251 },
    ])
    expect(data['text/plain']).toBe('network  cosine\nDeep     0.6700\nR-LSTM   0.9251')
    expect(data['text/markdown']).toBe(
      '| network | cosine |\n| --- | ---: |\n| Deep | 0.6700 |\n| R-LSTM | 0.9251 |',
    )
    expect(String(data['text/html']).replace(/ style="[^"]*"/g, '')).toBe(
      '<table><thead><tr><th>network</th><th>cosine</th></tr></thead><tbody>' +
        '<tr><td>Deep</td><td>0.6700</td></tr><tr><td>R-LSTM</td><td>0.9251</td></tr></tbody></table>',
    )
  })

  it('shows an arquero table in the order and selection of its verbs', () => {
    const data = shown(
      table({ class: [1, 2, 1, 2], score: [1, 2, 3, 6] })
        .groupby('class')
        .rollup({ mean: op.mean('score') })
        .orderby('mean')
        .filter((row: { mean: number }) => row.mean > 1),
    )
    expect(data['text/plain']).toBe('class  mean\n    1     2\n    2     4')
    expect(shown(from([{ a: 1, b: 2 }]).select('b'))['text/plain']).toBe('b\n2')
  })

  it('takes columns, headings, digits and a caption', () => {
    const data = shown([{ a: 0.123456, b: 1, c: 'x' }], {
      columns: ['b', 'a'],
      headings: { a: 'cosine' },
      digits: { a: 2 },
      caption: 'Two columns.',
    })
    expect(data['text/plain']).toBe('Two columns.\nb  cosine\n1    0.12')
    expect(data['text/html']).toContain('>Two columns.</caption>')
  })

  it('says how many rows it leaves out', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ i }))
    for (const type of ['text/plain', 'text/markdown', 'text/html']) {
      expect(shown(rows)[type]).toContain('… and 10 more of 60 rows')
      expect(shown(rows, { limit: 60 })[type]).not.toContain('more of')
    }
  })

  it('shows markup in cells as text', () => {
    const data = shown([{ 'a<b': '<script>x|y</script>\n&' }])
    expect(data['text/html']).toContain('&lt;script&gt;x|y&lt;/script&gt;')
    expect(data['text/html']).toContain('a&lt;b')
    expect(data['text/markdown']).toContain('\\<script>x\\|y\\</script> &')
  })

  it('shows missing values as nothing, lists item by item, and numbers of very different size one by one', () => {
    const data = shown([
      { value: 1e-5, list: [1, 0.5], missing: null, flag: true },
      { value: 123.456, list: Float32Array.of(2), missing: undefined, flag: false },
    ])
    expect(String(data['text/plain']).split('\n').slice(1)).toEqual([
      ' 1e−5  1, 0.5           true',
      '123.5  2                false',
    ])
  })

  it('rows may lack keys, and a table may be empty', () => {
    expect(shown([{ a: 1 }, { b: 2 }])['text/plain']).toBe('a  b\n1\n   2')
    expect(shown([])['text/plain']).toBe('')
  })

  it('an unknown column is refused with those that exist', () => {
    expect(() => showTable([{ a: 1, b: 2 }], { columns: ['c'] })).toThrow('no column "c": the table has a, b')
    expect(() => showTable([{ a: 1 }], { digits: { x: 1 } })).toThrow('no column "x"')
  })
})
