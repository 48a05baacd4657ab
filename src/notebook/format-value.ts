import { formatNumber } from './format-number.js'

/** A value of any kind as text; numbers with four significant digits, lists item by item. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return formatNumber(value)
  if (value instanceof Date) return value.toISOString()
  if (isIterable(value)) return Array.from(value, formatValue).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Whether a value is a list of any kind; a text is none. */
export const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
