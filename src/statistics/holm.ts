import { type Numbers, requireFinite } from './summary.js'

/**
 * Holm's adjusted p values, in the order of `p`: reject those at most α, and the chance of one false rejection among all is at most α
 * (Holm 1979).
 *
 * @throws RangeError when there are none or one lies outside [0, 1].
 */
export function holm(p: Numbers): number[] {
  requireFinite('p', p)
  const ordered = Array.from(p, (value, i) => ({ value, i })).toSorted((a, b) => a.value - b.value)
  const adjusted: number[] = []
  let largest = 0
  for (const [step, { value, i }] of ordered.entries()) {
    if (value < 0 || value > 1) throw new RangeError(`p[${i}] is ${value}: it must lie between 0 and 1`)
    largest = Math.max(largest, Math.min(1, value * (ordered.length - step)))
    adjusted[i] = largest
  }
  return adjusted
}
