import { describe, expect, it } from 'vitest'
import { escapeLatex } from '../../src/notebook/escape-latex.js'
import { toGrid } from '../../src/notebook/grid.js'
import { toLatex } from '../../src/notebook/latex.js'

describe('escapeLatex', () => {
  it('gives every special character a form that prints it', () => {
    expect(escapeLatex('50 % of $5 & #1_a {b} ~ ^ \\')).toBe(
      '50 \\% of \\$5 \\& \\#1\\_a \\{b\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
    )
    expect(escapeLatex('a < b > c | "d"')).toBe(
      'a \\textless{} b \\textgreater{} c \\textbar{} {\\char34}d{\\char34}',
    )
  })

  it('turns symbols and Greek letters into commands and leaves accents alone', () => {
    expect(escapeLatex('LRP-αβ, z⁺, 3 × 10 ± ω σ')).toBe(
      'LRP-$\\alpha$$\\beta$, z$^{+}$, 3 $\\times$ 10 $\\pm$ $\\omega$ $\\sigma$',
    )
    expect(escapeLatex('Montréal – “Müller”')).toBe('Montréal – “Müller”')
  })

  it('never ends a table row or a caption early', () => {
    expect(escapeLatex('two\nlines\r\n here')).toBe('two lines here')
  })
})

describe('toLatex', () => {
  const rows = [
    { network: 'Deep & co', cosine: -0.5, rate: 0.0002 },
    { network: 'R_LSTM', cosine: 0.92, rate: 100.5 },
  ]

  it('writes a booktabs tabular with numbers to the right', () => {
    expect(toLatex(toGrid(rows, { columns: ['network', 'cosine'], digits: 2 }))).toBe(
      [
        '\\begin{tabular}{lr}',
        '  \\toprule',
        '  network & cosine \\\\',
        '  \\midrule',
        '  Deep \\& co & $-0.50$ \\\\',
        '  R\\_LSTM & 0.92 \\\\',
        '  \\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n'),
    )
  })

  it('with a caption and a label is a table to refer to', () => {
    const latex = toLatex(toGrid(rows, { columns: ['network'], caption: 'Cosine in %.' }), {
      label: 'tab:cosine',
    })
    expect(latex).toMatch(
      /^\\begin\{table\}\n {2}\\centering\n {2}\\caption\{Cosine in \\%\.\}\n {2}\\label\{tab:cosine\}\n/,
    )
    expect(latex).toMatch(/\\end\{tabular\}\n\\end\{table\}\n$/)
    expect(latex).toContain('  \\begin{tabular}{l}')
  })

  it('typesets powers of ten', () => {
    expect(toLatex(toGrid([{ x: -2.5e-7 }]))).toContain('  $-2.5 \\times 10^{-7}$ \\\\')
    expect(toLatex(toGrid([{ x: Number.NaN }, { x: 1 }]))).toContain('  – \\\\')
  })

  it('every row has as many cells as the table has columns, whatever the cells hold', () => {
    const latex = toLatex(toGrid([{ a: 'x & y \\\\ z', b: '&', c: '% comment' }]))
    const row = latex.split('\n')[4]!
    expect(row.match(/(?<!\\)&/g)).toHaveLength(2)
    expect(row).not.toMatch(/(?<!\\)%/)
  })

  it('a row that starts with a bracket or a star does not become an option of the row before', () => {
    expect(toLatex(toGrid([{ a: '[1, 2]' }, { a: '*' }]))).toContain('  {[}1, 2] \\\\\n  {*} \\\\\n')
  })

  it('aligns numbers at their points, sets minus signs as mathematics and keeps commas together', () => {
    const cells = (values: readonly number[], options = {}) =>
      [
        ...toLatex(
          toGrid(
            values.map((x) => ({ x })),
            options,
          ),
        ).matchAll(/^ {2}(\S.*) \\\\$/gm),
      ]
        .slice(1)
        .map(([, cell]) => cell)
    expect(cells([0.0002, 100.5, 3])).toEqual(['0.0002', '100.5\\phantom{000}', '3\\phantom{.0000}'])
    expect(cells([-12_345, 1000])).toEqual(['$-12{,}345$', '1,000'])
    expect(cells([Number.POSITIVE_INFINITY, -1])).toEqual(['$\\infty$', '$-1$'])
    expect(cells([-0.5, 0.25], { best: 'lowest', digits: 2 })).toEqual([
      '\\textbf{$-\\mathbf{0.50}$}',
      '0.25',
    ])
  })

  it('sets a pivot with rules under the headings of its values, and space instead of repeated names', () => {
    const grid = toGrid(
      ['MNIST', 'Fashion'].flatMap((dataset) =>
        ['Deep', 'R-LSTM'].flatMap((network) =>
          ['SA', 'GB'].map((method) => ({
            dataset,
            network,
            method,
            cosine: 0.5,
            low: -0.5,
            high: 0.6,
            rank: 0.25,
          })),
        ),
      ),
      {
        pivot: { rows: ['dataset', 'network'], columns: 'method', values: ['cosine', 'rank'] },
        intervals: { cosine: { low: 'low', high: 'high' } },
        digits: 2,
      },
    )
    expect(toLatex(grid).split('\n').slice(0, 11)).toEqual([
      '\\begin{tabular}{llr@{\\ }lr@{\\ }lrr}',
      '  \\toprule',
      '   &  & \\multicolumn{4}{c}{cosine} & \\multicolumn{2}{c}{rank} \\\\',
      '  \\cmidrule(lr){3-6} \\cmidrule(lr){7-8}',
      '  dataset & network & \\multicolumn{2}{c}{SA} & \\multicolumn{2}{c}{GB} & SA & GB \\\\',
      '  \\midrule',
      '  MNIST & Deep & 0.50 & [$-0.50$, 0.60] & 0.50 & [$-0.50$, 0.60] & 0.25 & 0.25 \\\\',
      '   & R-LSTM & 0.50 & [$-0.50$, 0.60] & 0.50 & [$-0.50$, 0.60] & 0.25 & 0.25 \\\\',
      '  \\addlinespace',
      '  Fashion & Deep & 0.50 & [$-0.50$, 0.60] & 0.50 & [$-0.50$, 0.60] & 0.25 & 0.25 \\\\',
      '   & R-LSTM & 0.50 & [$-0.50$, 0.60] & 0.50 & [$-0.50$, 0.60] & 0.25 & 0.25 \\\\',
    ])
  })

  it('aligns numbers whatever their intervals are like', () => {
    const rows = [
      { mean: 0.5, low: -0.5, high: 10 },
      { mean: 0.25, low: 0, high: 1 },
      { mean: 0.75, low: null, high: null },
    ]
    const grid = toGrid(rows, {
      intervals: { mean: { low: 'low', high: 'high', as: 'plusMinus' } },
      digits: 2,
      best: 'highest',
    })
    expect(toLatex(grid)).toContain(
      '  0.50 & $\\pm$ 9.50 \\\\\n  0.25 & $\\pm$ 0.75 \\\\\n  \\textbf{0.75} &  \\\\\n',
    )
    expect(toLatex(grid, { isStretched: true })).toContain(
      'r@{\\extracolsep{0pt}\\ }l@{\\extracolsep{\\fill}}@{}}',
    )
  })

  it('a label that would break a reference is refused', () => {
    expect(() => toLatex(toGrid(rows), { label: 'tab:{x}' })).toThrow('label is "tab:{x}"')
  })
})
