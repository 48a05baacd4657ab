import { type DarkPage, darkened } from './dark-figure.js'
import type { LiveFigureData, Spec } from './live-figure-data.js'

/** Where a figure is shown. */
export interface Place {
  /** In CSS pixels. */
  readonly width: number
  /** Size of the text around it, in CSS pixels. */
  readonly prose: number
  /** The page, where it is a dark one. */
  readonly dark: DarkPage | null
}

/** A figure as plotly is to draw it. */
export interface Fitted extends Spec {
  /** By how much the drawing is enlarged, so that its text is as large as the prose. */
  readonly scale: number
  /** Size before it is enlarged. */
  readonly width: number
  readonly height: number
}

/** Plotly's own, where a layout names none. */
const DEFAULT_HEIGHT = 450

/**
 * The figure for a place: the layout for the widest width that fits, stretched to the place's with its text as it is, on the page's
 * colour.
 */
export function fitted({ text, specs }: LiveFigureData, { width: outer, prose, dark }: Place): Fitted {
  const scale = prose / text
  const wanted = outer / scale
  const fitting = specs.findLast(({ width }) => width !== null && width <= wanted) ?? specs[0]!
  const { data, layout } = fitting.spec()
  const stretch = fitting.width === null ? 1 : Math.max(1, wanted / fitting.width)
  // Narrower than the narrowest layout, the figure scrolls.
  const width = fitting.width === null ? wanted : Math.max(wanted, fitting.width)
  const margins = marginsOf(layout)
  const inner = (numberOf(layout.height) ?? DEFAULT_HEIGHT) - margins
  const height = inner * stretch + margins
  const placed = {
    ...layout,
    width,
    height,
    autosize: false,
    paper_bgcolor: page(layout.paper_bgcolor),
    plot_bgcolor: page(layout.plot_bgcolor),
  }
  return {
    scale,
    width,
    height,
    data: dark ? darkened(data as never, dark) : data,
    layout: dark ? darkened(placed as never, dark) : placed,
  }
}

/** A white page is whatever the page is. */
const page = (color: unknown): unknown =>
  color === undefined || /^(white|#fff|#ffffff)$/i.test(String(color)) ? 'rgba(0,0,0,0)' : color

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function marginsOf({ margin }: Spec['layout']): number {
  const { t = 100, b = 80 } = (margin ?? {}) as { t?: number; b?: number }
  return t + b
}
