/** A list in which values may be missing. */
export type MaybeNumbers = Iterable<number | null | undefined>

/** How many values of a list can be computed with. */
export interface ValueCounts {
  readonly total: number
  readonly finite: number
  /** null or undefined. */
  readonly missing: number
  readonly nan: number
  /** ∞ or −∞. */
  readonly infinite: number
}

/** What is done about values that are missing or not finite: refused, or counted and left out. */
export type WhenMissing = 'refuse' | 'leave out'

/**
 * How many values are finite, missing, NaN and infinite.
 *
 */
export function countValues(values: MaybeNumbers): ValueCounts {
  let [total, finite, missing, nan] = [0, 0, 0, 0]
  for (const value of values) {
    total++
    if (value === null || value === undefined) missing++
    else if (Number.isNaN(value)) nan++
    else if (Number.isFinite(value)) finite++
  }
  return { total, finite, missing, nan, infinite: total - finite - missing - nan }
}

/**
 * The finite values of a list beside the counts of all, which say what was left out.
 *
 * @param options.when Default: 'refuse', so that leaving out is asked for.
 * @throws RangeError where a value is missing or not finite and `when` is 'refuse', with the counts; and where no finite value is left.
 */
export function finiteValues(
  name: string,
  list: MaybeNumbers,
  { when = 'refuse' }: { readonly when?: WhenMissing } = {},
): { readonly values: number[]; readonly counts: ValueCounts; readonly line: string } {
  const all = [...list]
  const counts = countValues(all)
  const line = lineOf(name, counts)
  if (when !== 'refuse' && when !== 'leave out')
    throw new RangeError(`when is ${when}: it must be 'refuse' or 'leave out'`)
  if (when === 'refuse' && counts.finite < counts.total)
    throw new RangeError(`${line}: all have to be finite`)
  if (counts.finite === 0) throw new RangeError(`${line}: at least one finite value is needed`)
  return { values: all.filter(isFiniteNumber), counts, line }
}

/**
 * The pairs of which both values are finite, beside the counts of each list and how many pairs were left out.
 *
 * @param options.when Default: 'refuse'.
 * @throws RangeError when the lengths differ, as `finiteValues` does, and where no pair is left.
 */
export function finitePairs(
  a: MaybeNumbers,
  b: MaybeNumbers,
  { when = 'refuse' }: { readonly when?: WhenMissing } = {},
): {
  readonly a: number[]
  readonly b: number[]
  readonly counts: { readonly a: ValueCounts; readonly b: ValueCounts }
  readonly leftOut: number
} {
  const [ofA, ofB] = [[...a], [...b]]
  if (ofA.length !== ofB.length)
    throw new RangeError(`a has ${ofA.length} values and b has ${ofB.length}: pairs need equally many`)
  const counts = { a: finiteValues('a', ofA, { when }).counts, b: finiteValues('b', ofB, { when }).counts }
  const pairs = ofA.flatMap((value, i) => {
    const other = ofB[i]
    return isFiniteNumber(value) && isFiniteNumber(other) ? [{ value, other }] : []
  })
  if (pairs.length === 0) throw new RangeError('no pair has two finite values: at least one is needed')
  return {
    a: pairs.map(({ value }) => value),
    b: pairs.map(({ other }) => other),
    counts,
    leftOut: ofA.length - pairs.length,
  }
}

const isFiniteNumber = (value: number | null | undefined): value is number => Number.isFinite(value)

const lineOf = (name: string, { total, finite, missing, nan, infinite }: ValueCounts): string =>
  `${name}: ${finite} of ${total} values are finite, ${missing} missing, ${nan} NaN, ${infinite} infinite`
