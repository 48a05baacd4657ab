import { group } from 'd3-array'
import { bootstrapInterval, mean } from '../../../statistics/index.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import type { CountingRow } from './counting-test.js'
import { COUNTING_SCORES } from './score-counting.js'

/** What a method scored on a network over all seeds; null where it is refused. */
export interface CountingSummaryRow extends Pick<CountingRow, 'network' | 'method' | 'title' | 'refusal'> {
  readonly seeds: number
  /** Explained over all seeds. */
  readonly sequences: number
  /** The mean over seeds. */
  readonly correlation: number | null
  /** The 95 % bootstrap interval of `correlation`: over seeds, or over the sequences of the only one. */
  readonly low: number | null
  readonly high: number | null
  /** Means over seeds, as are those below. */
  readonly numbers: number | null
  readonly perSequence: number | null
  readonly pixels: number | null
  readonly share: number | null
  readonly deviation: number | null
}

const MEANS = ['correlation', 'numbers', 'perSequence', 'pixels', 'share', 'deviation'] as const

const COLUMNS = [
  'network',
  'method',
  'title',
  'seeds',
  'sequences',
  ...COUNTING_SCORES,
  'refusal',
] as const satisfies readonly (keyof CountingSummaryRow)[]

/** The counting test with a row for each network and method. */
export function countingSummary(table: TableOf<CountingRow>): TableOf<CountingSummaryRow> {
  const groups = group(table.objects(), ({ network, method }) => `${network} ${method}`)
  return tableOf(
    [...groups.values()].map((rows) => summaryOf(rows)),
    COLUMNS,
  )
}

function summaryOf(rows: readonly CountingRow[]): CountingSummaryRow {
  const [{ network, method, title, refusal, low, high }] = rows as [CountingRow]
  const valuesOf = (score: (typeof MEANS)[number]) => rows.flatMap((row) => row[score] ?? [])
  const means = Object.fromEntries(
    MEANS.map((score) => [score, refusal === null ? mean(valuesOf(score)) : null]),
  ) as Record<(typeof MEANS)[number], number | null>
  const interval =
    refusal === null && rows.length > 1 ? bootstrapInterval(valuesOf('correlation')) : { low, high }
  return {
    network,
    method,
    title,
    seeds: rows.length,
    sequences: rows.reduce((sum, row) => sum + row.sequences, 0),
    ...means,
    low: interval.low,
    high: interval.high,
    refusal,
  }
}
