import type { IntervalColumns } from './table-options.js'

/** The names of the columns that an interval is made of. */
export const intervalNames = (interval: IntervalColumns): readonly string[] =>
  'plusMinus' in interval ? [interval.plusMinus] : [interval.low, interval.high]

/**
 * What is printed behind a value: its interval, or nothing where that is missing.
 *
 * @param bounds the values of {@link intervalNames}
 * @param format the value's own format
 * @throws RangeError when the lower end is above the upper one or an interval is no number
 */
export function intervalText(
  name: string,
  interval: IntervalColumns,
  value: number,
  bounds: readonly unknown[],
  format: (value: number) => string,
): string {
  if (bounds.some((bound) => bound === null || bound === undefined)) return ''
  const wrong = bounds.find((bound) => typeof bound !== 'number')
  if (wrong !== undefined)
    throw new RangeError(
      `the interval of "${name}" holds ${JSON.stringify(wrong)}: it must be made of numbers`,
    )
  const [low, high] = bounds as number[]
  if ('plusMinus' in interval) return ` ± ${format(low!)}`
  if (low! > high!)
    throw new RangeError(
      `the interval of "${name}" goes from ${low} ("${interval.low}") to ${high} ("${interval.high}"): low must not be above high`,
    )
  if (interval.as === 'plusMinus') return ` ± ${format(Math.max(value - low!, high! - value))}`
  return ` [${format(low!)}, ${format(high!)}]`
}
