import type { Explanation } from './explain.js'

/** Where one sequence's relevance went; everything but `entered` adds up to it. */
export interface Ledger {
  /** What entered at the target's logit: relu(f). */
  readonly entered: number
  /** What the frames of each step received, `[steps]`. */
  readonly steps: readonly number[]
  readonly biases: number
  /** Neurons whose denominator is 0 distribute nothing: what they keep. */
  readonly stabilisers: number
  /** What reached the state before the first step. */
  readonly initialState: number
  /** What is left to make the sum exact: rounding of the walk in single precision. */
  readonly rounding: number
}

/**
 * The ledger of each sequence of a recorded explanation.
 *
 * @param steps the number of steps that the columns are read in
 * @throws Error when the method does not conserve relevance, or the explanation was not recorded
 */
export function ledgersOf(explanation: Explanation, steps: number): Ledger[] {
  const { method, shape, relevance, entered, taps, absorbed } = explanation
  if (!method.conserves) throw new Error(`${method.title} does not conserve relevance: it has no ledger`)
  if (absorbed === null) throw new Error('a ledger needs an explanation made with record: true')
  const [batch] = shape
  return Array.from({ length: batch }, (_, sequence) => {
    const received = stepSums(relevance, shape, steps, sequence)
    const initialState = taps
      .filter(({ step }) => step === 'initial')
      .reduce((sum, tap) => sum + rowSum(tap.relevance, tap.shape[1], sequence), 0)
    const [biases, stabilisers] = [absorbed.biases[sequence]!, absorbed.stabilisers[sequence]!]
    const known = received.reduce((sum, part) => sum + part, 0) + biases + stabilisers + initialState
    return {
      entered: entered[sequence]!,
      steps: received,
      biases,
      stabilisers,
      initialState,
      rounding: entered[sequence]! - known,
    }
  })
}

/** The relevance of each step's columns in one sequence of `[batch, rows, columns]`. */
export function stepSums(
  relevance: Float32Array,
  [, rows, columns]: readonly [number, number, number],
  steps: number,
  sequence: number,
): number[] {
  const sums = new Array<number>(steps).fill(0)
  const width = columns / steps
  for (let row = 0; row < rows; row++) {
    const start = (sequence * rows + row) * columns
    for (let column = 0; column < columns; column++) {
      const step = Math.floor(column / width)
      sums[step] = sums[step]! + relevance[start + column]!
    }
  }
  return sums
}

function rowSum(values: Float32Array, units: number, row: number): number {
  let sum = 0
  for (let i = row * units; i < (row + 1) * units; i++) sum += values[i]!
  return sum
}
