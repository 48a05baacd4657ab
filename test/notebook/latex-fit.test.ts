import { describe, expect, it } from 'vitest'
import { type VenueName, venues } from '../../src/figures/kit/venues.js'
import { toGrid } from '../../src/notebook/grid.js'
import { toLatex } from '../../src/notebook/latex.js'
import { type Fit, fitTable, tableWidth } from '../../src/notebook/latex-fit.js'
import type { TableOptions } from '../../src/notebook/table-options.js'
import type { Row } from '../../src/notebook/table-source.js'
import { venueOf } from '../../src/notebook/whole-venue.js'

/** A table of `count` columns of numbers with three digits behind the point. */
const numbers = (count: number) =>
  toGrid([Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, 0.125]))], { digits: 3 })
const fitted = (count: number, venue: VenueName | { widthPt: number }, fit?: Fit) =>
  fitTable(numbers(count), { venue, ...(fit ? { fit } : {}) })

describe('the width of a table', () => {
  const width = (rows: readonly Row[], venue: VenueName, sizePt: number, options: TableOptions = {}) =>
    tableWidth(toGrid(rows, options), venueOf(venue), sizePt)

  it('is that of its widest texts in the venue’s typeface and size, and of 12 pt around each column', () => {
    // Figures of both typefaces are half as wide as their size, the point of Times is a quarter.
    expect(width([{ a: 0.125 }], 'neurips', 10, { digits: 3 })).toBeCloseTo(4 * 5 + 2.5 + 12, 6)
    expect(width([{ a: 0.125 }, { a: -0.5 }], 'neurips', 10, { digits: 3 })).toBeCloseTo(
      4 * 5 + 2.5 + 5.64 + 12,
      6,
    )
    expect(width([{ a: 0.125 }], 'article', 10, { digits: 3 })).toBeCloseTo(4 * 5 + 2.77 + 12, 0)
    expect(width([{ a: 1, b: 1 }], 'neurips', 8)).toBeCloseTo(4 + 4 + 24, 6)
  })

  it('counts names of groups once, bold values as bold, and a heading above columns where it is wider than they are', () => {
    const rows = ['SA', 'GB'].map((method) => ({ network: 'Deep', method, v: 1, w: 2 }))
    const pivot = (values: string[]) => ({ pivot: { rows: 'network', columns: 'method', values } })
    const narrow = width(rows, 'article', 10, pivot(['v', 'w']))
    const wide = width(rows, 'article', 10, {
      ...pivot(['v', 'w']),
      headings: { v: 'a very long heading above' },
    })
    expect(wide).toBeGreaterThan(narrow + 50)
    const tied = [{ v: 0.25 }, { v: 0.5 }]
    expect(width(tied, 'article', 10, { best: 'highest' })).toBeGreaterThan(width(tied, 'article', 10))
  })
})

