import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import type { Evidence } from '../../explanation/evidence.js'
import type { Method } from '../../explanation/method.js'
import { majority } from '../models/majority.js'
import type { Model } from '../models/model-value.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { type EvaluatedTarget, evaluatedSequences, evaluateSequences } from './evaluate-sequences.js'
import { baselinesOf, type ModelEvaluation } from './evaluation.js'

export interface EvaluateOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (string | Method)[]
  /** Measures, or their ids or files. Default: the cosine. */
  readonly measures?: readonly (string | Measure)[]
  /** Which class is explained of each sequence. Default: its label. */
  readonly target?: EvaluatedTarget
  /** Its logit or its log-odds. Default: its logit. */
  readonly evidence?: Evidence
  /** How many test sequences, drawn once and for all by the problem's seed. Default: all. */
  readonly limit?: number
  /** Ends the work after a batch, by throwing its reason. */
  readonly signal?: AbortSignal
  /** Told after every batch of a method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/**
 * Explains the label's logit, or another class's, of test sequences with each method, and scores where relevance went by each measure.
 *
 * @throws RangeError when `limit` is not a whole number of at least 1, when two methods or measures have one id, or naming the
 *   method, measure and sequence whose relevance or score is not a number in range
 * @example
 * const evaluation = await evaluateModel(model, { methods: ['sensitivity', 'deepTaylor'], limit: 50 })
 * scoreTable(evaluation).objects() // a row per method: mean, low, high, baseline, …
 */
export async function evaluateModel(model: Model, options: EvaluateOptions): Promise<ModelEvaluation> {
  const { limit, target = 'label', evidence = 'logit', signal, onProgress } = options
  const { dataset, network, problem } = model.configuration
  checkLimit(limit)
  const methods = await Promise.all(options.methods.map(methodOf))
  const measures = await Promise.all((options.measures ?? [cosine]).map(measureOf))
  const baselines = baselinesOf(measures, problem)
  const { test } = await majority(model.dataset, problem)
  const which = evaluatedSequences(test.count, limit ?? test.count, problem.seed)
  const found = await evaluateSequences(model, test, which, {
    methods,
    measures,
    target,
    evidence,
    signal,
    onProgress,
  })
  return { dataset, network, ...found, baselines }
}

/** Throws a RangeError unless a number of sequences is a whole number of at least 1, or not given. */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1))
    throw new RangeError(`limit is ${limit}; it must be a whole number of at least 1`)
}
