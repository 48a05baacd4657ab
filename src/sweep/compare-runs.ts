import type { Json } from '../runner/json.js'
import { type CsvTable, cellNumber } from './csv.js'
import type { Run } from './read-run.js'

/** Two values of one name; null in the run that has none. */
export interface Pair<Value> {
  readonly name: string
  readonly a: Value | null
  readonly b: Value | null
}

/** Two numbers, and by how much the second is higher. */
export interface NumberPair extends Pair<number> {
  readonly difference: number | null
}

/** A cell in which two tables differ. */
export interface CellPair {
  /** What the row is of: its texts, or its number from 1. */
  readonly row: string
  readonly column: string
  readonly a: string
  readonly b: string
  readonly difference: number | null
}

/** In what a table of two runs differs. */
export interface TableDifference {
  readonly name: string
  /** The run that alone has the table. Default: null. */
  readonly only: 'a' | 'b' | null
  readonly columnsOnlyInA: readonly string[]
  readonly columnsOnlyInB: readonly string[]
  readonly rowsOnlyInA: readonly string[]
  readonly rowsOnlyInB: readonly string[]
  readonly cells: readonly CellPair[]
}

/** In what two runs differ. */
export interface RunDifference {
  readonly isSame: boolean
  readonly parameters: readonly Pair<Json>[]
  readonly numbers: readonly NumberPair[]
  readonly tables: readonly TableDifference[]
  /** Figures by the digests of their pictures. */
  readonly figures: readonly Pair<string>[]
  /** The ids of code cells, but for the one with the parameters. */
  readonly code: readonly string[]
}

/** Compares what two runs left as data. */
export function compareRuns(a: Run, b: Run): RunDifference {
  const parameters = differing(new Map(Object.entries(a.parameters)), new Map(Object.entries(b.parameters)))
  const numbers = differing(a.numbers, b.numbers).map((pair) => ({
    ...pair,
    difference: pair.a === null || pair.b === null ? null : pair.b - pair.a,
  }))
  const tables = [...new Set([...a.tables.keys(), ...b.tables.keys()])].flatMap((name) =>
    tableDifference(name, a.tables.get(name), b.tables.get(name)),
  )
  // A file and a picture in a notebook cannot be compared with one another.
  const haveFiles = a.saved !== null && b.saved !== null
  const figuresOf = ({ figures, saved }: Run) => new Map([...figures, ...((haveFiles && saved) || [])])
  const figures = differing(figuresOf(a), figuresOf(b))
  const code = differing(a.code, b.code).map(({ name }) => name)
  const isSame = [parameters, numbers, tables, figures, code].every((list) => list.length === 0)
  return { isSame, parameters, numbers, tables, figures, code }
}

function differing<Value extends Json>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
): Pair<Value>[] {
  const isSame = (one: Value | undefined, other: Value | undefined) =>
    Object.is(one, other) || JSON.stringify(one) === JSON.stringify(other)
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => !isSame(a.get(name), b.get(name)))
    .map((name) => ({ name, a: a.get(name) ?? null, b: b.get(name) ?? null }))
}

function tableDifference(name: string, a: CsvTable | undefined, b: CsvTable | undefined): TableDifference[] {
  const nothing = { columnsOnlyInA: [], columnsOnlyInB: [], rowsOnlyInA: [], rowsOnlyInB: [], cells: [] }
  if (!a || !b) return [{ name, only: a ? 'a' : 'b', ...nothing }]
  const shared = a.columns.filter((column) => b.columns.includes(column))
  const [rowsOfA, rowsOfB] = keyed(a, b, shared)
  const cells = [...rowsOfA].flatMap(([row, own]) => {
    const other = rowsOfB.get(row)
    return other === undefined ? [] : shared.flatMap((column) => cellPair(row, column, own, other))
  })
  const found: TableDifference = {
    name,
    only: null,
    columnsOnlyInA: a.columns.filter((column) => !shared.includes(column)),
    columnsOnlyInB: b.columns.filter((column) => !shared.includes(column)),
    rowsOnlyInA: [...rowsOfA.keys()].filter((row) => !rowsOfB.has(row)),
    rowsOnlyInB: [...rowsOfB.keys()].filter((row) => !rowsOfA.has(row)),
    cells,
  }
  const { name: _, only: __, ...lists } = found
  return Object.values(lists).some((list) => list.length > 0) ? [found] : []
}

type TableRow = ReadonlyMap<string, string>

/** Rows by their texts where these tell all apart in both tables, else by their numbers. */
function keyed(
  a: CsvTable,
  b: CsvTable,
  shared: readonly string[],
): readonly [ReadonlyMap<string, TableRow>, ReadonlyMap<string, TableRow>] {
  const rowsOf = ({ columns, rows }: CsvTable): TableRow[] =>
    rows.map((row) => new Map(columns.map((column, i) => [column, row[i] ?? ''])))
  const tables = [rowsOf(a), rowsOf(b)] as const
  const isText = (column: string) =>
    tables.some((rows) =>
      rows.some((row) => row.get(column) !== '' && cellNumber(row.get(column)!) === undefined),
    )
  const texts = shared.filter(isText)
  const keyOf = (row: TableRow) => texts.map((column) => row.get(column)).join(', ')
  const isDistinct = (rows: readonly TableRow[]) => new Set(rows.map(keyOf)).size === rows.length
  const byText = texts.length > 0 && tables.every(isDistinct)
  const byKey = (rows: readonly TableRow[]) =>
    new Map(rows.map((row, i) => [byText ? keyOf(row) : `row ${i + 1}`, row]))
  return [byKey(tables[0]), byKey(tables[1])]
}

function cellPair(row: string, column: string, own: TableRow, other: TableRow): CellPair[] {
  const [a, b] = [own.get(column)!, other.get(column)!]
  if (a === b) return []
  const [before, after] = [cellNumber(a), cellNumber(b)]
  const difference = before === undefined || after === undefined ? null : after - before
  return [{ row, column, a, b, difference }]
}
