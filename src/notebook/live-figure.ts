import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { type Difference, difference, type Json } from '../figures/kit/difference.js'
import type { Figure } from '../figures/kit/figure.js'
import { LIVE_WIDTHS_MM } from '../figures/kit/live-widths.js'
import { underTheme } from '../figures/kit/look.js'
import { mm } from '../figures/kit/units.js'
import { type PlotlyJson, plotlyJson } from './figure-json.js'

/** What JupyterLab's extension of this project draws; it stands beside plotly's JSON, whose layouts for other widths it holds. */
export const liveMimeType = 'application/vnd.thesis.figure+json'

/** Plotly's own text size, where a layout names none. */
const DEFAULT_TEXT = 12

export interface LiveFigure {
  readonly version: 1
  /** Tells the figure from others, for the kernel that showed it. */
  readonly id: string
  /** Size of the text that is to be as large as the prose, in CSS pixels. */
  readonly text: number
  /** The name under which it was saved. */
  readonly name?: string
  /** The widths of the layouts in CSS pixels, the first of plotly's JSON beside it; empty where the figure has one layout for all. */
  readonly widths: readonly number[]
  /** What makes the layouts of the others of the first: deflated JSON of a list of `Difference`, in base64. */
  readonly changes: string
}

/** A figure as JSON for plotly, laid out for a width in millimetres, and its layouts for others. */
export function liveFigure(
  figure: Figure,
  widthMm: number,
  name?: string,
): { readonly json: PlotlyJson; readonly live: LiveFigure } {
  // The browser makes it a dark one where its page is dark.
  const forWidth =
    figure.forWidth && ((width: number) => underTheme({ dark: false }, () => figure.forWidth!(width)))
  const json = plotlyJson(forWidth?.(widthMm) ?? figure)
  const others = forWidth === undefined ? [] : layouts(forWidth, widthMm, json)
  const live = {
    text: figure.layout.font?.size ?? DEFAULT_TEXT,
    ...(name === undefined ? {} : { name }),
    widths: forWidth === undefined ? [] : [widthMm, ...others.map(({ width }) => width)].map(mm).map(rounded),
    changes: deflateRawSync(JSON.stringify(others.map(({ changes }) => changes ?? null)), {
      level: 9,
    }).toString('base64'),
  }
  const id = createHash('sha256')
    .update(JSON.stringify([json, live]))
    .digest('hex')
    .slice(0, 16)
  return { json, live: { version: 1, id, ...live } }
}

interface OtherLayout {
  readonly width: number
  readonly changes: Difference | undefined
}

/** Leaves out the widths that a figure refuses. */
function layouts(
  forWidth: (widthMm: number) => Figure,
  widthMm: number,
  { data, layout }: PlotlyJson,
): OtherLayout[] {
  const base = asJson({ data, layout })
  return LIVE_WIDTHS_MM.filter((width) => width !== widthMm).flatMap((width): OtherLayout[] => {
    try {
      const other = plotlyJson(forWidth(width))
      return [{ width, changes: difference(base, asJson({ data: other.data, layout: other.layout })) }]
    } catch {
      return []
    }
  })
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value))

const rounded = (value: number): number => Math.round(100 * value) / 100
