import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../src/runner/json.js'
import { type Notebook, parseNotebook } from '../../src/runner/notebook-file.js'
import type { Output } from '../../src/runner/outputs.js'

/** The folder in which kernels of tests run. */
export const NOTEBOOK_FOLDER = join(import.meta.dirname, 'fixtures', 'notebooks')

/** Makes an empty folder inside the project, which git ignores; call `remove` at the end. */
export const temporaryFolder = (): { path: string; remove: () => void } => {
  const parent = join(import.meta.dirname, '..', '..', '.cache')
  mkdirSync(parent, { recursive: true })
  const path = mkdtempSync(join(parent, 'test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Writes a notebook of code cells; a cell may carry tags. */
export const writeCells = (
  file: string,
  cells: readonly (string | { source: string; tags: readonly string[] })[],
  metadata: JsonObject = {},
): string => {
  const content = {
    cells: cells.map((cell, i) => ({
      cell_type: 'code',
      id: `c${i + 1}`,
      metadata: typeof cell === 'string' ? {} : { tags: cell.tags },
      source: typeof cell === 'string' ? cell : cell.source,
      outputs: [],
      execution_count: null,
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  }
  writeFileSync(file, JSON.stringify(content))
  return file
}

interface SavedCell {
  readonly execution_count: number | null
  readonly outputs: readonly Output[]
  readonly source: readonly string[]
}

/** The cells of an executed notebook as they stand in the file. */
export const savedCells = (file: string): readonly SavedCell[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { cells: SavedCell[] }).cells

/** The text of all outputs of a saved cell. */
export const savedText = (cell: SavedCell | undefined): string =>
  (cell?.outputs ?? []).map((output) => JSON.stringify(output)).join('\n')

/** A notebook in memory from the sources of code cells. */
export const notebookOf = (...sources: string[]): Notebook =>
  parseNotebook(
    JSON.stringify({
      cells: sources.map((source) => ({ cell_type: 'code', source, metadata: { tags: ['parameters'] } })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
  )
