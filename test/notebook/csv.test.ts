import { fromCSV } from 'arquero'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGrid } from '../../src/notebook/grid.js'
import { toCsv } from '../../src/notebook/table-formats.js'
import type { TableOptions } from '../../src/notebook/table-options.js'
import type { Row } from '../../src/notebook/table-source.js'

const csv = (rows: readonly Row[], options: TableOptions = {}) =>
  toCsv(toGrid(rows, options)).split('\n').slice(1, -1)

describe('CSV', () => {
  it('has plain numbers: the shortest form of 15 significant digits, no commas, a hyphen for a minus', () => {
    const values = [
      100 * 0.901,
      0.1 + 0.2,
      -0.5,
      10_000,
      1e-7,
      1e21,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      -0,
    ]
    expect(
      csv(
        values.map((x) => ({ x })),
        { digits: 2, thousands: true },
      ),
    ).toEqual(['90.1', '0.3', '-0.5', '10000', '1e-7', '1e+21', 'NaN', '-Infinity', '0'])
    expect(csv([{ list: [-0.1 - 0.2, 1e6], text: '−0.5 ± 0.1', object: { x: 0.1 + 0.2 } }])).toEqual([
      '"-0.3, 1000000",-0.5 ± 0.1,"{""x"":0.3}"',
    ])
  })

  it('has nothing where a value is missing, and a row for every row', () => {
    expect(csv([{ a: null, b: 1 }, { b: undefined }])).toEqual([',1', ','])
    expect(csv([{ a: null }, { a: 1 }])).toEqual(['""', '1'])
  })

  it('has a text for objects without JSON', () => {
    const circle: { self?: object } = {}
    circle.self = circle
    expect(csv([{ circle, big: 10n ** 20n, bigs: { one: 1n } }])).toEqual([
      '[object Object],100000000000000000000,[object Object]',
    ])
  })

  it('quotes what RFC 4180 says', () => {
    expect(csv([{ a: 'a,b', b: 'say "x"', c: 'two\r\nlines', d: 'plain; text' }]).join('\n')).toBe(
      '"a,b","say ""x""","two\r\nlines",plain; text',
    )
  })

  it('keeps values and ends of intervals in columns of their own, and names of groups in every row', () => {
    const rows = ['SA', 'GB'].flatMap((method) =>
      ['Deep', 'R-LSTM'].map((network) => ({
        dataset: 'MNIST',
        network,
        method,
        cosine: 0.5,
        low: 0.4,
        high: 0.6,
      })),
    )
    const options = {
      pivot: { rows: ['dataset', 'network'], columns: 'method', values: 'cosine' },
      intervals: { cosine: { low: 'low', high: 'high' } },
      best: 'highest',
    } as const
    expect(toCsv(toGrid(rows, options))).toBe(
      'dataset,network,SA,SA low,SA high,GB,GB low,GB high\n' +
        'MNIST,Deep,0.5,0.4,0.6,0.5,0.4,0.6\nMNIST,R-LSTM,0.5,0.4,0.6,0.5,0.4,0.6\n',
    )
    expect(toCsv(toGrid(rows.slice(0, 1), { intervals: options.intervals })).split('\n')[0]).toBe(
      'dataset,network,method,cosine,low,high',
    )
  })

  it('is read back as what was written, whatever texts and numbers it holds', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/\r(?!\n)|[−\ud800-\udfff]/g, ''))
    fc.assert(
      fc.property(
        fc.array(fc.record({ text, number: fc.double({ noNaN: true, noDefaultInfinity: true }) }), {
          minLength: 1,
        }),
        (rows) => {
          const read = fromCSV(toCsv(toGrid(rows)), { autoType: false }).objects() as {
            text: string | null
            number: string
          }[]
          expect(read.map(({ text }) => text ?? '')).toEqual(rows.map(({ text }) => text))
          for (const [i, { number }] of read.entries())
            expect(Number(number)).toBe(Number(rows[i]!.number.toPrecision(15)) + 0)
        },
      ),
    )
  })
})
