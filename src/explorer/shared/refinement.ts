import type { NamedValues } from '../../network/parameters.js'

/** What rounding to half precision leaves is multiplied by this, so that it is no smaller than halves can be. */
const MAGNIFIED = 2 ** 11

/** What is left of parameters where their rounded values are taken away, magnified. */
export const restOf = (parameters: NamedValues, rounded: NamedValues): NamedValues =>
  combined(parameters, rounded, (value, half) => (value - half) * MAGNIFIED)

/** Rounded parameters with what was left of them: as near to what they were as single precision nearly is. */
export const refined = (rounded: NamedValues, rest: NamedValues): NamedValues =>
  combined(rounded, rest, (half, left) => half + left / MAGNIFIED)

const combined = (one: NamedValues, other: NamedValues, of: (a: number, b: number) => number): NamedValues =>
  Object.fromEntries(
    Object.entries(one).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value, i) => of(value, other[name]!.values[i]!)) },
    ]),
  )
