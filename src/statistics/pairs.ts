import { type Numbers, requireFinite } from './summary.js'

/** The differences a[i] − b[i] of values that were measured on the same unit, such as one seed. */
export function differencesOf(a: Numbers, b: Numbers, least: number): Float64Array {
  requireFinite('a', a)
  requireFinite('b', b)
  if (a.length !== b.length)
    throw new RangeError(`a has ${a.length} values and b has ${b.length}: pairs need equally many`)
  if (a.length < least) throw new RangeError(`there are ${a.length} pairs: at least ${least} are needed`)
  return Float64Array.from(a, (value, i) => value - b[i]!)
}

/** The sum of the squared distances from the mean. */
export function squaresAround(values: Numbers, centre: number): number {
  let sum = 0
  for (const value of values) sum += (value - centre) ** 2
  return sum
}
