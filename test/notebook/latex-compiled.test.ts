import { afterAll, describe, expect, it } from 'vitest'
import { toGrid } from '../../src/notebook/grid.js'
import { toLatex } from '../../src/notebook/latex.js'
import { latexSpan } from '../../src/notebook/latex-cell.js'
import { fitTable, tableWidth } from '../../src/notebook/latex-fit.js'
import { venueOf } from '../../src/notebook/whole-venue.js'
import { intervals, kinds, long, pivot } from './example-tables.js'
import { texWorkshop } from './tex-workshop.js'

const { tex, compiled, remove } = texWorkshop()
afterAll(remove)

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
      expect(compiled(toLatex(toGrid(rows, options), layout))).not.toBeNull()
    })

    it('a table is as wide as it was measured to be, to 3 %', () => {
      for (const { rows, options } of [kinds.plain!, kinds.pivot!, kinds['pivot of several values']!]) {
        const grid = toGrid(rows, options)
        const said = compiled(`\\setbox0\\hbox{${toLatex(grid).trim()}}\\typeout{WIDTH=\\the\\wd0}`)
        const measured = Number(/WIDTH=([\d.]+)pt/.exec(said ?? '')?.[1])
        expect(Math.abs(tableWidth(grid, venueOf('article'), 10) / measured - 1)).toBeLessThan(0.03)
      }
    })

    it('a stretched table and a scaled one are as wide as the text', () => {
      for (const layout of [{ isStretched: true }, { isScaled: true }]) {
        const grid = toGrid(long, { pivot, intervals })
        expect(fitTable(grid, { venue: 'article', fit: 'warn' })).toBeDefined()
        const said = compiled(
          `\\setbox0\\hbox{\\hsize=345pt\\linewidth=345pt${toLatex(grid, layout).trim()}}\\typeout{WIDTH=\\the\\wd0}`,
        )
        expect(Number(/WIDTH=([\d.]+)pt/.exec(said ?? '')?.[1])).toBeCloseTo(345, 0)
      }
    })
  },
)
