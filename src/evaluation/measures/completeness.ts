import { defineMeasure, type ScoredBatch } from '../measure.js'
import { blankEvidence } from '../removal.js'

/**
 * How far the relevance of all pixels is from adding up to f(x) − f(x₀), x₀ all background (Sundararajan et al. 2017, Proposition 1;
 * summation to delta): |Σ R − Δ| / max(|Σ R|, |Δ|), in [0, 2], lower is better; 0 where both are 0. The baseline, 1, is that of
 * relevance of zeros, not what chance scores; relevance whose sum has the wrong sign scores more. Methods that conserve f itself, such as
 * LRP and deep Taylor, promise `completenessOfEvidence` instead; gradients promise neither.
 */
export const completeness = defineMeasure({
  id: 'completeness',
  title: 'Error of completeness',
  short: '|ΣR − Δf|',
  range: [0, 2],
  better: 'lower',
  baselineName: 'zeros',
  baseline: () => 1,
  scores(batch) {
    const blank = blankEvidence(batch.probe)
    return errors(
      batch,
      batch.probe.f.map((f, row) => f - blank[row]!),
    )
  },
})

/**
 * How far the relevance of all pixels is from adding up to f(x) itself (conservation; Bach et al. 2015, Equation 2), in all else as
 * `completeness`. Deep Taylor decomposes max(0, f), so that it scores 1 where f(x) < 0.
 */
export const completenessOfEvidence = defineMeasure({
  id: 'completenessOfEvidence',
  title: 'Error of conservation',
  short: '|ΣR − f|',
  range: [0, 2],
  better: 'lower',
  baselineName: 'zeros',
  baseline: () => 1,
  scores: (batch) => errors(batch, batch.probe.f),
})

const errors = ({ sequences }: ScoredBatch, wanted: Float64Array): number[] =>
  sequences.map(({ relevance }, row) => {
    const sum = relevance.reduce((sum, value) => sum + value, 0)
    const scale = Math.max(Math.abs(sum), Math.abs(wanted[row]!))
    return scale === 0 ? 0 : Math.abs(sum - wanted[row]!) / scale
  })
