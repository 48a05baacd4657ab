import { correlation } from '../../statistics/correlation.js'
import { defineMeasure, type Measure } from '../measure.js'
import { patchesOf, removedSubsets, subsetSums } from '../subsets.js'

/** What sensitivity-n removes. */
export interface SensitivityNOptions {
  /** The share of the patches that a subset has, in (0, 1); at least one patch and not all. */
  readonly share: number
  /** The side of a square patch in pixels, a whole number of at least 1. */
  readonly patch: number
}

/**
 * Sensitivity-n (Ancona et al. 2018, Definition 1): Pearson's correlation, over 24 random subsets of equally many patches drawn by the
 * sequence's seed, of the relevance in a subset with what f loses when it becomes background; in [−1, 1], chance 0. It is 0 where either
 * does not change, so for relevance that is everywhere the same, or 0. Relevance counts as it is, with its sign: what speaks against
 * should make f rise. Which items are relevant is not asked.
 *
 * @throws RangeError naming the option that is out of range
 * @example
 * sensitivityNOf({ share: 0.5, patch: 4 }).id // 'sensitivityN50of4'
 */
export function sensitivityNOf(options: SensitivityNOptions, id = idOf(options)): Measure {
  const { share, patch } = options
  if (!(share > 0 && share < 1)) throw new RangeError(`share is ${share}; it must lie between 0 and 1`)
  if (!(Number.isInteger(patch) && patch >= 1))
    throw new RangeError(`patch is ${patch}; it must be a whole number of at least 1`)
  const sizeOf = (count: number) => Math.min(count - 1, Math.max(1, Math.round(share * count)))
  return defineMeasure({
    id,
    title: 'Sensitivity-n',
    short: 'sens-n',
    range: [-1, 1],
    baseline: () => 0,
    scores({ sequences, probe }) {
      const patches = patchesOf(sequences[0]!, patch)
      const subsets = removedSubsets(probe, patches, sizeOf, `of share ${share} of patches ${patch}`)
      return sequences.map(({ relevance }, row) => {
        const { sums, falls } = subsetSums(subsets, relevance, patches, row)
        return correlation(sums, falls) || 0 // NaN where one of them is constant
      })
    },
  })
}

const idOf = ({ share, patch }: SensitivityNOptions): string =>
  `sensitivityN${String(100 * share).replaceAll('.', '-')}of${patch}`

/** Sensitivity-n with a fifth of the patches of 7×7 pixels. */
export const sensitivityN = sensitivityNOf({ share: 0.2, patch: 7 }, 'sensitivityN')
