import { defineMeasure } from '../measure.js'
import { removalBeyondChance } from '../removal.js'

/** Where f is asked between nothing and all. The ends are the same in every order and cancel. */
const FRACTIONS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** The step of the trapezoidal rule. */
const STEP = 0.1

/**
 * Deletion (Petsiuk et al. 2018), turned so that higher is better: the area under f as all pixels become background most relevant
 * first, by the trapezoidal rule in steps of 10 %, taken from the mean area of three orders drawn by the sequence's seed, by how far f
 * moves (`spreadOfEvidence`); without bounds, mostly in [−1, 1], chance 0. Of signs, ties and equal relevance as `pixelFlipping`.
 */
export const deletion = defineMeasure({
  id: 'deletion',
  title: 'Deletion beyond chance',
  short: 'deletion',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  baseline: () => 0,
  scores: (batch) => removalBeyondChance(batch, { curve: 'deletion', fractions: FRACTIONS, weight: STEP }),
})

/**
 * Insertion (Petsiuk et al. 2018, from the background in place of a blurred image): the area under f as pixels return most relevant
 * first, minus the mean area of random orders, in all else as `deletion`; chance 0.
 */
export const insertion = defineMeasure({
  id: 'insertion',
  title: 'Insertion beyond chance',
  short: 'insertion',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  baseline: () => 0,
  scores: (batch) => removalBeyondChance(batch, { curve: 'insertion', fractions: FRACTIONS, weight: STEP }),
})
