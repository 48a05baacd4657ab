/**
 * `value` for people: whole numbers as they are, others with `digits` significant digits, powers of ten only
 * beyond 10⁻⁴ and 10¹²; a real minus sign, NaN as "–".
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-4 || size >= 1e12) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e')
    return minus(`${trimZeros(mantissa!)}e${Number(exponent)}`)
  }
  if (Number.isInteger(value)) return minus(String(value))
  return minus(trimZeros(value.toFixed(decimals(size, digits))))
}

/** `value` with exactly `places` digits behind the point and a real minus sign, NaN as "–". */
export function formatFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatNumber(value)
  const text = value.toFixed(places)
  return minus(Number(text) === 0 ? text.replace('-', '') : text)
}

/** A formatted number with commas between its thousands, as in 12,345.67; powers of ten and other texts stay as they are. */
export function groupThousands(text: string): string {
  const [, whole, rest] = /^(−?\d+)(\.\d+)?$/.exec(text) ?? []
  return whole === undefined ? text : whole.replace(/\d(?=(\d{3})+$)/g, '$&,') + (rest ?? '')
}

/** Digits behind the point that show `digits` significant ones of a number of this size. */
const decimals = (size: number, digits: number): number =>
  Math.max(0, Math.min(20, digits - 1 - Math.floor(Math.log10(size))))

const trimZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
const minus = (text: string): string => text.replaceAll('-', '−')
