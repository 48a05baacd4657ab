import type { Measure } from '../../evaluation/measure.js'
import { bootstrapInterval, mean } from '../../statistics/index.js'
import { type TableOf, tableOf } from '../reading/table-of.js'
import { relevantShare, type SequenceRelevance, shares } from './sequence-relevance.js'

/** What a method makes of a network, over some sequences, by a measure. */
export interface SummaryRow {
  readonly network: string
  readonly measure: string
  /** Of these sequences, in [0, 1]. */
  readonly accuracy: number
  /** Mean score with its 95 % bootstrap interval. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** What an explanation scores that knows nothing. */
  readonly baseline: number
  /** Mean share of relevance on the relevant items. */
  readonly onRelevant: number
  /** Mean share of relevance on the last item where it is the odd one out, so that the right answer is 0; NaN where it never is. */
  readonly onOddLast: number
  /** Mean share of the absolute relevance on ink. */
  readonly onInk: number
  /** How many sequences the means are over. */
  readonly sequences: number
}

const COLUMNS = [
  'network',
  'measure',
  'accuracy',
  'mean',
  'low',
  'high',
  'baseline',
  'onRelevant',
  'onOddLast',
  'onInk',
  'sequences',
] as const satisfies readonly (keyof SummaryRow)[]

/**
 * A row per network and measure.
 *
 * @param measures of those that the relevance was scored by. Default: all of them
 * @throws RangeError naming a network without sequences, or one that was not scored by a measure
 */
export const summaryTable = (
  byNetwork: Readonly<Record<string, readonly SequenceRelevance[]>>,
  measures?: readonly (Pick<Measure, 'id'> | string)[],
): TableOf<SummaryRow> => {
  const ids = measures?.map((measure) => (typeof measure === 'string' ? measure : measure.id))
  return tableOf(
    Object.entries(byNetwork).flatMap(([network, rows]) => summaries(network, rows, ids)),
    COLUMNS,
  )
}

function summaries(
  network: string,
  rows: readonly SequenceRelevance[],
  measures: readonly string[] | undefined,
): SummaryRow[] {
  const [first] = rows
  if (first === undefined) throw new RangeError(`there is no sequence of ${network}; at least one is needed`)
  const of = (value: (row: SequenceRelevance) => number) => rows.map(value)
  const oddLast = rows.filter(({ items, relevant }) => !relevant.includes(items.length - 1))
  const means = {
    onRelevant: mean(of(relevantShare)),
    onOddLast: mean(oddLast.map(({ items }) => shares(items).at(-1)!)),
    onInk: mean(of(({ onInk }) => onInk)),
  }
  const accuracy = mean(of(({ label, prediction }) => (label === prediction ? 1 : 0)))
  return (measures ?? Object.keys(first.baselines)).map((measure): SummaryRow => {
    const baseline = first.baselines[measure]
    if (baseline === undefined) throw new RangeError(`${network} was not scored by measure ${measure}`)
    const interval = bootstrapInterval(
      of(({ scores }) => scores[measure]!),
      { seed: 1 },
    )
    const { estimate, low, high } = interval
    const sequences = rows.length
    return { network, measure, accuracy, mean: estimate, low, high, baseline, ...means, sequences }
  })
}
