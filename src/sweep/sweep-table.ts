import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { toGrid } from '../notebook/grid.js'
import { toCsv } from '../notebook/table-formats.js'
import type { JsonObject } from '../runner/json.js'
import { type Combination, valueText } from './combinations.js'
import { cellNumber } from './csv.js'
import { type Run, readRun } from './read-run.js'
import { executedNotebook, readRecord } from './sweep-folder.js'

/** A row of a sweep's table. */
export interface SweepRow {
  readonly id: string
  readonly parameters: JsonObject
  readonly status: 'finished' | 'failed' | 'not run'
  readonly numbers: ReadonlyMap<string, number>
}

/** What the runs of a sweep have come to. */
export interface SweepResults {
  readonly rows: readonly SweepRow[]
  /** The names of all numbers, those that were recorded first. */
  readonly numbers: readonly string[]
  /** How many of them were recorded; the others are of exported tables with one row. */
  readonly recorded: number
  /** The exported tables of all finished runs, one below the other with their parameters in front, as CSV by name. */
  readonly tables: ReadonlyMap<string, string>
}

/** Collects what the runs of a sweep have come to from their executed notebooks. */
export function sweepResults(
  folder: string,
  notebook: string,
  combinations: readonly Combination[],
): SweepResults {
  const runs = combinations.map((combination) => {
    const record = readRecord(join(folder, combination.id))
    const file = executedNotebook(folder, combination, notebook)
    // What ran with other code is of another sweep.
    const isOwn = record?.code === combination.code && existsSync(file)
    const status: SweepRow['status'] =
      isOwn && record.status !== 'interrupted' ? record.status : ('not run' as const)
    return { combination, status, run: status === 'finished' ? readRun(file) : null }
  })
  const rows = runs.map(({ combination: { id, parameters }, status, run }): SweepRow => {
    const numbers = new Map(run ? [...tableNumbers(run), ...run.numbers] : [])
    return { id, parameters, status, numbers }
  })
  const named = (numbersOf: (run: Run) => Iterable<string>) => [
    ...new Set(runs.flatMap(({ run }) => (run ? [...numbersOf(run)] : []))),
  ]
  const recorded = named(({ numbers }) => numbers.keys())
  const all = [...new Set([...recorded, ...named((run) => tableNumbers(run).keys())])]
  const tables = named((run) => run.tables.keys()).map((name): [string, string] => {
    const own = runs.flatMap(({ combination: { parameters }, run }) => {
      const table = run?.tables.get(name)
      return (table?.rows ?? []).map((row) => ({
        ...parameterCells(parameters, table?.columns ?? []),
        ...Object.fromEntries(table!.columns.map((column, i) => [column, row[i] ?? ''])),
      }))
    })
    return [name, toCsv(toGrid(own))]
  })
  return { rows, numbers: all, recorded: recorded.length, tables: new Map(tables) }
}

/** The numbers of a run's tables that have one row, named by table and column. */
function tableNumbers({ tables }: Run): Map<string, number> {
  const found = new Map<string, number>()
  for (const [name, { columns, rows }] of tables) {
    const [row] = rows
    if (rows.length !== 1 || !row) continue
    for (const [i, column] of columns.entries()) {
      const value = cellNumber(row[i] ?? '')
      if (value !== undefined) found.set(`${name}: ${column}`, value)
    }
  }
  return found
}

/** The parameters by name, where a number or column has the same name by `name (set)`. */
const parameterCells = (parameters: JsonObject, others: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      others.includes(name) ? `${name} (set)` : name,
      // As it was set: digits that suit a column would hide which value it is.
      valueText(value),
    ]),
  )

/** The rows of a sweep's table: set parameters, numbers, and the status where not all are finished. */
export function comparisonRows({
  rows,
  numbers,
}: Pick<SweepResults, 'rows' | 'numbers'>): Record<string, unknown>[] {
  const isWhole = rows.every(({ status }) => status === 'finished')
  return rows.map(({ parameters, status, numbers: own }) => ({
    ...parameterCells(parameters, numbers),
    ...Object.fromEntries(numbers.map((name) => [name, own.get(name) ?? null])),
    ...(isWhole ? {} : { status }),
  }))
}
