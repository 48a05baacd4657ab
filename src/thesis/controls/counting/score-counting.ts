import { correlation, pooledCorrelation, SINGLE_ROUNDING } from '../../../statistics/correlation.js'
import { mean, type Numbers } from '../../../statistics/index.js'
import type { CountingSequences } from './counting-sequences.js'
import { CHANNELS } from './counting-task.js'
import { rightRelevance } from './right-answer.js'

/** How near relevance comes to the right answer. Correlations are Pearson's, and 0 where relevance is constant. */
export interface CountingScores {
  /** Over the steps of all sequences: a step's relevance is the sum over its channels, as in the paper. */
  readonly correlation: number
  /** The 95 % bootstrap interval of `correlation` over sequences. */
  readonly low: number
  readonly high: number
  /** Over the steps that add something to the logit alone; the paper's. */
  readonly numbers: number
  /** The mean over sequences of the correlation over their own steps. */
  readonly perSequence: number
  /** Over all pixels, so that what is shared out evenly among the channels of a step counts as wrong. */
  readonly pixels: number
  /** ΣR / f, the mean over sequences weighted by f², so that sums near 0 do not decide it; 1 where relevance is conserved. */
  readonly share: number
  /** The mean over steps of (R − right)². */
  readonly deviation: number
}

/** The names of the scores, in the order of tables. */
export const COUNTING_SCORES = [
  'correlation',
  'low',
  'high',
  'numbers',
  'perSequence',
  'pixels',
  'share',
  'deviation',
] as const satisfies readonly (keyof CountingScores)[]

/** Enough for the ends of an interval of this many numbers, and a quarter of the time of the usual. */
const RESAMPLES = 500

/**
 * Scores relevance `[count, CHANNELS, steps]` of sequences by their right answer.
 *
 * @param logits the network's f of the target, `[count]`
 * @throws RangeError when relevance is not finite
 */
export function scoreCounting(
  sequences: CountingSequences,
  relevance: Float32Array,
  logits: ArrayLike<number>,
): CountingScores {
  const { count, geometry } = sequences
  const rightPixels = rightRelevance(sequences)
  const [given, right] = [relevance, rightPixels].map((values) => stepSums(values, count, geometry.steps))
  const bySequence = given!.map((x, i) => ({ x, y: right![i]! }))
  const options = { resamples: RESAMPLES, rounding: SINGLE_ROUNDING }
  const { estimate, low, high } = pooledCorrelation(bySequence, options)
  const pairs = bySequence.flatMap(({ x, y }) => Array.from(x, (value, step) => [value, y[step]!] as const))
  const counted = pairs.filter(([, y]) => y !== 0)
  const sums = given!.map((steps) => steps.reduce((sum, part) => sum + part, 0))
  const squares = sums.reduce((sum, _, i) => sum + logits[i]! ** 2, 0)
  return {
    correlation: estimate,
    low,
    high,
    numbers: correlationOf(
      counted.map(([x]) => x),
      counted.map(([, y]) => y),
    ),
    perSequence: mean(bySequence.map(({ x, y }) => correlationOf(x, y))),
    pixels: correlationOf(relevance, rightPixels),
    share: sums.reduce((sum, all, i) => sum + all * logits[i]!, 0) / squares,
    deviation: mean(pairs.map(([x, y]) => (x - y) ** 2)),
  }
}

/** 0 where relevance, which was computed in single precision, is constant. */
const correlationOf = (x: Numbers, y: Numbers): number =>
  correlation(x, y, { rounding: SINGLE_ROUNDING }) || 0

/** The sum over channels at each step, by sequence, `[count][steps]`. */
const stepSums = (values: Float32Array, count: number, steps: number): Float64Array[] =>
  Array.from({ length: count }, (_, i) => {
    const sums = new Float64Array(steps)
    for (let k = 0; k < CHANNELS * steps; k++) sums[k % steps]! += values[i * CHANNELS * steps + k]!
    return sums
  })
