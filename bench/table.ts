import { markdownTable } from './markdown-table.js'
import type { Measurement } from './row.js'

const headings = ['measure', 'network', 'batch', 'steps', 'backend', 'ours', 'peer', 'ratio'] as const

/** Three significant digits, with the spread behind ±. */
export function withSpread(value: number | null, spread: number | null): string {
  if (value === null) return '–'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  const text = (of: number) =>
    of.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return spread === null || spread === 0 ? text(value) : `${text(value)} ± ${text(spread)}`
}

const cellsOf = (row: Measurement): string[] => [
  row.measure,
  row.network,
  row.batch === 0 ? '' : `${row.batch}`,
  row.steps === 0 ? '' : `${row.steps}`,
  row.backend,
  withSpread(row.ours, row.oursSpread),
  withSpread(row.peer, row.peerSpread),
  row.ratio === null ? '–' : `${row.ratio.toFixed(2)}`,
]

/** Measurements as a table in Markdown. */
export const table = (rows: readonly Measurement[]): string =>
  markdownTable(headings, rows.map(cellsOf), (column) => [2, 3, 5, 6, 7].includes(column))
