import { fromCSV } from 'arquero'

/** A table as an exported CSV file holds it. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Reads comma-separated values (RFC 4180) whose first line names the columns; every cell is a text. */
export function parseCsv(text: string): CsvTable {
  if (text.trim() === '') return { columns: [], rows: [] }
  // With its header among the rows, since arquero 7.2 does not read a header alone.
  const table = fromCSV(text, { header: false, autoType: false })
  const names = table.columnNames()
  const [columns = [], ...rows] = (table.objects() as Record<string, string | null>[]).map((row) =>
    names.map((name) => row[name] ?? ''),
  )
  return { columns, rows }
}

/** The number that a cell holds; undefined for any other text. */
export const cellNumber = (text: string): number | undefined => {
  if (/^(NaN|-?Infinity)$/.test(text)) return Number(text)
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
