/** A table as an exported CSV file holds it. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Reads comma-separated values (RFC 4180) whose first line names the columns. */
export function parseCsv(text: string): CsvTable {
  const [columns = [], ...rows] = records(text)
  return { columns, rows }
}

function records(text: string): string[][] {
  const all: string[][] = []
  let row: string[] = []
  // A quoted or a plain cell, and what ends it.
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && row.length === 0 && quoted === undefined && plain === '') break
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    all.push(row)
    row = []
    if (end === '') break
  }
  return all
}

/** The number that a cell holds; undefined for any other text. */
export const cellNumber = (text: string): number | undefined => {
  if (/^(NaN|-?Infinity)$/.test(text)) return Number(text)
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
