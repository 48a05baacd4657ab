import { scaledSaliency } from './scaled-saliency.js'

/** The shares of all saliency that are looked at: a tenth to nine tenths (Ismail et al. 2020, Section 4). */
export const LEVELS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Precision and recall at each level, in [0, 1]. */
export interface PrecisionRecall {
  readonly precision: readonly number[]
  readonly recall: readonly number[]
}

/**
 * Precision and recall in saliency of the most salient pixels that together have a share of all of it: how much of what they have is
 * marked, and how much of what is marked they have (Ismail et al. 2020, Section 4).
 *
 * Pixels are taken in the order of their saliency up to just that share, so that of the last only a part may count; pixels of equal
 * saliency count in equal parts. A map without differences has 0 for both, and where marked pixels have no saliency recall is 0.
 *
 * @throws RangeError as `scaledSaliency` does, and when levels are not above 0 and at most 1
 */
export function precisionRecall(
  relevance: ArrayLike<number>,
  mask: ArrayLike<number>,
  levels: readonly number[] = LEVELS,
): PrecisionRecall {
  const wrong = levels.find((level) => !(level > 0 && level <= 1))
  if (wrong !== undefined) throw new RangeError(`a level is ${wrong}; it must be above 0 and at most 1`)
  const saliency = scaledSaliency(relevance, mask)
  const order = Uint32Array.from(saliency.keys()).sort((a, b) => saliency[b]! - saliency[a]!)
  // By pixels of equal saliency, greatest first: what was taken up to each, and how much of it is marked.
  const taken: { all: number; marked: number }[] = []
  let [all, marked] = [0, 0]
  for (let i = 0; i < order.length; i++) {
    const value = saliency[order[i]!]!
    all += value
    marked += value * mask[order[i]!]!
    if (i + 1 === order.length || saliency[order[i + 1]!]! < value) taken.push({ all, marked })
  }
  const markedAt = (target: number): number => {
    const last = taken.findIndex((part) => part.all >= target)
    if (last < 0) return marked
    const before = taken[last - 1] ?? { all: 0, marked: 0 }
    const part = (target - before.all) / (taken[last]!.all - before.all)
    return before.marked + part * (taken[last]!.marked - before.marked)
  }
  const hits = levels.map((level) => (all === 0 ? 0 : markedAt(level * all)))
  return {
    precision: hits.map((hit, i) => (all === 0 ? 0 : Math.min(1, hit / (levels[i]! * all)))),
    recall: hits.map((hit) => (marked === 0 ? 0 : Math.min(1, hit / marked))),
  }
}

/** The mean height of a curve over `LEVELS` by the trapezoidal rule. */
export function areaUnder(heights: readonly number[]): number {
  let area = 0
  for (let i = 1; i < heights.length; i++)
    area += ((heights[i - 1]! + heights[i]!) / 2) * (LEVELS[i]! - LEVELS[i - 1]!)
  return area / (LEVELS.at(-1)! - LEVELS[0]!)
}
