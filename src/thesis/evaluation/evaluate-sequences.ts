import { permutation } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { Evidence } from '../../explanation/evidence.js'
import type { Model } from '../models/model-value.js'
import { type BatchesOptions, explainInBatches } from './explain-in-batches.js'

/** How a model predicts some sequences, and how well explanations find their relevant items. */
export interface SequenceScores {
  /** 1 where the prediction is the label, `[sequences]`. */
  readonly correct: Uint8Array
  /** The score of each sequence by method and measure, `[sequences]`. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, Float64Array>>>>
}

/** The classes that an evaluation can be of: a sequence's label; what the network predicts, as networks need that know no labels; or the runner-up. */
export const evaluatedTargets = ['label', 'prediction', 'runnerUp'] as const
export type EvaluatedTarget = (typeof evaluatedTargets)[number]

/** What of a network's answer an evaluation is of. */
export interface WhatIsExplained {
  readonly target: EvaluatedTarget
  readonly evidence: Evidence
}

/** Throws a RangeError unless a target is one of `evaluatedTargets`. */
export function checkTarget(target: EvaluatedTarget): void {
  if (!evaluatedTargets.includes(target))
    throw new RangeError(`target is '${target}'; allowed are ${evaluatedTargets.join(', ')}`)
}

/** The sequences that an evaluation of `limit` of them is over: ascending, drawn once and for all by the problem's seed. */
export const evaluatedSequences = (count: number, limit: number, seed: number): Int32Array =>
  permutation(count, seed).slice(0, limit).sort()

/** Explains the target's logit of some sequences with each method, and scores where relevance went by each measure. */
export async function evaluateSequences(
  model: Model,
  sequences: MajoritySequences,
  which: Int32Array,
  options: Omit<BatchesOptions, 'target' | 'record'> & WhatIsExplained,
): Promise<SequenceScores> {
  const { methods, measures } = options
  const correct = new Uint8Array(which.length)
  const none = () => new Float64Array(which.length)
  const byMeasure = () => Object.fromEntries(measures.map(({ id }) => [id, none()]))
  const scores = Object.fromEntries(methods.map(({ id }) => [id, byMeasure()]))
  await explainInBatches(model, sequences, which, options, (batch) => {
    const { method, start, labels, predictions } = batch
    for (const { id } of measures) scores[method.id]![id]!.set(batch.scores[id]!, start)
    if (method !== methods[0]) return
    for (const [row, label] of labels.entries()) correct[start + row] = predictions[row] === label ? 1 : 0
  })
  return { correct, scores }
}
