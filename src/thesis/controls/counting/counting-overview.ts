import { group } from 'd3-array'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import type { CountingSummaryRow } from './counting-summary.js'

/** A method's results in words, by network. */
export type CountingOverviewRow = Readonly<Record<string, string>>

/**
 * The counting test to be read: a row for each method, a column for each network, and in it the correlation with the right answer and the
 * share of f that arrives, as `0.998 · 1.00`, or `refused`.
 */
export function countingOverview(summary: TableOf<CountingSummaryRow>): TableOf<CountingOverviewRow> {
  const rows = summary.objects()
  const networks = [...new Set(rows.map(({ network }) => network))]
  const byMethod = group(rows, ({ method }) => method)
  return tableOf(
    [...byMethod.values()].map(
      (own): CountingOverviewRow => ({
        method: own[0]!.title,
        ...Object.fromEntries(
          networks.map((network) => [network, inShort(own.find((row) => row.network === network))]),
        ),
      }),
    ),
    ['method', ...networks],
  )
}

function inShort(row: CountingSummaryRow | undefined): string {
  if (row === undefined) return ''
  if (row.correlation === null || row.share === null) return 'refused'
  return `${signed(row.correlation, 3)} · ${signed(row.share, 2)}`
}

/** A number with a minus of its own width. */
const signed = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '')
