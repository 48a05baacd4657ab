import {
  type Groups,
  groupSpread,
  type Interval,
  mean,
  pairedBootstrapDifference,
  spreadDifference,
} from '../../statistics/index.js'
import { entryOf } from '../../values/registry.js'
import { type TableOf, tableOf } from '../reading/table-of.js'
import type { ModelEvaluation } from './evaluation.js'
import type { Predictions } from './score-table.js'

/** What an interval of a difference says about the claim that the difference is above 0. */
export type Verdict = 'holds' | 'contradicted' | 'undecided'

/** `holds` where the whole interval lies above 0, `contradicted` where it lies below, `undecided` where it has both. */
export const verdictOf = ({ low, high }: Interval): Verdict =>
  low > 0 ? 'holds' : high < 0 ? 'contradicted' : 'undecided'

/** What the interval of a difference of scores says about the claim that the first are the better ones. */
const betterVerdict = (measure: string, interval: Interval): Verdict => {
  const { estimate, low, high } = interval
  const isLower = entryOf('measure', measure)?.better === 'lower'
  return verdictOf(isLower ? { estimate: -estimate, low: -high, high: -low } : interval)
}

/** The first claim's pairs: the second network of each is deeper or of the LSTM type, and said to be more explainable. */
export const claimedPairs: readonly (readonly [string, string])[] = [
  ['shallow', 'deep'],
  ['deep', 'r-lstm'],
  ['convdeep', 'conv-r-lstm'],
]

/** How much more explainable one network is than another by a measure, on the same sequences. */
export interface PairRow {
  readonly dataset: string
  readonly method: string
  readonly measure: string
  readonly less: string
  readonly more: string
  /** Mean score of `more` minus that of `less`, with its paired 95 % bootstrap interval. */
  readonly difference: number
  readonly low: number
  readonly high: number
  /** What an explanation scores that knows nothing, for either network. */
  readonly baseline: number
  /** Accuracy of `more` minus that of `less`, on all sequences. */
  readonly accuracyDifference: number
  readonly sequences: number
  readonly verdict: Verdict
}

const PAIR_COLUMNS = [
  'dataset',
  'method',
  'measure',
  'less',
  'more',
  'difference',
  'low',
  'high',
  'baseline',
  'accuracyDifference',
  'sequences',
  'verdict',
] as const satisfies readonly (keyof PairRow)[]

/**
 * Compares the pairs of networks of which both were evaluated, a row per dataset, pair, method and measure; over all predictions, or
 * over the sequences that both classify correctly.
 *
 * @throws RangeError when a network was evaluated twice on a dataset, or a pair on different numbers of sequences
 */
export function pairTable(
  evaluations: readonly ModelEvaluation[],
  predictions: Predictions = 'all',
  pairs: readonly (readonly [string, string])[] = claimedPairs,
): TableOf<PairRow> {
  const rows = datasetsOf(evaluations).flatMap((own) =>
    pairs.flatMap(([less, more]) => {
      const find = (network: string) => own.find((one) => one.network === network)
      const [a, b] = [find(more), find(less)]
      return a && b ? comparison(a, b, predictions) : []
    }),
  )
  return tableOf(rows, PAIR_COLUMNS)
}

/** The rows of a pair, one per method and measure that both have; none where no sequence counts. */
function comparison(more: ModelEvaluation, less: ModelEvaluation, predictions: Predictions): PairRow[] {
  if (more.correct.length !== less.correct.length)
    throw new RangeError(
      `${more.network} was evaluated on ${more.correct.length} sequences of ${more.dataset} and ${less.network} on ${less.correct.length}; a pair needs the same`,
    )
  const kept = Array.from(more.correct.keys()).filter(
    (i) => predictions === 'all' || (more.correct[i] === 1 && less.correct[i] === 1),
  )
  if (kept.length === 0) return []
  return scoresOf(more).flatMap(({ method, measure, values }) => {
    const others = less.scores[method]?.[measure]
    if (others === undefined) return []
    const of = (all: Float64Array) => kept.map((i) => all[i]!)
    const interval = pairedBootstrapDifference(of(values), of(others), { seed: 1 })
    return {
      dataset: more.dataset,
      method,
      measure,
      less: less.network,
      more: more.network,
      difference: interval.estimate,
      low: interval.low,
      high: interval.high,
      baseline: more.baselines[measure]!,
      accuracyDifference: mean(more.correct) - mean(less.correct),
      sequences: kept.length,
      verdict: betterVerdict(measure, interval),
    }
  })
}

