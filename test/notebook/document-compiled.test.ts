import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { laidOut } from '../../src/figures/export/lay-out.js'
import { renderFormats } from '../../src/figures/export/render-figure.js'
import { type Preset, presets } from '../../src/figures/kit/presets.js'
import { escapeLatex } from '../../src/notebook/escape-latex.js'
import { toGrid } from '../../src/notebook/grid.js'
import { toLatex } from '../../src/notebook/latex.js'
import { fitTable } from '../../src/notebook/latex-fit.js'
import { exampleFigures } from '../figures/example-figures.js'
import { kinds } from './example-tables.js'
import { texWorkshop } from './tex-workshop.js'

const { tex, compiled, folder, pdf, remove } = texWorkshop()
afterAll(remove)

const text = (width: string) =>
  `\\usepackage{times}\\setlength{\\textwidth}{${width}}\\setlength{\\textheight}{9in}\\setlength{\\topmargin}{-0.5in}` +
  '\\setlength{\\oddsidemargin}{-0.1in}\\setlength{\\parindent}{0pt}'

/** Articles in one column and in two, of the widths of NeurIPS and ICML. */
const articles = [
  {
    venue: 'neurips',
    documentClass: '[10pt]{article}',
    figures: Object.keys(exampleFigures),
    preamble: text('5.5in'),
  },
  {
    venue: 'icml-column',
    documentClass: '[10pt,twocolumn]{article}',
    figures: ['accuracyScore', 'curves', 'dataset', 'heatmaps', 'ledger', 'method', 'score', 'trainings'],
    preamble: `${text('6.75in')}\\setlength{\\columnsep}{0.25in}`,
  },
] as const

/** Every figure that a page of the venue has room for, in its size, with its text alternative under it. */
async function figuresFor(
  venue: Preset,
  names: readonly string[],
): Promise<{ body: string; left: string[] }> {
  const left: string[] = []
  const parts: string[] = []
  for (const name of names) {
    const figure = exampleFigures[name]!()
    if (laidOut(figure, presets[venue]).heightMm > presets[venue].mostHeightMm! - 1) {
      left.push(name)
      continue
    }
    const { pdf } = await renderFormats(figure, { ...presets[venue], legible: true }, ['pdf'])
    writeFileSync(join(folder, `${name}.pdf`), pdf!)
    parts.push(
      `\\includegraphics{${name}}\\par{\\scriptsize\\sloppy ${escapeLatex(figure.alt)}\\par}\\bigskip`,
    )
  }
  return { body: parts.join('\n\n'), left }
}

function tablesFor(venue: 'neurips' | 'icml-column'): string {
  return Object.values(kinds)
    .map(({ rows, options }) => {
      const grid = toGrid(rows, options)
      const { layout } = fitTable(grid, { venue, fit: 'scale' })
      return `${toLatex(grid, { ...layout, label: undefined })}\\par\\bigskip`
    })
    .join('\n\n')
}

describe.skipIf(tex === undefined)('a document with all tables and all figures', () => {
  it.each(articles)(
    'for $venue compiles, and nothing is wider or higher than its text',
    async ({ venue, figures, ...style }) => {
      const { body, left } = await figuresFor(venue, figures)
      const said = compiled(`${tablesFor(venue)}\n\n${body}`, style)
      expect(said).not.toBeNull()
      expect(said).not.toMatch(/Overfull \\\\[hv]box/)
      expect(left.length).toBeLessThanOrEqual(figures.length / 8)
      if (process.env.THESIS_KEEP_DOCUMENT)
        writeFileSync(`${process.env.THESIS_KEEP_DOCUMENT}-${venue}.pdf`, pdf())
    },
    900_000,
  )
})
