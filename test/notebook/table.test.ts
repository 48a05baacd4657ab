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

  /** As a viewer has it that runs no scripts and knows neither styles nor data. */
  const plainHtml = (html: unknown) =>
    String(html).replace(/<script.*?<\/script>|(?: style| data-value)="[^"]*"/gs, '')

  it('shows the same cells as HTML, Markdown and text', () => {
    const data = shown([
      { network: 'Deep', cosine: 0.67 },
      { network: 'R-LSTM', cosine: 0.9251 },
    ])
    expect(data['text/plain']).toBe('network  cosine\nDeep     0.6700\nR-LSTM   0.9251')
    expect(data['text/markdown']).toBe(
      '| network | cosine |\n| --- | ---: |\n| Deep | 0.6700 |\n| R-LSTM | 0.9251 |',
    )
    expect(plainHtml(data['text/html'])).toBe(
      '<div class="thesis-table"><table><thead><tr><th scope="col">network</th><th scope="col">cosine</th></tr></thead><tbody>' +
        '<tr><th scope="row">Deep</th><td>0.6700</td></tr>' +
        '<tr><th scope="row">R-LSTM</th><td>0.9251</td></tr></tbody></table></div>',
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

  it('puts commas between thousands, but not into years and seeds, nor where it is told not to', () => {
    const rows = [{ n: 1000, loss: -12_345.5, seed: 20_211, year: 2026, tiny: 1e-9, text: '48000' }]
    expect(String(shown(rows)['text/plain']).split('\n')[1]!.trim().split(/ +/)).toEqual([
      '1,000',
      '−12,346',
      '20211',
      '2026',
      '1e−9',
      '48000',
    ])
    expect(shown([{ n: 1000 }], { thousands: false })['text/plain']).toBe('   n\n1000')
    expect(shown([{ n: 1000, seed: 2000 }], { thousands: ['seed'] })['text/plain']).toBe(
      '   n   seed\n1000  2,000',
    )
  })

  it('can be copied whole though it shows fewer rows, and as it is shown when it is long', () => {
    const copied = (count: number) => {
      const html = String(shown(Array.from({ length: count }, (_, i) => ({ i })))['text/html'])
      return JSON.parse(/<script type="application\/json">(.*?)<\/script>/s.exec(html)![1]!)
    }
    expect(copied(60).CSV.split('\n')).toHaveLength(62)
    const { 'CSV of 50 rows': csv, 'LaTeX of 50 rows': latex, 'Markdown of 50 rows': markdown } = copied(2000)
    expect(csv.split('\n')).toHaveLength(52)
    expect(latex.match(/\\\\$/gm)).toHaveLength(51)
    expect(markdown).toContain('… and 1,950 more of 2,000 rows')
  })

  it('an unknown column is refused with those that exist', () => {
    expect(() => showTable([{ a: 1, b: 2 }], { columns: ['c'] })).toThrow('no column "c": the table has a, b')
    expect(() => showTable([{ a: 1 }], { digits: { x: 1 } })).toThrow('no column "x"')
    expect(() => showTable([{ a: 1 }], { thousands: ['x'] })).toThrow('no column "x"')
  })

  it('digits and a limit that make no sense are refused', () => {
    expect(() => showTable([{ a: 1 }], { digits: -1 })).toThrow(
      'digits of "a" is -1: it must be a whole number from 0 to 20',
    )
    expect(() => showTable([{ a: 1 }], { limit: 0 })).toThrow('limit is 0')
  })
})
