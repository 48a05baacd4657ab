import { quoted } from './names.js'
import type { IntervalColumns } from './table-options.js'

const STYLES: readonly string[] = ['brackets', 'plusMinus']

/** The names of the columns that an interval is made of. */
export const intervalNames = (interval: IntervalColumns): readonly string[] =>
  'plusMinus' in interval ? [interval.plusMinus] : [interval.low, interval.high]

/**
 * What is printed behind a value: its interval, or nothing where that is missing.
 *
 * @param bounds the values of {@link intervalNames}
 * @param format the value's own format
 * @throws RangeError when the lower end is above the upper one, an end is no number or the style is unknown
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
  if (interval.as !== undefined && !STYLES.includes(interval.as))
    throw new RangeError(
      `the interval of "${name}" is printed as "${interval.as}": it must be one of ${quoted(STYLES)}`,
    )
  if (low! > high!)
    throw new RangeError(
      `the interval of "${name}" goes from ${low} ("${interval.low}") to ${high} ("${interval.high}"): low must not be above high`,
    )
  if (interval.as === 'plusMinus') return ` ± ${format(Math.max(value - low!, high! - value))}`
  return ` [${format(low!)}, ${format(high!)}]`
}
