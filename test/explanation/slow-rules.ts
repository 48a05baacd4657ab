import type { InputRange } from '../../src/explanation/rule.js'
import type { Domain } from '../../src/network/operations.js'
import type { Matrix } from '../network/slow-linear.js'

/** What input x contributes to a neuron by weight w. */
export type Contribution = (x: number, w: number, range: InputRange) => number

/** The contributions of the papers, by the names of the shares. */
export const contributions = {
  zPlus: (x, w) => x * Math.max(w, 0),
  zMinus: (x, w) => x * Math.min(w, 0),
  zPlusSigned: (x, w) => Math.max(x * w, 0),
  zMinusSigned: (x, w) => Math.min(x * w, 0),
  zWhole: (x, w) => x * w,
  zShifted: (x, w, { low }) => (x - low) * Math.max(w, 0),
  wSquared: (_x, w) => w * w,
  // Weights of 0 are what the matrix of a convolution has where there is no connection.
  flat: (_x, w) => (w === 0 ? 0 : 1),
  zBounded: (x, w, { low, high }) => x * w - low * Math.max(w, 0) - high * Math.min(w, 0),
} as const satisfies Record<string, Contribution>

/** x (w + γ w⁺). */
export const slowGamma =
  (gamma: number): Contribution =>
  (x, w) =>
    x * (w + gamma * Math.max(w, 0))

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

/** What a share does besides its contributions. */
export interface SlowShare {
  readonly weight?: number
  /** What the bias of each neuron contributes, `[out]`. */
  readonly bias?: ArrayLike<number>
  readonly epsilon?: number
}

/** What each kind of input received, and what each sink took of each row. */
export interface SlowResult {
  readonly received: number[][]
  readonly biases: number[]
  readonly epsilon: number[]
  readonly undistributed: number[]
}

/**
 * R_i = Σ_j n_ij / (Σ_i' n_i'j + b_j + ε·sign) · R_j for each kind of input, all over one denominator; where that is 0 nothing is
 * distributed.
 */
export function slowRule(
  inputs: readonly SlowInput[],
  relevance: ArrayLike<number>,
  range: InputRange,
  { weight = 1, bias, epsilon = 0 }: SlowShare = {},
): SlowResult {
  const outs = inputs[0]!.matrix[0]!.length
  const rows = relevance.length / outs
  const sums = slowDenominator(inputs, rows, range).map((z, at) => z + (bias?.[at % outs] ?? 0))
  const added = sums.map((z) => (z >= 0 ? epsilon : -epsilon))
  const entering = Array.from(relevance, (r) => weight * r)
  const quotients = sums.map((z, at) => (z + added[at]! === 0 ? 0 : entering[at]! / (z + added[at]!)))
  const perRow = (of: (at: number) => number) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: outs }, (_, j) => of(row * outs + j)).reduce((sum, part) => sum + part, 0),
    )
  return {
    received: inputs.map((input) => slowRedistribution(input, quotients, range)),
    biases: perRow((at) => quotients[at]! * (bias?.[at % outs] ?? 0)),
    epsilon: perRow((at) => quotients[at]! * added[at]!),
    undistributed: perRow((at) => (sums[at]! + added[at]! === 0 ? entering[at]! : 0)),
  }
}

/** The sum of what several shares of a rule give. */
export function addedUp(results: readonly SlowResult[]): SlowResult {
  const sum = (parts: readonly (readonly number[])[]) =>
    parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0))
  return {
    received: results[0]!.received.map((_, k) => sum(results.map(({ received }) => received[k]!))),
    biases: sum(results.map(({ biases }) => biases)),
    epsilon: sum(results.map(({ epsilon }) => epsilon)),
    undistributed: sum(results.map(({ undistributed }) => undistributed)),
  }
}

/** One share of a rule in closed form: how each kind of input contributes, and what a bias b does. */
export interface SlowRuleShare extends Pick<SlowShare, 'weight' | 'epsilon'> {
  readonly contribution: Partial<Record<Domain, Contribution>>
  bias?(b: number): number
}

/** A rule in closed form. */
export interface SlowRule {
  readonly hidden: readonly SlowRuleShare[]
  readonly pixels: readonly SlowRuleShare[]
}

const positivePart = (b: number) => Math.max(b, 0)
const { zPlus, zPlusSigned, zMinus, zMinusSigned, zWhole, zBounded, zShifted, wSquared, flat } = contributions
const slowPixels: SlowRuleShare = {
  contribution: { nonnegative: zPlus, pixels: zBounded },
  bias: positivePart,
}

/** The rules of the papers. */
export const slowRules = {
  deepTaylor: {
    hidden: [{ contribution: { nonnegative: zPlus }, bias: positivePart }],
    pixels: [slowPixels],
  } as SlowRule,
  deepTaylorWith: (pixels: 'shifted' | 'wSquared' | 'flat'): SlowRule => {
    const share: SlowRuleShare = {
      shifted: { contribution: { nonnegative: zPlus, pixels: zShifted }, bias: positivePart },
      wSquared: { contribution: { nonnegative: wSquared, pixels: wSquared } },
      flat: { contribution: { nonnegative: flat, pixels: flat } },
    }[pixels]
    return { hidden: [{ contribution: { nonnegative: zPlus }, bias: positivePart }], pixels: [share] }
  },
  deepTaylorGates: {
    hidden: [{ contribution: { nonnegative: zPlus } }],
    pixels: [{ contribution: slowPixels.contribution }],
  } as SlowRule,
  alphaBeta: (alpha: number, beta: number): SlowRule => ({
    hidden: [
      {
        weight: alpha,
        contribution: { nonnegative: zPlus, signed: zPlusSigned },
        bias: positivePart,
      },
      { weight: -beta, contribution: { nonnegative: zMinus, signed: zMinusSigned } },
    ],
    pixels: [slowPixels],
  }),
  epsilon: (epsilon: number): SlowRule => {
    const share = {
      contribution: { nonnegative: zWhole, pixels: zWhole, signed: zWhole },
      epsilon,
      bias: (b: number) => b,
    }
    return { hidden: [share], pixels: [share] }
  },
  gamma: (gamma: number): SlowRule => ({
    hidden: [{ contribution: { nonnegative: slowGamma(gamma) }, bias: (b) => b + gamma * positivePart(b) }],
    pixels: [slowPixels],
  }),
}

/** One kind of input of a layer, and what is known of it. */
export interface SlowLayerInput extends Omit<SlowInput, 'contribution'> {
  readonly domain: Domain
}

/** What a layer Σ inputs + bias does to the relevance of its neurons by a rule. */
export function slowLayer(
  rule: SlowRule,
  inputs: readonly SlowLayerInput[],
  bias: ArrayLike<number>,
  relevance: ArrayLike<number>,
  range: InputRange,
): SlowResult {
  const shares = inputs.some(({ domain }) => domain === 'pixels') ? rule.pixels : rule.hidden
  return addedUp(
    shares.map((share) => {
      const contributing = inputs.map((input) => {
        const contribution = share.contribution[input.domain]
        if (contribution === undefined) throw new Error(`the slow rule is not defined for ${input.domain}`)
        return { ...input, contribution }
      })
      const biases = Array.from(bias, (b) => share.bias?.(b) ?? 0)
      return slowRule(contributing, relevance, range, { ...share, bias: biases })
    }),
  )
}
