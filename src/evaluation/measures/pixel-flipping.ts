import { defineMeasure } from '../measure.js'
import { removalBeyondChance } from '../removal.js'

/** Shares of the pixels after which f is asked: the first third, as relevance should be found early. */
const FRACTIONS = [0.03, 0.06, 0.09, 0.12, 0.15, 0.18, 0.21, 0.24, 0.27, 0.3]

/**
 * How much faster f falls when pixels become background most relevant first than in a random order: the AOPC (Samek et al. 2017,
 * Equation 12) over ten steps up to 30 % of the pixels minus the mean of three orders drawn by the sequence's seed, by how far f moves
 * (`spreadOfEvidence`); without bounds, mostly in [−1, 1], chance 0. AOPC is here the mean fall of f over the L = 10 steps,
 * Σ_k (f(x) − f(x_k)) / L for k = 1 … L; the paper divides by L + 1, counting the sequence as it is, whose fall is 0, so that its number is 10/11 of
 * this one for every method and order, which changes no comparison. Relevance counts as it is, with its sign; equal pixels go in an order
 * that is drawn; relevance that is everywhere the same, so also 0, scores 0. Which items are relevant is not asked.
 */
export const pixelFlipping = defineMeasure({
  id: 'pixelFlipping',
  title: 'Pixel flipping beyond chance',
  short: 'AOPC',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  baseline: () => 0,
  scores: (batch) =>
    removalBeyondChance(batch, { curve: 'deletion', fractions: FRACTIONS, weight: 1 / FRACTIONS.length }),
})
