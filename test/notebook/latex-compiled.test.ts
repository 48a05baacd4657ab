import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { toGrid } from '../../src/notebook/grid.js'
import { type LatexLayout, toLatex } from '../../src/notebook/latex.js'
import { latexSpan } from '../../src/notebook/latex-cell.js'
import { fitTable, tableWidth } from '../../src/notebook/latex-fit.js'
import type { TableOptions } from '../../src/notebook/table-options.js'
import type { Row } from '../../src/notebook/table-source.js'
import { venueOf } from '../../src/notebook/whole-venue.js'

const folder = mkdtempSync(join(tmpdir(), 'tex-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const document = (body: string) =>
  `\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage{booktabs,graphicx}\n\\begin{document}\n${body}\n\\end{document}\n`

/** What TeX says of a document; null where it does not compile. */
function compiled(program: string, body: string): string | null {
  writeFileSync(join(folder, 'table.tex'), document(body))
  const words =
    program === 'tectonic'
      ? ['--print', 'table.tex']
      : ['-interaction=nonstopmode', '-halt-on-error', 'table.tex']
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  })
  return status === 0 ? stdout + stderr : null
}

// A TeX without the two packages compiles none of the tables.
const tex = ['pdflatex', 'tectonic'].find((program) => compiled(program, 'Text.') !== null)

const methods = ['SA', 'GB', 'DTD']
const long: Row[] = ['MNIST', 'Fashion'].flatMap((dataset, i) =>
  ['Deep', 'R-LSTM'].flatMap((network, j) =>
    methods.map((method, k) => {
      const cosine = 0.4 + 0.1 * i + 0.05 * j - 0.3 * k
      return { dataset, network, method, cosine, low: cosine - 0.003, high: cosine + 0.002, n: 10_000 + k }
    }),
  ),
)
const pivot = { rows: ['dataset', 'network'], columns: 'method', values: 'cosine' }
const intervals = { cosine: { low: 'low', high: 'high' } }

const kinds: Readonly<
  Record<string, { rows: readonly Row[]; options?: TableOptions; layout?: LatexLayout }>
> = {
  plain: { rows: long },
  'special characters': {
    rows: [
      { a: '50 % of $5 & #1_a {b} ~ ^ \\ < > | "', b: '[1, 2]', c: 'LRP-αβ, z⁺ × ± ≤ ∞ ∂ ∇ √ …' },
      { a: '*', b: 'Müller', c: '–' },
    ],
  },
  'numbers of all sizes': {
    rows: [-1e-9, 0.5, -12_345.5, 3, Number.NaN, -Infinity].map((x) => ({ x, y: null })),
  },
  pivot: { rows: long, options: { pivot, best: { is: 'highest', within: 'dataset' } } },
  'pivot of several values': {
    rows: long,
    options: { pivot: { ...pivot, values: ['cosine', 'n'] }, best: 'lowest', intervals },
  },
  'intervals by ±': {
    rows: long,
    options: { intervals: { cosine: { low: 'low', high: 'high', as: 'plusMinus' } } },
  },
  'caption and label': {
    rows: long,
    options: { caption: 'Cosine in %, by network & method.' },
    layout: { label: 'tab:cosine' },
  },
  'across both columns': { rows: long, layout: { isAcross: true, label: 'tab:across' } },
  'smaller size': { rows: long, layout: { size: 'footnotesize' } },
  stretched: {
    rows: long,
    options: { pivot, intervals },
    layout: { isStretched: true, label: 'tab:stretched' },
  },
  scaled: { rows: long, options: { pivot, intervals }, layout: { isScaled: true } },
}

/** How many columns a line of a table fills. */
const cellsIn = (line: string): number =>
  line.split(/(?<!\\)&/).reduce((sum, cell) => sum + Number(/\\multicolumn\{(\d+)\}/.exec(cell)?.[1] ?? 1), 0)

describe('tables of every kind, compiled or not', () => {
  it.each(Object.entries(kinds))(
    '%s has balanced braces, mathematics that ends, and full lines',
    (_, { rows, options, layout }) => {
      const grid = toGrid(rows, options)
      const latex = toLatex(grid, layout)
      const bare = latex.replace(/\\[\\{}$&%#_]/g, '')
      expect(bare.split('{')).toHaveLength(bare.split('}').length)
      expect(bare.split('$').length % 2).toBe(1)
      const lines = latex.split('\n').filter((line) => line.endsWith(' \\\\'))
      expect(lines.length).toBeGreaterThan(grid.rows)
      const columns = grid.columns.reduce((sum, column) => sum + latexSpan(column), 0)
      for (const line of lines) expect(cellsIn(line)).toBe(columns)
      expect([...latex.matchAll(/\\begin\{(.*?)\}/g)].map(([, name]) => name)).toEqual(
        [...latex.matchAll(/\\end\{(.*?)\}/g)].map(([, name]) => name).reverse(),
      )
    },
  )
})

describe.skipIf(tex === undefined)(
  `tables compiled by ${tex ?? 'TeX, which is not installed here or lacks booktabs or graphicx'}`,
  () => {
    it.each(Object.entries(kinds))('%s compiles', (_, { rows, options, layout }) => {
      expect(compiled(tex!, toLatex(toGrid(rows, options), layout))).not.toBeNull()
    })

    it('a table is as wide as it was measured to be, to 3 %', () => {
      for (const { rows, options } of [kinds.plain!, kinds.pivot!, kinds['pivot of several values']!]) {
        const grid = toGrid(rows, options)
        const said = compiled(tex!, `\\setbox0\\hbox{${toLatex(grid).trim()}}\\typeout{WIDTH=\\the\\wd0}`)
        const measured = Number(/WIDTH=([\d.]+)pt/.exec(said ?? '')?.[1])
        expect(Math.abs(tableWidth(grid, venueOf('article'), 10) / measured - 1)).toBeLessThan(0.03)
      }
    })

    it('a stretched table and a scaled one are as wide as the text', () => {
      for (const layout of [{ isStretched: true }, { isScaled: true }]) {
        const grid = toGrid(long, { pivot, intervals })
        expect(fitTable(grid, { venue: 'article', fit: 'warn' })).toBeDefined()
        const said = compiled(
          tex!,
          `\\setbox0\\hbox{\\hsize=345pt\\linewidth=345pt${toLatex(grid, layout).trim()}}\\typeout{WIDTH=\\the\\wd0}`,
        )
        expect(Number(/WIDTH=([\d.]+)pt/.exec(said ?? '')?.[1])).toBeCloseTo(345, 0)
      }
    })
  },
)
