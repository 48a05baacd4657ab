import type { Figure } from '../figures/kit/figure.js'
import { withToolbar } from './toolbar-space.js'

export const plotlyMimeType = 'application/vnd.plotly.v1+json'

/** Enough for hover labels, and it makes most last-digit differences between machines disappear. */
const significantDigits = 5

/** A smaller matrix stays a list, which older renderers read too. */
const fewestCompact = 256

/** What viewers with a plotly renderer get. */
export interface PlotlyJson {
  readonly data: unknown
  readonly layout: unknown
  readonly config: unknown
}

/**
 * The figure as JSON for plotly renderers: typed arrays as lists, which all their versions read, fractions in `data`
 * rounded to 5 significant digits, and what JSON lacks (NaN, infinities) as null, plotly's gap. Large matrices of whole
 * numbers of up to 16 bits become base64 text, which plotly reads since 2.28 and JupyterLab does not break into lines.
 */
export function plotlyJson({ data, layout }: Figure): PlotlyJson {
  return {
    data: plain(data, round),
    layout: plain(withToolbar(layout), (value) => value),
    config: { displaylogo: false, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'] },
  }
}

function plain(value: unknown, number: (value: number) => number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : null
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return compactMatrix(value) ?? value.map((item) => plain(item, number))
  if (isTypedArray(value)) return Array.from(value, (item) => plain(item, number))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, plain(item, number)]),
  )
}

/** A matrix as plotly's typed array specification; undefined where it is small, ragged, or not of whole numbers. */
function compactMatrix(rows: readonly unknown[]): object | undefined {
  const columns = Array.isArray(rows[0]) ? rows[0].length : 0
  if (rows.length * columns < fewestCompact) return undefined
  if (!rows.every((row) => Array.isArray(row) && row.length === columns)) return undefined
  const values = rows.flat()
  if (!values.every((value): value is number => Number.isInteger(value))) return undefined
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  const type = integerTypes.find((one) => low >= one.low && high <= one.high)
  if (!type) return undefined
  const bytes = new Uint8Array(type.of(values).buffer)
  return {
    dtype: type.dtype,
    bdata: Buffer.from(bytes).toString('base64'),
    shape: `${rows.length}, ${columns}`,
  }
}

const integerTypes = [
  { dtype: 'u1', low: 0, high: 255, of: (values: number[]) => Uint8Array.from(values) },
  { dtype: 'i1', low: -128, high: 127, of: (values: number[]) => Int8Array.from(values) },
  { dtype: 'i2', low: -32_768, high: 32_767, of: (values: number[]) => Int16Array.from(values) },
] as const

const isTypedArray = (value: object): value is Iterable<number> & object =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)

const round = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(significantDigits))
