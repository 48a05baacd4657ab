import { bootstrapInterval, type Interval, mean } from '../../statistics/index.js'
import { type TableOf, tableOf } from '../reading/table-of.js'
import type { ModelEvaluation } from './evaluation.js'

/** One line of an evaluation: how well a method's explanations of a network do by a measure. */
export interface ScoreRow {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  /** Of all test sequences that were evaluated, in [0, 1]. */
  readonly accuracy: number
  /** Mean score and its 95 % bootstrap interval; NaN over no sequence. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** What an explanation scores that knows nothing. */
  readonly baseline: number
  /** How many sequences the mean is over. */
  readonly sequences: number
}

/** Which predictions a mean is over. */
export type Predictions = 'all' | 'correct'

const COLUMNS = [
  'dataset',
  'network',
  'method',
  'measure',
  'accuracy',
  'mean',
  'low',
  'high',
  'baseline',
  'sequences',
] as const satisfies readonly (keyof ScoreRow)[]

/**
 * An evaluation of one model or several as an arquero table, a row per model, method and measure.
 *
 * @param predictions whether means are over all sequences or over those that the network predicts correctly. Default: all
 * @example
 * const evaluation = await evaluateModel(model, { methods: ['deepTaylor'], limit: 50 })
 * scoreTable(evaluation, 'correct').objects()
 */
export const scoreTable = (
  evaluations: ModelEvaluation | readonly ModelEvaluation[],
  predictions: Predictions = 'all',
): TableOf<ScoreRow> =>
  tableOf(
    [evaluations].flat().flatMap((one) => scoreRows(one, predictions)),
    COLUMNS,
  )

function scoreRows(evaluation: ModelEvaluation, predictions: Predictions): ScoreRow[] {
  const { dataset, network, correct, scores, baselines } = evaluation
  const accuracy = mean(correct)
  return Object.entries(scores).flatMap(([method, byMeasure]) =>
    Object.entries(byMeasure).map(([measure, all]): ScoreRow => {
      const values = predictions === 'all' ? all : all.filter((_, i) => correct[i] === 1)
      const { estimate, low, high } = values.length > 0 ? bootstrapInterval(values, { seed: 1 }) : NOTHING
      const baseline = baselines[measure]!
      return {
        dataset,
        network,
        method,
        measure,
        accuracy,
        mean: estimate,
        low,
        high,
        baseline,
        sequences: values.length,
      }
    }),
  )
}

const NOTHING: Interval = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }
