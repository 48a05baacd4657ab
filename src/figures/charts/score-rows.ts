import { tickStep } from 'd3-array'
import { entryOf } from '../../values/registry.js'
import type { Baseline } from '../kit/baseline.js'
import { datasetName, measureName, methodName, networkName } from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import type { Sampled } from '../kit/sample-size.js'
import { fitText } from '../kit/text-width.js'

/** The mean score of one dataset, network, method and measure, by their ids, with its bootstrap interval. */
export interface ScoreRow extends Sampled {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  readonly mean: number
  readonly low: number
  readonly high: number
  /** What an explanation scores that knows nothing, on the problem of this row. */
  readonly baseline: number
}

/** The fields that a table of scores must have. */
export const SCORE_FIELDS = [
  ...(['dataset', 'network', 'method', 'measure'] as const),
  ...(['mean', 'low', 'high', 'baseline'] as const),
]

/**
 * The rows of one measure.
 *
 * @throws Error listing the measures where several are there and none is chosen, or the chosen one is not
 */
export function rowsOfMeasure<Row extends ScoreRow>(
  rows: readonly Row[],
  measure: string | undefined,
): { measure: string; rows: readonly Row[] } {
  const measures = [...new Set(rows.map((row) => row.measure))]
  const chosen = measure ?? measures[0]!
  if (measure === undefined && measures.length > 1)
    throw new Error(
      `the rows are of ${measures.length} measures, and a figure shows one: choose with { measure: '…' } among ${measures.join(', ')}`,
    )
  const own = rows.filter((row) => row.measure === chosen)
  if (own.length === 0) throw new Error(`no row is of measure '${chosen}'; there are ${measures.join(', ')}`)
  return { measure: chosen, rows: own }
}

/** How scores are shown on an axis and in text. */
export interface ScoreScale {
  readonly range: readonly [low: number, high: number]
  readonly dtick: number
  readonly tickformat: string
  /** The places after the point of values in text and hover labels. */
  readonly digits: number
}

/** From 0, or the lowest score where some are negative, to the measure's highest; less far where no score comes near its end. */
export function scoreScale(measure: string, rows: readonly ScoreRow[]): ScoreScale {
  const values = rows.flatMap((row) => [row.low, row.mean, row.high, row.baseline])
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const [least, most] = entryOf('measure', measure)?.range ?? [
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]
  const bottom = lowest >= 0 ? Math.max(0, least) : end(lowest, least, Math.floor)
  const top = highest <= 0 ? Math.min(0, most) : end(highest, most, Math.ceil)
  const range = [bottom, top > bottom ? top : bottom + 1] as const
  const dtick = tickStep(range[0], range[1], 5)
  const places = -Math.floor(Math.log10(dtick) + 1e-9)
  return {
    range,
    dtick,
    tickformat: `.${Math.max(0, places)}f`,
    digits: Math.max(0, places + 2),
  }
}

/** The end of the axis beyond an extreme score: that of the measure, or a round number where that is far away. */
function end(extreme: number, limit: number, round: (value: number) => number): number {
  if (Number.isFinite(limit) && Math.abs(extreme) > 0.6 * Math.abs(limit)) return limit
  const step = tickStep(0, Math.abs(extreme), 4)
  return round((1.04 * extreme) / step) * step
}

/** The baselines of a panel's rows, one for each problem among them. */
export function baselinesOf(rows: readonly ScoreRow[], { digits }: ScoreScale): Baseline[] {
  const name = baselineName(rows[0]!.measure)
  return [...new Set(rows.map((row) => row.baseline))].map((value) => ({
    value,
    text: `${fitText(name, BASELINE_ROOM)}<br>${fixed(value, digits)}`,
  }))
}

/** The widest name of a baseline, in CSS pixels. */
const BASELINE_ROOM = 70

/** What the baseline of a measure is called. */
export const baselineName = (measure: string): string => entryOf('measure', measure)?.baselineName ?? 'chance'

/** The room that baselines need right of a panel, in CSS pixels. */
export const baselineRoom = (measure: string, width: (text: string) => number): number =>
  Math.ceil(width(fitText(baselineName(measure), BASELINE_ROOM)))

/** @throws Error naming the first dataset, network and method that two rows are of: one bar cannot show both */
export function assertDistinct(rows: readonly ScoreRow[]): void {
  const seen = new Set<string>()
  for (const { dataset, network, method, measure } of rows) {
    const key = JSON.stringify([dataset, network, method])
    if (seen.has(key))
      throw new Error(
        `two rows have the ${measureName(measure)} of ${methodName(method)} on ${networkName(network)}, ` +
          `${datasetName(dataset)}; a bar shows one`,
      )
    seen.add(key)
  }
}
