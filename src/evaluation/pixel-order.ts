import { drawsFor, shuffled } from './draws.js'
import type { ScoredSequence } from './measure.js'

const known = new WeakMap<ScoredSequence, Uint32Array>()

/** The pixels of a sequence from the most to the least relevant, pixels of equal relevance in an order drawn by the sequence's seed. */
export function pixelOrder(sequence: ScoredSequence, seed: number): Uint32Array {
  const found = known.get(sequence)
  if (found) return found
  const order = descending(sequence.relevance, shuffled(sequence.relevance.length, drawsFor(seed, 'ties')))
  known.set(sequence, order)
  return order
}

/** Whether all values are equal, so that they name no order. */
export const isConstant = (values: ArrayLike<number>): boolean => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

/** The places of values from the highest to the lowest, equal ones in the order of `ties`, which lists all places. */
function descending(values: Float32Array, ties: Uint32Array): Uint32Array {
  const size = values.length
  const bits = new Int32Array(1)
  const number = new Float32Array(bits.buffer)
  const keys = new Float64Array(size)
  // A value's bits as a whole number that ascends with it, then the place among ties: one number, sorted without comparisons.
  for (let i = 0; i < size; i++) {
    number[0] = values[ties[i]!]! + 0
    const ascending = bits[0]! >= 0 ? bits[0]! : -(bits[0]! & 0x7fffffff)
    keys[i] = -ascending * size + i
  }
  return Uint32Array.from(keys.sort(), (key) => ties[((key % size) + size) % size]!)
}
