import {
  type Groups,
  groupSpread,
  type Interval,
  mean,
  pairedBootstrapDifference,
  spreadDifference,
} from '../../statistics/index.js'
import type { DatasetName } from '../models/configuration.js'
import type { ModelEvaluation } from './evaluate-model.js'
import type { Predictions } from './score-table.js'

/** A model's evaluation with the names of what was evaluated. */
export interface Evaluated {
  readonly dataset: DatasetName
  readonly network: string
  readonly evaluation: ModelEvaluation
}

/** What an interval of a difference says about the claim that the difference is above 0. */
export type Verdict = 'holds' | 'contradicted' | 'undecided'

/** `holds` where the whole interval lies above 0, `contradicted` where it lies below, `undecided` where it has both. */
export const verdictOf = ({ low, high }: Interval): Verdict =>
  low > 0 ? 'holds' : high < 0 ? 'contradicted' : 'undecided'

/** The first claim's pairs: the second network of each is deeper or of the LSTM type, and said to be more explainable. */
export const claimedPairs: readonly (readonly [string, string])[] = [
  ['shallow', 'deep'],
  ['deep', 'r-lstm'],
  ['convdeep', 'conv-r-lstm'],
]

/** How much more explainable one network is than another, on the same sequences. */
export interface PairRow {
  readonly dataset: DatasetName
  readonly method: string
  readonly less: string
  readonly more: string
  /** Mean cosine of `more` minus that of `less`, with its paired 95 % bootstrap interval. */
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Accuracy of `more` minus that of `less`, on all sequences. */
  readonly accuracyDifference: number
  readonly sequences: number
  readonly verdict: Verdict
}

/**
 * Compares the pairs of networks of which both were evaluated; over all predictions, or over the sequences that both
 * classify correctly.
 */
export function pairRows(
  evaluated: readonly Evaluated[],
  predictions: Predictions,
  pairs: readonly (readonly [string, string])[] = claimedPairs,
): PairRow[] {
  return datasetsOf(evaluated).flatMap((dataset) => {
    const find = (network: string) =>
      evaluated.find((one) => one.dataset === dataset && one.network === network)?.evaluation
    return pairs.flatMap(([less, more]) => {
      const [a, b] = [find(more), find(less)]
      if (!a || !b) return []
      const kept = Array.from(a.correct.keys()).filter(
        (i) => predictions === 'all' || (a.correct[i] === 1 && b.correct[i] === 1),
      )
      if (kept.length === 0) return []
      return Object.keys(a.cosines).map((method): PairRow => {
        const of = ({ cosines }: ModelEvaluation) => kept.map((i) => cosines[method]![i]!)
        const interval = pairedBootstrapDifference(of(a), of(b), { seed: 1 })
        return {
          dataset,
          method,
          less,
          more,
          difference: interval.estimate,
          low: interval.low,
          high: interval.high,
          accuracyDifference: mean(a.correct) - mean(b.correct),
          sequences: kept.length,
          verdict: verdictOf(interval),
        }
      })
    })
  })
}

/** How far the networks' mean cosines lie apart by one method: its dependence on the architecture. */
export interface SpreadRow {
  readonly dataset: DatasetName
  readonly method: string
  /** Standard deviation of the networks' mean cosines. */
  readonly spread: number
  readonly spreadLow: number
  readonly spreadHigh: number
  /** The reference method's spread minus this one's, with its 95 % bootstrap interval; 0 for the reference itself. */
  readonly excess: number
  readonly low: number
  readonly high: number
  /** What the interval says about the claim that the reference depends more on the architecture. */
  readonly verdict: Verdict | 'reference'
}

/**
 * The spread of each method between the networks, and how much larger that of a reference method is.
 *
 * @throws RangeError with fewer than two networks of a dataset; Error when the reference was not evaluated
 */
export function spreadRows(evaluated: readonly Evaluated[], reference: string): SpreadRow[] {
  return datasetsOf(evaluated).flatMap((dataset) => {
    const own = evaluated.filter((one) => one.dataset === dataset)
    const methods = Object.keys(own[0]!.evaluation.cosines)
    if (!methods.includes(reference))
      throw new Error(`${reference} was not evaluated; there are ${methods.join(', ')}`)
    const groups = (method: string): Groups => own.map(({ evaluation }) => evaluation.cosines[method]!)
    return methods.map((method): SpreadRow => {
      const { estimate: spread, low: spreadLow, high: spreadHigh } = groupSpread(groups(method), { seed: 1 })
      const common = { dataset, method, spread, spreadLow, spreadHigh }
      if (method === reference) return { ...common, excess: 0, low: 0, high: 0, verdict: 'reference' }
      const interval = spreadDifference(groups(reference), groups(method), { seed: 1 })
      const { estimate: excess, low, high } = interval
      return { ...common, excess, low, high, verdict: verdictOf(interval) }
    })
  })
}

const datasetsOf = (evaluated: readonly Evaluated[]): DatasetName[] => [
  ...new Set(evaluated.map(({ dataset }) => dataset)),
]
