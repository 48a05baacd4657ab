import { formatNumber } from '../notebook/format-number.js'
import { toGrid } from '../notebook/grid.js'
import { toPlainText } from '../notebook/table-formats.js'
import { valueText } from './combinations.js'
import type { RunDifference, TableDifference } from './compare-runs.js'

/** More cells of a table than these are counted only. */
const SHOWN_CELLS = 20

/** In what two runs differ, for a terminal. */
export function differenceText({
  isSame,
  parameters,
  numbers,
  tables,
  figures,
  code,
}: RunDifference): string {
  if (isSame) return 'The runs are the same in parameters, numbers, tables, figures and code.\n'
  const missing = '(none)'
  const sections: readonly (readonly [string, readonly Record<string, string>[]])[] = [
    [
      'Parameters',
      parameters.map(({ name, a, b }) => ({
        name,
        A: a === null ? missing : valueText(a),
        B: b === null ? missing : valueText(b),
      })),
    ],
    [
      'Numbers',
      numbers.map(({ name, a, b, difference }) => ({
        name,
        A: a === null ? missing : formatNumber(a),
        B: b === null ? missing : formatNumber(b),
        'B − A': signed(difference),
      })),
    ],
    ['Tables', []],
    ['Figures', figures.map(({ name, a, b }) => ({ name, A: a ?? missing, B: b ?? missing }))],
    ['Code cells', code.map((name) => ({ name }))],
  ]
  return sections
    .flatMap(([title, rows]) => {
      if (title === 'Tables' && tables.length > 0)
        return [`${title} that differ\n${tables.map(tableText).join('')}`]
      return rows.length > 0 ? [`${title} that differ\n${indented(toPlainText(toGrid(rows)))}`] : []
    })
    .join('\n')
}

function tableText(table: TableDifference): string {
  if (table.only !== null) return `  ${table.name}: only in ${table.only.toUpperCase()}\n`
  const lists = [
    ['columns only in A', table.columnsOnlyInA],
    ['columns only in B', table.columnsOnlyInB],
    ['rows only in A', table.rowsOnlyInA],
    ['rows only in B', table.rowsOnlyInB],
  ] as const
  const lines = lists.flatMap(([what, names]) =>
    names.length > 0 ? [`    ${what}: ${names.slice(0, SHOWN_CELLS).join('; ')}${more(names.length)}\n`] : [],
  )
  const cells = table.cells.slice(0, SHOWN_CELLS).map(({ row, column, a, b, difference }) => ({
    row,
    column,
    A: shortNumber(a),
    B: shortNumber(b),
    'B − A': signed(difference),
  }))
  const shown = cells.length > 0 ? indented(toPlainText(toGrid(cells)), '    ') : ''
  const hidden =
    table.cells.length > SHOWN_CELLS ? `    and ${table.cells.length - SHOWN_CELLS} more cells\n` : ''
  return `  ${table.name}\n${lines.join('')}${shown}${hidden}`
}

const more = (count: number): string => (count > SHOWN_CELLS ? `; and ${count - SHOWN_CELLS} more` : '')

/** Cells hold numbers at full precision, which nobody reads. */
const shortNumber = (text: string): string =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? formatNumber(Number(text)) : text

const signed = (difference: number | null): string =>
  difference === null ? '' : `${difference > 0 ? '+' : ''}${formatNumber(difference)}`

const indented = (text: string, by = '  '): string => `${text.replace(/^/gm, by)}\n`
