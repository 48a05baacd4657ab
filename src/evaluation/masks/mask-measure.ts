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
  /** The score of one sequence, within `range`; the higher, the better. */
  score(relevance: ArrayLike<number>, mask: ArrayLike<number>): number
  /** What the same relevance is expected to score when its values lie at random places. */
  chance(relevance: ArrayLike<number>, mask: ArrayLike<number>): number
}

/** The share of pixels that a mask marks, in [0, 1]. */
export function maskedShare(mask: ArrayLike<number>): number {
  let marked = 0
  for (let i = 0; i < mask.length; i++) marked += mask[i]!
  return marked / mask.length
}
