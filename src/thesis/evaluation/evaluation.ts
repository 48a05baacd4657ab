import type { Measure } from '../../evaluation/measure.js'
import type { SequenceScores } from './evaluate-sequences.js'

/** How well a model's explanations find the relevant items of test sequences, sequence by sequence. */
export interface ModelEvaluation extends SequenceScores {
  /** The dataset's id. */
  readonly dataset: string
  /** The architecture's id. */
  readonly network: string
  /** By measure, what an explanation scores that knows nothing. */
  readonly baselines: Readonly<Record<string, number>>
}

/**
 * What explanations that know nothing score on a problem, by measure.
 *
 * @throws RangeError naming the measure whose baseline is not in its range
 */
export function baselinesOf(
  measures: readonly Measure[],
  problem: Parameters<Measure['baseline']>[0],
): Record<string, number> {
  const baselines = measures.map((measure): [string, number] => {
    const {
      id,
      range: [low, high],
    } = measure
    const baseline = measure.baseline(problem)
    if (!(baseline >= low && baseline <= high))
      throw new RangeError(
        `measure ${id} has the baseline ${baseline}; it must be a number in [${low}, ${high}]`,
      )
    return [id, baseline]
  })
  return Object.fromEntries(baselines)
}
