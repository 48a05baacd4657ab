import { drawsFor } from '../draws.js'
import { defineMeasure } from '../measure.js'
import { relativeChange } from '../relative-change.js'

/** How many noisy sequences are tried. */
const DRAWS = 3

/** The greatest change of a pixel, as a share of the range of pixels: 0.02 in [−1, 1]. */
const RADIUS = 0.01

/**
 * How much the relevance changes under noise that nobody sees: max-sensitivity (Yeh et al. 2019), the largest of
 * ‖R(x + δ) − R(x)‖ / max(‖R(x)‖, ‖R(x + δ)‖) over three δ, uniform in ± 1 % of the range of pixels, cut at its ends and drawn by the
 * sequence's seed; in [0, 2], lower is better; 0 where both are 0. Dividing by the longer one keeps a map of nearly nothing from
 * scoring without bound. The baseline, 0, is that of relevance that does not look at the sequence and never changes, so that nothing is
 * better than it and to lie above it is no fault by itself.
 */
export const robustness = defineMeasure({
  id: 'robustness',
  title: 'Change under small noise',
  short: 'max-sens',
  range: [0, 2],
  better: 'lower',
  baselineName: 'blind',
  baseline: () => 0,
  scores({ sequences, probe }) {
    const { x, seeds } = probe
    const { low, high } = probe.range
    const pixels = x.length / seeds.length
    const radius = RADIUS * (high - low)
    const changes = new Float64Array(seeds.length)
    for (let draw = 0; draw < DRAWS; draw++) {
      const noisy = x.slice()
      for (const [row, seed] of seeds.entries()) {
        const draws = drawsFor(seed, `noise ${draw}`)
        for (let place = row * pixels; place < (row + 1) * pixels; place++)
          noisy[place] = Math.min(high, Math.max(low, x[place]! + radius * (2 * draws() - 1)))
      }
      const relevance = probe.explain(noisy)
      for (const [row, { relevance: before }] of sequences.entries()) {
        const after = relevance.subarray(row * pixels, (row + 1) * pixels)
        changes[row] = Math.max(changes[row]!, relativeChange(before, after))
      }
    }
    return changes
  },
})
