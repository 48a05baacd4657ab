import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import type { Cell, NotebookCode, Problem } from './notebook-cells.js'

/** Cells are formatted as the sources are, in lines that are a little longer. */
const LINE_WIDTH = 120

/** A cell as the formatter writes it, or why it cannot. */
export interface FormattedCell {
  readonly notebook: string
  readonly cell: Cell
  /** The formatted text; undefined if the cell is no TypeScript. */
  readonly source: string | undefined
  readonly problem?: Problem
}

interface Diagnostic {
  readonly category: string
  readonly message: string
  readonly location: { readonly path: string; readonly start: { readonly line: number } }
}

/** Formats the cells of notebooks, all at once; the notebooks stay as they are. */
export const formatCells = (notebooks: readonly NotebookCode[]): FormattedCell[] => {
  const cells = notebooks.flatMap(({ file, cells }) => cells.map((cell) => ({ notebook: file, cell })))
  const folder = mkdtempSync(join(tmpdir(), 'cells-'))
  try {
    const fileOf = (i: number): string => join(folder, `${i}.ts`)
    for (const [i, { cell }] of cells.entries()) writeFileSync(fileOf(i), `${cell.source}\n`)
    const errors = format(folder)
    return cells.map(({ notebook, cell }, i) => {
      const error = errors.find(({ location }) => location.path === `${i}.ts`)
      const place = { file: notebook, cell: cell.number }
      return error
        ? {
            notebook,
            cell,
            source: undefined,
            problem: { ...place, line: error.location.start.line, message: error.message },
          }
        : { notebook, cell, source: readFileSync(fileOf(i), 'utf8').trimEnd() }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where formatted cells differ from what notebooks hold, and which are no TypeScript. */
export const checkCellFormat = (notebooks: readonly NotebookCode[]): Problem[] =>
  formatCells(notebooks).flatMap(({ notebook, cell, source, problem }) => {
    if (source === undefined) return problem ? [problem] : []
    if (source === cell.source) return []
    const line = firstDifference(cell.source.split('\n'), source.split('\n')) + 1
    return [{ file: notebook, cell: cell.number, line, message: 'not as "npm run format" writes it' }]
  })

const firstDifference = (lines: readonly string[], others: readonly string[]): number => {
  const found = lines.findIndex((line, i) => line !== others[i])
  return found < 0 ? lines.length - 1 : found
}

/** Formats the files of a folder in place, and returns what of them cannot be parsed. */
const format = (folder: string): Diagnostic[] => {
  const settings = {
    root: true,
    extends: [join(projectRoot(import.meta.dirname), 'biome.json')],
    files: { includes: ['**/*.ts'] },
    formatter: { lineWidth: LINE_WIDTH },
  }
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(settings))
  const biome = join(
    dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')),
    'bin',
    'biome',
  )
  const args = ['format', '--write', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' })
  return readDiagnostics(stdout, stderr).filter(({ category }) => category === 'parse')
}

const readDiagnostics = (stdout: string, stderr: string): Diagnostic[] => {
  try {
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
  } catch {
    throw new Error(`The cells cannot be formatted: ${stderr.trim()}`)
  }
}