describe('a table for a venue', () => {
  it('that fits is left as it is, and says how wide it is', () => {
    expect(fitted(4, 'neurips')).toEqual({
      layout: {},
      note: '138 pt wide at 10 pt, neurips allows 397.5 pt',
      isTooWide: false,
    })
  })

  it('that is too wide is refused with its width, what is allowed, and what can be done', () => {
    expect(() => fitted(12, 'neurips')).toThrow(
      'the table is 414 pt wide at 10 pt, and neurips allows 397.5 pt: fit: "shrink" sets it in \\small, ' +
        'fit: "stretch" leaves less space between columns, fit: "scale" makes its text 9.6 pt, or leave columns out',
    )
    expect(() => fitted(30, 'icml-column')).toThrow(
      'the table is 1035 pt wide at 10 pt, and icml-column allows 234.9 pt: even \\scriptsize takes 832.5 pt, fit: "scale" makes its text 2.3 pt, or leave columns out',
    )
  })

  it('is told of, set smaller, stretched or scaled where that is chosen', () => {
    expect(fitted(12, 'neurips', 'warn')).toMatchObject({ layout: {}, isTooWide: true })
    expect(fitted(12, 'neurips', 'shrink')).toMatchObject({ layout: { size: 'small' }, isTooWide: false })
    expect(fitted(14, 'neurips', 'shrink').layout).toEqual({ size: 'scriptsize' })
    expect(fitted(12, 'neurips', 'stretch').layout).toEqual({ isStretched: true })
    expect(fitted(30, 'icml-column', 'scale')).toMatchObject({
      layout: { isScaled: true },
      note: '1035 pt wide at 10 pt, icml-column allows 234.9 pt: scaled to 22 %, so that its text is of 2.3 pt, too small to read in print',
    })
    expect(fitted(12, 'neurips', 'scale').note).toMatch(/of 9.6 pt$/)
    expect(() => fitted(30, 'icml-column', 'shrink')).toThrow('even \\scriptsize takes')
    expect(() => fitted(30, 'icml-column', 'stretch')).toThrow('stretched it would take')
  })

  it('is neither set smaller nor scaled where it fits, but stretched', () => {
    for (const fit of ['warn', 'shrink', 'scale'] as const)
      expect(fitted(4, 'acl-column', fit).layout).toEqual({})
    expect(fitted(4, 'acl-column', 'stretch').layout).toEqual({ isStretched: true })
  })

  it('goes across both columns where that is chosen', () => {
    const { layout } = fitted(12, 'icml')
    expect(toLatex(numbers(12), { ...layout, label: 'tab:wide' })).toMatch(
      /^\\begin\{table\*\}[\s\S]*\\end\{table\*\}\n$/,
    )
  })

  it('knows the widths of venues, and takes those of one’s own', () => {
    const inches = Object.fromEntries(
      Object.entries(venues).map(([name, { widthPt }]) => [name, Number((widthPt / 72.27).toFixed(2))]),
    )
    expect(inches).toMatchObject({
      neurips: 5.5,
      iclr: 5.5,
      'icml-column': 3.25,
      icml: 6.75,
      jmlr: 6,
      'acl-column': 3.03,
    })
    expect(fitted(4, { widthPt: 140 }).note).toBe('139.1 pt wide at 10 pt, the venue allows 140 pt')
  })

  it('or a way of fitting that is unknown is refused with those that are known', () => {
    expect(() => fitted(4, 'nature' as 'acl')).toThrow(
      'venue is "nature": it must be one of article, neurips, iclr, icml',
    )
    expect(() => fitted(4, { widthPt: 0 })).toThrow('the venue has a width of 0 pt')
    expect(() => fitted(4, 'acl', 'squeeze' as 'warn')).toThrow(
      'fit is "squeeze": it must be one of "refuse", "warn"',
    )
    expect(() => fitTable(numbers(4), { fit: 'shrink' })).toThrow(
      'fit: "shrink" makes a table fit a venue, which is missing',
    )
  })
})

describe('LaTeX of a fitted table', () => {
  const lines = (layout: Parameters<typeof toLatex>[1]) => toLatex(numbers(2), layout).split('\n')

  it('sets a size, a width or a scale for the table alone', () => {
    expect(lines({ size: 'small' }).slice(0, 3)).toEqual(['{%', '  \\small', '  \\begin{tabular}{rr}'])
    expect(lines({ isStretched: true })).toContain(
      '  \\begin{tabular*}{\\linewidth}{@{\\extracolsep{\\fill}}rr@{}}',
    )
    expect(lines({ isStretched: true })).toContain('  \\setlength{\\tabcolsep}{0pt}%')
    expect(lines({ isScaled: true }).slice(-3)).toEqual(['  \\end{tabular}%', '}', ''])
    expect(lines({ isScaled: true }).slice(0, 2)).toEqual([
      '\\resizebox{\\linewidth}{!}{%',
      '  \\begin{tabular}{rr}',
    ])
    expect(lines({ size: 'small', label: 'tab:a' }).slice(0, 5)).toEqual([
      '\\begin{table}',
      '  \\centering',
      '  \\label{tab:a}',
      '  \\small',
      '  \\begin{tabular}{rr}',
    ])
  })
})
