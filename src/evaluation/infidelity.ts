/**
 * Infidelity (Yeh et al. 2019) over drawn perturbations: the mean of (Iᵀ R − (f(x) − f(x − I)))², where relevance of a
 * pixel is its contribution, so that Iᵀ R becomes the relevance of what is removed.
 *
 * @param sums the relevance of what each perturbation removes
 * @param falls what f loses by each
 * @example
 * infidelityOf([1, 2], [1, 4]) // 2
 */
export const infidelityOf = (sums: ArrayLike<number>, falls: ArrayLike<number>): number =>
  Array.from(sums, (sum, i) => (sum - falls[i]!) ** 2).reduce((total, square) => total + square, 0) /
  sums.length

/**
 * Infidelity beyond evenness, in [0, 2]: the least Σ (βa + γu − d)² over β and γ by the least Σ (γu − d)², with a the relevance removed,
 * d the falls of f, and u what is removed of relevance that is everywhere the same; where the best β is negative, as far above 1 as the
 * reverse relevance is below. It is 1 for relevance that is everywhere the same, for none, where the falls follow from u alone, and on
 * average for relevance that is as likely to be its reverse.
 *
 * @example
 * const [removed, falls, even] = [[1, 3, 2, 5], [2, 4, 1, 9], [1, 2, 2, 3]].map((list) => Float64Array.from(list))
 * infidelityBeyondEvenness(removed!, falls!, even!) // 0.14
 */
export function infidelityBeyondEvenness(
  sums: Float64Array,
  falls: Float64Array,
  even: Float64Array,
): number {
  const [a, d] = [without(sums, even), without(falls, even)]
  if (a === null || d === null) return 1
  const shared = dot(a, d)
  return 1 - (shared / dot(a, a)) * (Math.abs(shared) / dot(d, d))
}

/** What of a vector is orthogonal to another; null where rounding leaves no more than that. */
function without(values: Float64Array, other: Float64Array): Float64Array | null {
  const factor = dot(values, other) / dot(other, other)
  const rest = values.map((value, i) => value - factor * other[i]!)
  return dot(rest, rest) <= 1e-12 * dot(values, values) ? null : rest
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
