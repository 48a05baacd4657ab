import type { Scan } from '../network/geometry.js'
import type { Explanation } from './explain-batch.js'

/** Where one sequence's relevance went; everything but `entered` adds up to it. */
export interface Ledger {
  /** What entered at the target's logit: f, or relu(f). */
  readonly entered: number
  /** What the frames of each step received, `[steps]`. */
  readonly steps: readonly number[]
  /** What reached the state before the first step. */
  readonly initialState: number
  /** What biases took, as inputs of 1. */
  readonly biases: number
  /** What the ε of a rule took. */
  readonly epsilon: number
  /** What neurons kept that have nobody to pass it to, because their denominator is 0. */
  readonly undistributed: number
  /** What is left to make the sum exact: rounding of the walk in single precision. */
  readonly rounding: number
}

/** How the columns of a sequence are read. */
export interface Reading {
  readonly steps: number
  /** Default: leftToRight. */
  readonly scan?: Scan
}

/**
 * The ledger of each sequence of a recorded explanation.
 *
 * @throws Error when the method has no ledger, or the explanation was not recorded
 * @example
 * const w = toTensors(model.parameters)
 * const x = tf.zeros([2, 28, 84]) as tf.Tensor3D
 * const forward = rLstm.forward(THESIS_GEOMETRY, rLstm.units)
 * const explanation = explainBatch(forward, w, x, { method: deepTaylor, target: 'prediction', record: true })
 * ledgersOf(explanation, THESIS_GEOMETRY).map(({ entered, steps }) => ({ entered, steps }))
 * tf.dispose([w, x])
 */
export function ledgersOf(explanation: Explanation, reading: Reading): Ledger[] {
  const { method, shape, relevance, entered, taps, absorbed } = explanation
  if (method.ledger === undefined)
    throw new Error(`${method.title} has no ledger: it does not share out what enters at the logit`)
  if (absorbed === null) throw new Error('a ledger needs an explanation made with record: true')
  const [batch] = shape
  return Array.from({ length: batch }, (_, sequence) => {
    const steps = stepSums(relevance, shape, reading, sequence)
    const initialState = taps
      .filter(({ step }) => step === 'initial')
      .reduce((sum, tap) => sum + rowSum(tap.relevance, tap.shape[1], sequence), 0)
    const biases = absorbed.biases[sequence]!
    const epsilon = absorbed.epsilon[sequence]!
    const undistributed = absorbed.undistributed[sequence]!
    const received = steps.reduce((sum, part) => sum + part, 0)
    const rounding = entered[sequence]! - (received + initialState + biases + epsilon + undistributed)
    return { entered: entered[sequence]!, steps, initialState, biases, epsilon, undistributed, rounding }
  })
}

/**
 * The relevance of each step's columns, in the order in which they are read, in one sequence of `[batch, rows, columns]`.
 *
 * @throws RangeError unless the columns are as many for every step
 * @example
 * stepSums(Float32Array.of(1, 2, 3, 4), [1, 1, 4], { steps: 2 }, 0) // 3, 7
 */
export function stepSums(
  relevance: Float32Array,
  [, rows, columns]: readonly [number, number, number],
  { steps, scan }: Reading,
  sequence: number,
): number[] {
  if (!(steps >= 1 && columns % steps === 0))
    throw new RangeError(`${columns} columns cannot be read in ${steps} steps of equal width`)
  const sums = new Array<number>(steps).fill(0)
  const width = columns / steps
  for (let row = 0; row < rows; row++) {
    const start = (sequence * rows + row) * columns
    for (let column = 0; column < columns; column++) {
      const step = Math.floor(column / width)
      sums[step] = sums[step]! + relevance[start + column]!
    }
  }
  return scan === 'rightToLeft' ? sums.reverse() : sums
}

function rowSum(values: Float32Array, units: number, row: number): number {
  let sum = 0
  for (let i = row * units; i < (row + 1) * units; i++) sum += values[i]!
  return sum
}
