import { bootstrapInterval, mean } from '../../statistics/index.js'
import type { ModelConfiguration } from '../models/configuration.js'
import type { ModelEvaluation } from './evaluate-model.js'

/** One line of the evaluation: how explainable a network is by one method. */
export interface EvaluationRow {
  readonly dataset: string
  readonly network: string
  readonly method: string
  /** Of the test sequences evaluated, in [0, 1]. */
  readonly accuracy: number
  /** Mean cosine and its 95 % bootstrap interval. */
  readonly cosine: number
  readonly low: number
  readonly high: number
  /** How many sequences the mean is over. */
  readonly sequences: number
}

/** Which predictions a mean is over. */
export type Predictions = 'all' | 'correct'

/** The rows of one model, one per method, over all predictions or the correct ones only. */
export function evaluationRows(
  { dataset, network }: Pick<ModelConfiguration, 'dataset' | 'network'>,
  { correct, cosines }: ModelEvaluation,
  predictions: Predictions,
): EvaluationRow[] {
  const accuracy = mean(correct)
  return Object.entries(cosines).map(([method, all]) => {
    const values = predictions === 'all' ? all : all.filter((_, i) => correct[i] === 1)
    const { estimate, low, high } = bootstrapInterval(values, { seed: 1 })
    return { dataset, network, method, accuracy, cosine: estimate, low, high, sequences: values.length }
  })
}
