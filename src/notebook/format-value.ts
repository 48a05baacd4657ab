import { formatNumber } from './format-number.js'

/** A value of any kind as text; numbers with four significant digits, lists item by item. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return formatNumber(value)
  if (value instanceof Date) return value.toISOString()
  if (isIterable(value)) return Array.from(value, formatValue).join(', ')
  return typeof value === 'object' ? jsonText(value) : String(value)
}

/** An object as JSON, or as its own text where it has no JSON. */
export function jsonText(value: object, replacer?: (name: string, value: unknown) => unknown): string {
  try {
    return JSON.stringify(value, replacer) ?? String(value)
  } catch {
    return String(value) // in circles, or with integers of any size
  }
}

/** Whether a value is a list of any kind; a text is none. */
export const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