/** How far the networks' mean scores lie apart by one method: its dependence on the architecture. */
export interface SpreadRow {
  readonly dataset: string
  readonly method: string
  readonly measure: string
  /** Standard deviation of the networks' mean scores. */
  readonly spread: number
  readonly spreadLow: number
  readonly spreadHigh: number
  /** The reference method's spread minus this one's, with its 95 % bootstrap interval; 0 for the reference itself. */
  readonly excess: number
  readonly low: number
  readonly high: number
  /** What an explanation scores that knows nothing, for any network. */
  readonly baseline: number
  /** What the interval says about the claim that the reference depends more on the architecture. */
  readonly verdict: Verdict | 'reference'
}

const SPREAD_COLUMNS = [
  'dataset',
  'method',
  'measure',
  'spread',
  'spreadLow',
  'spreadHigh',
  'excess',
  'low',
  'high',
  'baseline',
  'verdict',
] as const satisfies readonly (keyof SpreadRow)[]

/**
 * The spread of each method between the networks by each measure, and how much larger that of a reference method is.
 *
 * @throws RangeError with fewer than two networks of a dataset, or when one was evaluated twice; Error when the reference was not
 *   evaluated
 */
export function spreadTable(evaluations: readonly ModelEvaluation[], reference: string): TableOf<SpreadRow> {
  return tableOf(
    datasetsOf(evaluations).flatMap((own) => spreads(own, reference)),
    SPREAD_COLUMNS,
  )
}

function spreads(own: readonly ModelEvaluation[], reference: string): SpreadRow[] {
  const [first] = own as [ModelEvaluation]
  const { dataset } = first
  const methods = Object.keys(first.scores)
  if (!methods.includes(reference))
    throw new Error(`${reference} was not evaluated; there are ${methods.join(', ')}`)
  if (own.length < 2)
    throw new RangeError(`only ${first.network} was evaluated on ${dataset}; a spread needs two networks`)
  return scoresOf(first).map(({ method, measure }): SpreadRow => {
    const groups = (of: string): Groups =>
      own.map(({ network, scores }) => {
        const values = scores[of]?.[measure]
        if (values === undefined)
          throw new RangeError(`${network} was not evaluated by ${of} and ${measure} on ${dataset}`)
        return values
      })
    const { estimate: spread, low: spreadLow, high: spreadHigh } = groupSpread(groups(method), { seed: 1 })
    const baseline = first.baselines[measure]!
    const common = { dataset, method, measure, spread, spreadLow, spreadHigh, baseline }
    if (method === reference) return { ...common, excess: 0, low: 0, high: 0, verdict: 'reference' }
    const interval = spreadDifference(groups(reference), groups(method), { seed: 1 })
    const { estimate: excess, low, high } = interval
    return { ...common, excess, low, high, verdict: verdictOf(interval) }
  })
}

/** All scores of an evaluation. */
const scoresOf = ({ scores }: ModelEvaluation) =>
  Object.entries(scores).flatMap(([method, byMeasure]) =>
    Object.entries(byMeasure).map(([measure, values]) => ({ method, measure, values })),
  )

/** The evaluations of each dataset. */
function datasetsOf(evaluations: readonly ModelEvaluation[]): ModelEvaluation[][] {
  const datasets = [...new Set(evaluations.map(({ dataset }) => dataset))]
  return datasets.map((dataset) => {
    const own = evaluations.filter((one) => one.dataset === dataset)
    const twice = own.find(({ network }, i) => own.findIndex((one) => one.network === network) < i)
    if (twice !== undefined)
      throw new RangeError(
        `network '${twice.network}' was evaluated twice on ${dataset}; compare one evaluation of each`,
      )
    return own
  })
}
