import type { InputRange } from '../../src/explanation/rule.js'
import type { Matrix } from '../network/slow-linear.js'

/** What input x contributes to a neuron by weight w. */
export type Contribution = (x: number, w: number, range: InputRange) => number

/** The contributions of the papers, by the names of the shares. */
export const contributions = {
  zPlus: (x, w) => x * Math.max(w, 0),
  zMinus: (x, w) => x * Math.min(w, 0),
  zBounded: (x, w, { low, high }) => x * w - low * Math.max(w, 0) - high * Math.min(w, 0),
} as const satisfies Record<string, Contribution>

/** One kind of input of a layer: values `[n, in]`, its matrix and how it contributes. */
export interface SlowInput {
  readonly x: ArrayLike<number>
  readonly matrix: Matrix
  readonly contribution: Contribution
}

/** n_ij of one row. */
const numerators = ({ x, matrix, contribution }: SlowInput, row: number, range: InputRange): number[][] =>
  matrix.map((weights, i) => weights.map((w) => contribution(x[row * matrix.length + i]!, w, range)))

/** Σ_i n_ij of every row and neuron. */
export function slowDenominator(inputs: readonly SlowInput[], rows: number, range: InputRange): number[] {
  const outs = inputs[0]!.matrix[0]!.length
  return Array.from({ length: rows * outs }, (_, at) => {
    const [row, j] = [Math.floor(at / outs), at % outs]
    return inputs.reduce(
      (total, input) => total + numerators(input, row, range).reduce((sum, n) => sum + n[j]!, 0),
      0,
    )
  })
}

/** Σ_j n_ij s_j of every row and input. */
export function slowRedistribution(input: SlowInput, s: ArrayLike<number>, range: InputRange): number[] {
  const outs = input.matrix[0]!.length
  return Array.from({ length: s.length / outs }, (_, row) =>
    numerators(input, row, range).map((n) =>
      n.reduce((sum, value, j) => sum + value * s[row * outs + j]!, 0),
    ),
  ).flat()
}

/** R_i = Σ_j n_ij / Σ_i' n_i'j · R_j for each kind of input, all over one denominator; where that is 0 nothing is distributed. */
export function slowRule(
  inputs: readonly SlowInput[],
  relevance: ArrayLike<number>,
  range: InputRange,
  weight = 1,
): number[][] {
  const rows = relevance.length / inputs[0]!.matrix[0]!.length
  const quotients = slowDenominator(inputs, rows, range).map((z, at) =>
    z === 0 ? 0 : (weight * relevance[at]!) / z,
  )
  return inputs.map((input) => slowRedistribution(input, quotients, range))
}
