import type { Numbers } from './summary.js'

/** What `cosineSimilarity` returns where an angle does not exist. */
export interface CosineOptions {
  /**
   * The value when either vector is zero. The default 0 is the honest score of an explanation that names no
   * item: NaN would drop the sequence from the mean and reward a method for falling silent where it is hard.
   */
  readonly whenZero?: number
}

/**
 * The cosine of the angle between `a` and `b`, in [−1, 1]: ⟨a, b⟩ / (‖a‖ ‖b‖).
 *
 * @throws RangeError when the lengths differ or a component is not finite.
 * @example
 * cosineSimilarity([1, 1, 0], [2, 1, 1]) // 0.87
 */
export function cosineSimilarity(a: Numbers, b: Numbers, { whenZero = 0 }: CosineOptions = {}): number {
  if (a.length !== b.length) {
    throw new RangeError(`the vectors have ${a.length} and ${b.length} components: they must be equally long`)
  }
  // Scaling by the largest component keeps squares of tiny relevances from underflowing to zero.
  const scaleA = largest('a', a)
  const scaleB = largest('b', b)
  if (scaleA === 0 || scaleB === 0) return whenZero
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    const x = a[i]! / scaleA
    const y = b[i]! / scaleB
    product += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return Math.max(-1, Math.min(1, product / Math.sqrt(squaresA * squaresB)))
}

/**
 * The cosine similarity that equal relevance on every item scores, √(relevant / items): 0.816 for 2 of 3.
 *
 * @throws RangeError unless 0 < relevant ≤ items, both whole numbers.
 * @example
 * uniformBaseline(3, 2) // 0.816
 */
export function uniformBaseline(items: number, relevant: number): number {
  if (!Number.isInteger(items) || !Number.isInteger(relevant) || relevant < 1 || relevant > items) {
    throw new RangeError(
      `${relevant} relevant of ${items} items: whole numbers with 1 ≤ relevant ≤ items are needed`,
    )
  }
  return Math.sqrt(relevant / items)
}

function largest(name: string, values: Numbers): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!)
    if (!Number.isFinite(size)) {
      throw new RangeError(`component ${i} of ${name} is ${values[i]}: only finite numbers are allowed`)
    }
    if (size > largest) largest = size
  }
  return largest
}
