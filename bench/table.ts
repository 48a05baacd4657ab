import type { Measurement } from './row.js'

const headings = ['measure', 'network', 'batch', 'steps', 'backend', 'ours', 'peer', 'ratio'] as const

/** Three significant digits, with the spread behind ±. */
function withSpread(value: number | null, spread: number | null): string {
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

/** Measurements as a table in Markdown, whose columns also line up in a terminal. */
export function table(rows: readonly Measurement[]): string {
  const cells = [[...headings], ...rows.map(cellsOf)]
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const isNumber = (column: number) => [2, 3, 5, 6, 7].includes(column)
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n')
}
