import { isIterable, jsonText } from './format-value.js'

/** Digits that a number of 64 bits holds whatever it is: beyond them stand artefacts such as that of 0.1 + 0.2. */
const SIGNIFICANT = 15

/**
 * A value as programs read it: a number in its shortest form, rounded to 15 significant digits, without commas and with a hyphen for a
 * minus sign, in texts too; nothing for what is missing, lists item by item.
 */
export function csvValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(rounded(value))
  if (typeof value === 'string') return value.replace(/−(?=[\d.∞])/g, '-')
  if (value instanceof Date) return value.toISOString()
  if (isIterable(value)) return Array.from(value, csvValue).join(', ')
  return typeof value === 'object' ? jsonText(value, roundedNumbers) : String(value)
}

/** Lines of cells as CSV (RFC 4180, lines ending in a line feed). */
export function csvText(lines: readonly (readonly string[])[]): string {
  // An empty line would be no row.
  const quote = (text: string, _: number, cells: readonly string[]) =>
    /[",\r\n]/.test(text) || (text === '' && cells.length === 1) ? `"${text.replaceAll('"', '""')}"` : text
  return lines.map((cells) => `${cells.map(quote).join(',')}\n`).join('')
}

const rounded = (value: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(SIGNIFICANT)) : value

const roundedNumbers = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? rounded(value) : value
