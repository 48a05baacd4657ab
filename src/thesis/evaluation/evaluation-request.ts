import pMap from 'p-map'
import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import { checkEvidence } from '../../explanation/check-explained.js'
import type { Evidence } from '../../explanation/evidence.js'
import type { Method } from '../../explanation/method.js'
import { loadModel } from '../models/model.js'
import type { Model } from '../models/model-value.js'
import type { Plan } from '../models/plan.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { checkDistinct } from './check-distinct.js'
import { checkLimit } from './evaluate-model.js'
import { checkTarget, type EvaluatedTarget } from './evaluate-sequences.js'

/** What is evaluated by what, by name or as values. */
export interface EvaluationOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (string | Method)[]
  /** Measures, or their ids or files. Default: the cosine. */
  readonly measures?: readonly (string | Measure)[]
  /** Which class is explained of each sequence. Default: its label. */
  readonly target?: EvaluatedTarget
  /** Its logit or its log-odds. Default: its logit. */
  readonly evidence?: Evidence
  /** How many test sequences. Default: all. */
  readonly limit?: number
}

/** What is evaluated by what, with all names turned into values. */
export interface EvaluationRequest {
  readonly models: readonly Model[]
  readonly methods: readonly Method[]
  readonly measures: readonly Measure[]
  readonly target: EvaluatedTarget
  readonly evidence: Evidence
}

/**
 * Turns the names of an evaluation into values and its plans into models.
 *
 * @throws Error where there is no such value or no checkpoint of a plan; RangeError when nothing is chosen or two values have one id
 */
export async function evaluationRequest(
  models: readonly (Plan | Model)[],
  { methods, measures = [cosine], target = 'label', evidence = 'logit', limit }: EvaluationOptions,
): Promise<EvaluationRequest> {
  checkLimit(limit)
  checkTarget(target)
  checkEvidence(evidence)
  const values = {
    methods: await Promise.all(methods.map(methodOf)),
    measures: await Promise.all(measures.map(measureOf)),
  }
  if (values.methods.length === 0) throw new RangeError('no method is chosen; at least one is needed')
  if (values.measures.length === 0) throw new RangeError('no measure is chosen; at least one is needed')
  checkDistinct('method', values.methods)
  checkDistinct('measure', values.measures)
  const loaded = await pMap(models, (one) => ('parameters' in one ? one : loadModel(one)), { concurrency: 1 })
  checkDistinct('architecture', [...new Set(loaded.map(({ architecture }) => architecture))])
  checkDistinct('dataset', [...new Set(loaded.map(({ dataset }) => dataset))])
  return { ...values, target, evidence, models: loaded }
}
