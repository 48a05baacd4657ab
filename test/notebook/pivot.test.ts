import { describe, expect, it } from 'vitest'
import { toGrid } from '../../src/notebook/grid.js'
import { toMarkdown, toPlainText } from '../../src/notebook/table-formats.js'
import type { TableOptions } from '../../src/notebook/table-options.js'

const rows = [
  { dataset: 'MNIST', network: 'Deep', method: 'SA', cosine: 0.762, low: 0.758, high: 0.767, loss: 0.3 },
  { dataset: 'MNIST', network: 'Deep', method: 'DTD', cosine: 0.686, low: 0.681, high: 0.691, loss: 0.4 },
  { dataset: 'MNIST', network: 'R-LSTM', method: 'SA', cosine: 0.887, low: 0.884, high: 0.889, loss: 0.2 },
  { dataset: 'MNIST', network: 'R-LSTM', method: 'DTD', cosine: 0.928, low: 0.926, high: 0.931, loss: 0.1 },
  { dataset: 'Fashion', network: 'Deep', method: 'SA', cosine: 0.744, low: 0.74, high: 0.748, loss: 0.5 },
  { dataset: 'Fashion', network: 'Deep', method: 'DTD', cosine: 0.618, low: 0.612, high: 0.624, loss: 0.5 },
  { dataset: 'Fashion', network: 'R-LSTM', method: 'SA', cosine: 0.873, low: 0.87, high: 0.876, loss: 0.6 },
]
const byMethod = { rows: ['dataset', 'network'], columns: 'method', values: 'cosine' } as const

const text = (options: TableOptions) => toPlainText(toGrid(rows, { digits: 3, ...options })).split('\n')
/** The cells that are bold, row by row. */
const bold = (options: TableOptions, source: readonly Record<string, unknown>[] = rows) =>
  toMarkdown(toGrid(source, { digits: 3, ...options }))
    .split('\n')
    .slice(2)
    .map((line) => [...line.matchAll(/\*\*(.*?)\*\*/g)].map(([, cell]) => cell))

describe('a pivot', () => {
  it('makes a table of rows × columns in the order of the rows, blank where there is no row', () => {
    expect(text({ pivot: byMethod })).toEqual([
      'dataset  network     SA    DTD',
      'MNIST    Deep     0.762  0.686',
      '         R-LSTM   0.887  0.928',
      'Fashion  Deep     0.744  0.618',
      '         R-LSTM   0.873',
    ])
  })

  it('has several values side by side, and headings for columns and for what these are of', () => {
    const pivot = { ...byMethod, values: ['loss', 'cosine'] }
    expect(
      text({ pivot, headings: { SA: 'sensitivity', loss: 'Loss', network: 'Network' } }).slice(0, 2),
    ).toEqual([
      'dataset  Network  Loss: sensitivity  Loss: DTD  cosine: sensitivity  cosine: DTD',
      'MNIST    Deep                 0.300      0.400                0.762        0.686',
    ])
  })

  it('refuses two rows for one place, and says which and what to do', () => {
    expect(() => text({ pivot: { ...byMethod, rows: 'network' } })).toThrow(
      'the pivot has two rows for network "Deep", method "SA": one is allowed, so name another column in rows, or filter or average the rows',
    )
  })

  it('refuses columns that are not there or named twice, and options that contradict it', () => {
    expect(() => text({ pivot: { ...byMethod, columns: 'way' } })).toThrow(
      'no column "way": the table has dataset, network',
    )
    expect(() => text({ pivot: { ...byMethod, columns: 'network' } })).toThrow(
      'the pivot names "network" twice',
    )
    expect(() => text({ pivot: { ...byMethod, values: [] } })).toThrow(
      'a pivot needs at least one column in rows and one in values',
    )
    expect(() => text({ pivot: byMethod, columns: ['network'] })).toThrow(
      'columns and pivot both choose the columns',
    )
    expect(() => text({ pivot: byMethod, headings: { XY: 'x' } })).toThrow('no column "XY"')
    expect(() => text({ pivot: byMethod, groups: 'method' })).toThrow(
      'groups names "method", which does not name rows',
    )
  })
})

