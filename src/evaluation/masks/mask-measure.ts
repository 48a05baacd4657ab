import { register } from '../../values/registry.js'

/** A measure of how well the relevance of single pixels finds the ones that a mask marks, as where it is known which pixels tell classes apart. */
export interface MaskMeasure {
  /** In tables, e.g. `weightedJaccard`. */
  readonly id: string
  /** In text and on axes, e.g. `Weighted Jaccard`. */
  readonly title: string
  /** Where there is little room, e.g. `WJac`. */
  readonly short: string
  /** The lowest and the highest value there can be. */
  readonly range: readonly [low: number, high: number]
  /** What figures call the baseline. Default: chance. */
  readonly baselineName?: string
  /** The score of one sequence, within `range`; the higher, the better. */
  score(relevance: ArrayLike<number>, mask: ArrayLike<number>): number
  /** What the same relevance is expected to score when its values lie at random places. */
  chance(relevance: ArrayLike<number>, mask: ArrayLike<number>): number
}

/** A mask measure whose names are known to figures and tables, as those of a `Measure` are. */
export function defineMaskMeasure(measure: MaskMeasure): MaskMeasure {
  register('measure', measure)
  return measure
}

/** The share of pixels that a mask marks, in [0, 1]. */
export function maskedShare(mask: ArrayLike<number>): number {
  let marked = 0
  for (let i = 0; i < mask.length; i++) marked += mask[i]!
  return marked / mask.length
}
