import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { defineMethod } from '../method.js'
import { blanked, itemRegions, maskOf, spreadOver } from '../occlusion.js'

/** 2⁸ walks through the network for each sequence. */
const MOST_ITEMS = 8

/**
 * Contribution by perturbation: the Shapley value of each item (Shapley 1953),
 * φ_i = Σ_S |S|! (n − |S| − 1)! / n! · (f(S ∪ {i}) − f(S)) over all sets S of the other items, where f(S) is f with the items outside S all
 * at the range's low end; spread evenly over the item's pixels. It adds up to f(x) less f of no item at all; refused above 8 items.
 */
export const shapleyByItem = defineMethod({
  id: 'shapleyByItem',
  title: 'Shapley value of items',
  short: 'Shapley',
  attribute(explained) {
    const { x, range, evidence } = explained
    const regions = itemRegions(explained, 'Shapley value of items')
    const n = regions.length
    if (n > MOST_ITEMS)
      throw new Error(
        `Shapley value of items looks at every set of items, 2^${n} of them; it is made for up to ${MOST_ITEMS} items`,
      )
    const kept = (set: number, item: number) => ((set >> item) & 1) === 1
    const sets = Array.from({ length: 2 ** n }, (_, set) => set)
    const values = sets.map((set) => {
      const gone = regions.filter((_, item) => !kept(set, item))
      const value = gone.length === 0 ? evidence() : evidence(blanked(x, maskOf(x, gone), range.low))
      return tf.reshape<tf.Rank.R2>(value, [-1, 1])
    })
    // What f(S) counts for item i: with i in S as the end of a step, without it as its start.
    const weights = sets.map((set) => {
      const size = regions.filter((_, item) => kept(set, item)).length
      return regions.map((_, item) => (kept(set, item) ? weight(size - 1, n) : -weight(size, n)))
    })
    const contributions = tf.matMul(tf.concat<Tensor2D>(values, 1), tf.tensor2d(weights))
    const byItem = tf.split<Tensor2D>(contributions, n, 1).map((part): Tensor1D => tf.reshape(part, [-1]))
    return spreadOver(x, byItem, regions)
  },
})

/** |S|! (n − |S| − 1)! / n! for a set of `size`. */
const weight = (size: number, n: number): number => (factorial(size) * factorial(n - size - 1)) / factorial(n)

const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1))