describe('an interval', () => {
  it('is printed in brackets, or by what is further away', () => {
    const intervals = (as: 'brackets' | 'plusMinus') => ({ cosine: { low: 'low', high: 'high', as } })
    const columns = ['network', 'cosine']
    expect(text({ columns, intervals: intervals('brackets') })[1]).toBe('Deep     0.762 [0.758, 0.767]')
    expect(text({ columns, intervals: intervals('plusMinus') })[1]).toBe('Deep     0.762 ± 0.005')
    expect(text({ columns, intervals: { cosine: { plusMinus: 'loss' } } })[1]).toBe('Deep     0.762 ± 0.300')
  })

  it('stands in place of the columns that it is made of', () => {
    const [heading] = text({ intervals: { cosine: { low: 'low', high: 'high' } } })
    expect(heading!.split(/ +/)).toEqual(['dataset', 'network', 'method', 'cosine', 'loss'])
  })

  it('is left out where it is missing', () => {
    const grid = toGrid([{ mean: 0.5, low: null, high: 0.6 }], {
      intervals: { mean: { low: 'low', high: 'high' } },
      digits: 1,
    })
    expect(grid.columns[0]!.cells).toEqual(['0.5'])
  })

  it('whose ends are the wrong way round, or no numbers, is refused', () => {
    expect(() => text({ intervals: { cosine: { low: 'high', high: 'low' } } })).toThrow(
      'the interval of "cosine" goes from 0.767 ("high") to 0.758 ("low"): low must not be above high',
    )
    expect(() => text({ intervals: { cosine: { low: 'network', high: 'high' } } })).toThrow(
      'holds "Deep": it must be made of numbers',
    )
    expect(() => text({ intervals: { network: { low: 'low', high: 'high' } } })).toThrow(
      'which is no column of numbers',
    )
    expect(() => text({ columns: ['loss'], intervals: { cosine: { low: 'low', high: 'high' } } })).toThrow(
      'intervals names "cosine", which is no column of numbers that is shown: there are "loss"',
    )
    expect(() =>
      text({ intervals: { cosine: { low: 'low', high: 'high', as: 'sigma' as 'brackets' } } }),
    ).toThrow('is printed as "sigma": it must be one of "brackets", "plusMinus"')
    expect(() => text({ intervals: { cosine: { low: 'lower', high: 'high' } } })).toThrow('no column "lower"')
  })
})

describe('the best value', () => {
  it('is bold in each column, without its interval', () => {
    expect(
      bold({ pivot: byMethod, best: 'highest', intervals: { cosine: { low: 'low', high: 'high' } } }),
    ).toEqual([[], ['0.887', '0.928'], [], []])
  })

  it('is bold in each column of each group of rows', () => {
    expect(bold({ pivot: byMethod, best: { is: 'highest', within: 'dataset' } })).toEqual([
      [],
      ['0.887', '0.928'],
      [],
      ['0.873'],
    ])
    expect(
      bold({ columns: ['network', 'method', 'loss'], best: { is: 'lowest', within: ['dataset'] } }),
    ).toEqual([[], [], [], ['0.100'], ['0.500'], ['0.500'], []])
  })

  it('is bold in each row, or once in the table, where it is not alone', () => {
    expect(bold({ pivot: byMethod, best: { is: 'highest', of: 'row' } })).toEqual([
      ['0.762'],
      ['0.928'],
      ['0.744'],
      [],
    ])
    expect(bold({ pivot: byMethod, best: { is: 'lowest', of: 'table' } })).toEqual([[], [], ['0.618'], []])
    expect(bold({ pivot: byMethod, best: { is: 'highest', of: 'table', within: 'dataset' } })).toEqual([
      [],
      ['0.928'],
      [],
      ['0.873'],
    ])
  })

  it('may be the highest in one column and the lowest in another, and none in others', () => {
    expect(
      bold({ columns: ['cosine', 'loss', 'low'], best: { is: { cosine: 'highest', loss: 'lowest' } } }),
    ).toEqual([[], [], [], ['0.928', '0.100'], [], [], []])
  })

  it('is all of them where they print alike, and never what is missing', () => {
    const tied = [{ x: 0.9304 }, { x: 0.9296 }, { x: Number.NaN }, { x: null }, { x: 0.9 }]
    expect(bold({ best: 'highest' }, tied)).toEqual([['0.930'], ['0.930'], [], [], []])
    expect(bold({ best: 'highest', digits: 4 }, tied)).toEqual([['0.9304'], [], [], [], []])
  })

  it('of what cannot be compared is refused', () => {
    expect(() => bold({ best: { is: { network: 'highest' } } })).toThrow(
      'best names "network", which is no column of numbers that is shown',
    )
    expect(() => bold({ best: { is: { cosine: 'highest', loss: 'lowest' }, of: 'row' } })).toThrow(
      'best of a row compares columns of which some are better where they are higher',
    )
    expect(() => bold({ best: { is: 'highest', of: 'row', within: 'dataset' } })).toThrow('leave within out')
    expect(() => bold({ best: { is: 'highest', within: 'data' } })).toThrow('no column "data"')
    expect(() => bold({ pivot: byMethod, best: { is: 'highest', within: 'method' } })).toThrow(
      'best is within "method"',
    )
    expect(() => bold({ best: 'best' as 'highest' })).toThrow(
      'best is "best": it must be "highest" or "lowest"',
    )
    expect(() => bold({ best: { is: 'highest', of: 'cell' as 'row' } })).toThrow(
      'best is of a "cell": it must be of one of "column", "row", "table"',
    )
  })
})

describe('groups', () => {
  it('print a name where it changes, and an inner name anew in every outer group', () => {
    const grid = toGrid(
      [
        { dataset: 'A', network: 'Deep', i: 1 },
        { dataset: 'A', network: 'Deep', i: 2 },
        { dataset: 'B', network: 'Deep', i: 3 },
      ],
      { groups: ['dataset', 'network'] },
    )
    expect(toPlainText(grid).split('\n').slice(1)).toEqual([
      'A        Deep     1',
      '                  2',
      'B        Deep     3',
    ])
  })
})
