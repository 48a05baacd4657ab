import { largestOf } from './pairs.js'
import { type Numbers, requireFinite } from './summary.js'

/** The level of each value in each factor, by the factor's name: `factors[name][i]` is that of value i. */
export type Factors = Readonly<Record<string, readonly (string | number)[]>>

/** Values in cells of equally many, one for each combination of the factors' levels. */
export interface Layout {
  readonly names: readonly string[]
  /** By factor, how many levels it has. */
  readonly levels: readonly number[]
  /** By factor, the number of the level of each value. */
  readonly places: readonly Int32Array[]
  /** How many values a cell has. */
  readonly replicates: number
}

/**
 * The balanced layout of values by factors.
 *
 * @throws RangeError when a factor has another number of levels than there are values, or only one level, or a cell has fewer or more
 * values than another, which is named.
 */
export function layoutOf(values: Numbers, factors: Factors): Layout {
  requireFinite('values', values)
  const names = Object.keys(factors)
  if (names.length === 0) throw new RangeError('there is no factor: at least one is needed')
  const labels: (string | number)[][] = []
  const places = names.map((name) => {
    const column = factors[name]!
    if (column.length !== values.length)
      throw new RangeError(
        `${name} has ${column.length} levels and there are ${values.length} values: each needs its own`,
      )
    const numbers = new Map<string | number, number>()
    const place = Int32Array.from(column, (label) => {
      if (!numbers.has(label)) numbers.set(label, numbers.size)
      return numbers.get(label)!
    })
    if (numbers.size < 2)
      throw new RangeError(`${name} has only the level ${column[0]}: at least two are needed`)
    labels.push([...numbers.keys()])
    return place
  })
  const levels = labels.map(({ length }) => length)
  const counts = new Int32Array(levels.reduce((product, count) => product * count, 1))
  for (const cell of cellsOf(places, levels)) counts[cell]!++
  const most = counts.reduce((a, b) => Math.max(a, b))
  const short = counts.findIndex((count) => count !== most)
  if (short >= 0) {
    const told = cellLabels(short, levels).map((level, f) => `${names[f]} = ${labels[f]![level]}`)
    throw new RangeError(
      `the cell ${told.join(', ')} has ${counts[short]} of the ${most} values that another has: all cells need equally many`,
    )
  }
  return { names, levels, places, replicates: most }
}

/** The number of the cell of each value, the levels of the last factor next to one another. */
export function cellsOf(places: readonly Int32Array[], levels: readonly number[]): Int32Array {
  return Int32Array.from({ length: places[0]!.length }, (_, i) =>
    places.reduce((cell, place, f) => cell * levels[f]! + place[i]!, 0),
  )
}

function cellLabels(cell: number, levels: readonly number[]): number[] {
  const found: number[] = []
  let rest = cell
  for (const count of levels.toReversed()) {
    found.unshift(rest % count)
    rest = Math.floor(rest / count)
  }
  return found
}

/** The sum of the squares of parts of `values`, 0 where it is nothing but their rounding. */
export function sumOfSquares(parts: Float64Array, values: Numbers): number {
  const sum = parts.reduce((sum, part) => sum + part * part, 0)
  return sum <= parts.length * (1e-13 * largestOf(values)) ** 2 ? 0 : sum
}

/** The mean of all values. */
export const centreOf = (values: Numbers): number =>
  Float64Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

/** What a set of factors adds to the factors within it. */
export interface Effect {
  /** The numbers of its factors. */
  readonly factors: readonly number[]
  readonly sumOfSquares: number
  readonly df: number
  /** The part of each value. */
  readonly parts: Float64Array
}

/**
 * The effects of the sets of factors, in the order given, in which a set comes after those within it: means of cells less all that the
 * sets within it explain. In a balanced layout they are orthogonal, so their sums of squares add up.
 */
export function effectsOf(
  values: Numbers,
  { levels, places }: Layout,
  sets: readonly (readonly number[])[],
): Effect[] {
  const centre = centreOf(values)
  const effects: Effect[] = []
  for (const factors of sets) {
    const within = effects.filter((effect) => effect.factors.every((f) => factors.includes(f)))
    const counts = factors.map((f) => levels[f]!)
    const cells = cellsOf(
      factors.map((f) => places[f]!),
      counts,
    )
    const size = counts.reduce((product, count) => product * count, 1)
    const means = new Float64Array(size)
    for (const [i, cell] of cells.entries()) {
      let rest = values[i]! - centre
      for (const { parts } of within) rest -= parts[i]!
      means[cell]! += (rest * size) / cells.length
    }
    const parts = Float64Array.from(cells, (cell) => means[cell]!)
    effects.push({
      factors,
      parts,
      sumOfSquares: sumOfSquares(parts, values),
      df: counts.reduce((product, count) => product * (count - 1), 1),
    })
  }
  return effects
}
