import { infidelityBeyondEvenness } from '../infidelity.js'
import { defineMeasure } from '../measure.js'
import { patchesOf, removedSubsets, subsetSums } from '../subsets.js'

/** The side of a square patch, in pixels. */
const PATCH = 7

/**
 * Infidelity (Yeh et al. 2019) beyond evenness: how badly the relevance of what becomes background predicts what f loses by it, over 24
 * random subsets of patches of 7×7 pixels, of one patch to all but one, drawn by the sequence's seed; optimally scaled, and by what
 * relevance that is everywhere the same gets wrong (`infidelityBeyondEvenness`). In [0, 2], lower is better: 0 for contributions to a
 * linear network, 1 for relevance that is everywhere the same, for none, for random relevance on average, and where f does not move, 2
 * for the reverse. Relevance counts as it is, with its sign, and as a contribution: of a gradient, which is none, only the pattern is judged.
 */
export const infidelity = defineMeasure({
  id: 'infidelity',
  title: 'Infidelity beyond evenness',
  short: 'infidelity',
  range: [0, 2],
  better: 'lower',
  baseline: () => 1,
  scores({ sequences, probe }) {
    const patches = patchesOf(sequences[0]!, PATCH)
    const sizeOf = (count: number, draws: () => number) => 1 + Math.floor(draws() * (count - 1))
    const subsets = removedSubsets(probe, patches, sizeOf, `of any size of patches ${PATCH}`)
    const uniform = new Float32Array(patches.length).fill(1)
    return sequences.map(({ relevance }, row) => {
      const { sums, falls } = subsetSums(subsets, relevance, patches, row)
      return infidelityBeyondEvenness(sums, falls, subsetSums(subsets, uniform, patches, row).sums)
    })
  },
})
