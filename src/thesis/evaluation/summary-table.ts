import { bootstrapInterval, mean } from '../../statistics/index.js'
import { relevantShare, type SequenceRelevance, shares } from './sequence-relevance.js'

/** What a method makes of a network, over some sequences. */
export interface SummaryRow {
  readonly network: string
  /** Of these sequences, in [0, 1]. */
  readonly accuracy: number
  /** Mean cosine with its 95 % bootstrap interval. */
  readonly cosine: number
  readonly low: number
  readonly high: number
  /** Mean share of relevance on the relevant items. */
  readonly onRelevant: number
  /** Mean share of relevance on the last item where it is the odd one out, so that the right answer is 0; NaN where it never is. */
  readonly onOddLast: number
  /** Mean share of the absolute relevance on ink. */
  readonly onInk: number
  /** How many sequences the means are over. */
  readonly sequences: number
}

/** A row per network. */
export const summaryRows = (
  byNetwork: Readonly<Record<string, readonly SequenceRelevance[]>>,
): SummaryRow[] =>
  Object.entries(byNetwork).map(([network, rows]) => {
    const of = (value: (row: SequenceRelevance) => number) => rows.map(value)
    const { estimate, low, high } = bootstrapInterval(
      of(({ cosine }) => cosine),
      { seed: 1 },
    )
    const oddLast = rows.filter(({ items, relevant }) => !relevant.includes(items.length - 1))
    return {
      network,
      accuracy: mean(of(({ label, prediction }) => (label === prediction ? 1 : 0))),
      cosine: estimate,
      low,
      high,
      onRelevant: mean(of(relevantShare)),
      onOddLast: mean(oddLast.map(({ items }) => shares(items).at(-1)!)),
      onInk: mean(of(({ onInk }) => onInk)),
      sequences: rows.length,
    }
  })
