import type { Figure } from '../figures/figure.js'

export const plotlyMimeType = 'application/vnd.plotly.v1+json'

/** Enough for hover labels, and it makes most last-digit differences between machines disappear. */
const significantDigits = 5

/** What viewers with a plotly renderer get. */
export interface PlotlyJson {
  readonly data: unknown
  readonly layout: unknown
  readonly config: unknown
}

/**
 * The figure as JSON for plotly renderers: typed arrays as lists, which all their versions read, fractions in `data`
 * rounded to 5 significant digits, and what JSON lacks (NaN, infinities) as null, plotly's gap.
 */
export function plotlyJson({ data, layout }: Figure): PlotlyJson {
  return { data: plain(data, round), layout: plain(layout, (value) => value), config: { displaylogo: false } }
}

function plain(value: unknown, number: (value: number) => number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : null
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => plain(item, number))
  if (isTypedArray(value)) return Array.from(value, (item) => plain(item, number))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, plain(item, number)]),
  )
}

const isTypedArray = (value: object): value is Iterable<number> & object =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)

const round = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(significantDigits))
