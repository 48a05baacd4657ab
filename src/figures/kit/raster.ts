import type { PlotData, Shape } from 'plotly.js'
import { look } from './look.js'
import type { PanelNames } from './page.js'
import { diverging, inkOnPaper, sequential } from './palette.js'

/** Seen on white without being taken for data. */
const FRAME = '#8c8c8c'

/** A picture or a map over one: row-major values of `rows` × `columns`. */
export interface Raster {
  readonly rows: number
  readonly columns: number
}

/** @throws if the number of values is not `rows` × `columns`, naming `what` they are */
export function assertShape(values: ArrayLike<number>, { rows, columns }: Raster, what: string): void {
  if (values.length !== rows * columns) {
    throw new Error(`${what}: ${values.length} values do not fill ${rows} rows of ${columns} columns`)
  }
}

/** Grey values 0…255 as ink on paper. */
export function picture(pixels: ArrayLike<number>, shape: Raster, at: Placement): Partial<PlotData> {
  return {
    type: 'heatmap',
    ...placed(at),
    z: matrix(pixels, shape, (value) => value),
    zmin: 0,
    zmax: 255,
    colorscale: inkOnPaper(),
    showscale: false,
    hoverinfo: 'skip',
  }
}

/**
 * Relevance as colour: white to red where all of it is ≥ 0, else blue over white to red. What lies beyond the scale's end shares the last
 * colour; hovering shows every value if the map has a `name`.
 */
export function relevanceMap(
  values: ArrayLike<number>,
  shape: Raster,
  at: Placement,
  options: { scale: RelevanceScale; name?: string },
): Partial<PlotData> {
  const { signed, end } = options.scale
  // Whole multiples of a power of ten take two bytes each in a notebook.
  const exponent = wholeExponent(values)
  const whole = 10 ** exponent
  return {
    type: 'heatmap',
    ...placed(at),
    z: matrix(values, shape, (value) => Math.round(value * whole) || 0), // no −0
    zmin: signed ? -end * whole : 0,
    zmax: end * whole,
    colorscale: signed ? diverging() : sequential(),
    showscale: false,
    ...(options.name
      ? {
          hovertemplate: `<b>${options.name}</b><br>row %{y}, column %{x}: ${hoverRelevance(values)}<extra></extra>`,
        }
      : { hoverinfo: 'skip' }),
  }
}

/** A map's value in hover templates. */
export function hoverRelevance(values: ArrayLike<number>): string {
  const exponent = wholeExponent(values)
  return `relevance %{z}${exponent === 0 ? '' : ` × 10<sup>${exponent > 0 ? '−' : ''}${Math.abs(exponent)}</sup>`}`
}

/** The power of ten that makes whole numbers of values, the largest of at most 16 bits. */
function wholeExponent(values: ArrayLike<number>): number {
  const largest = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest > 0 ? Math.floor(Math.log10(MOST_16_BIT / largest)) : 0
}

const MOST_16_BIT = 32_767

/** What the colours of a relevance map stand for. */
export interface RelevanceScale {
  /** Whether they diverge from 0. */
  readonly signed: boolean
  /** The absolute relevance of the last colour. */
  readonly end: number
}

/** The scale on which the quantile `clip` of the absolute values has the last colour: single strong pixels would pale the rest. */
export function relevanceScale(values: ArrayLike<number>, clip: number): RelevanceScale {
  const sizes = Array.from(values, Math.abs).sort((a, b) => a - b)
  const quantile = sizes[Math.min(sizes.length - 1, Math.floor(clip * sizes.length))]
  return { signed: isSigned(values), end: quantile || sizes.at(-1) || 1 }
}

export const isSigned = (values: ArrayLike<number>): boolean => Array.from(values).some((value) => value < 0)

/** The outline of what is drawn in a picture, as a thin line over a map. */
export function outline(pixels: ArrayLike<number>, shape: Raster, at: Placement): Partial<PlotData> {
  return {
    type: 'contour',
    ...placed(at),
    z: matrix(pixels, shape, (value) => Math.round(value / 16)), // 16 levels suffice and keep the notebook small
    autocontour: false,
    contours: { start: 6.5, end: 6.5, size: 1, coloring: 'none' },
    line: { color: look.muted, width: 0.45, smoothing: 0.6 },
    showscale: false,
    hoverinfo: 'skip',
  }
}

/** Where a raster goes: the axes, and the coordinates of its first cell's centre and between centres. */
export interface Placement {
  readonly panel: PanelNames
  readonly x0?: number
  readonly y0?: number
  readonly cell?: number
}

/**
 * The axis ranges of a panel that shows a raster with one more pixel on every side, so that frames are not cut, given the raster's
 * width in CSS pixels; y runs downwards.
 */
export function rasterRanges(
  { rows, columns }: Raster,
  width: number,
): { x: [number, number]; y: [number, number] } {
  const pixel = columns / width
  return { x: [-0.5 - pixel, columns - 0.5 + pixel], y: [rows - 0.5 + pixel, -0.5 - pixel] }
}

/** A frame around each item, strong around the relevant ones. Items stand side by side, `columns / items` wide. */
export function itemFrames(
  { rows, columns }: Raster,
  items: number,
  relevant: readonly number[],
  { panel, x0 = 0, y0 = 0, cell = 1 }: Placement,
): Partial<Shape>[] {
  const width = (columns / items) * cell
  const [left, top] = [x0 - cell / 2, y0 - cell / 2]
  const frame = (item: number, line: Partial<Shape>['line']): Partial<Shape> => ({
    type: 'rect',
    xref: panel.x,
    yref: panel.y,
    x0: left + item * width,
    x1: left + (item + 1) * width,
    y0: top,
    y1: top + rows * cell,
    line,
  })
  const all = Array.from({ length: items }, (_, item) => item)
  return [
    ...all
      .filter((item) => !relevant.includes(item))
      .map((item) => frame(item, { color: FRAME, width: 0.5 })),
    ...relevant.map((item) => frame(item, { color: look.ink, width: 1.1 })),
  ]
}

function placed({ panel, x0 = 0, y0 = 0, cell = 1 }: Placement) {
  return { xaxis: panel.x, yaxis: panel.y, x0, y0, dx: cell, dy: cell }
}

function matrix(
  values: ArrayLike<number>,
  { rows, columns }: Raster,
  of: (value: number) => number,
): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => of(values[row * columns + column]!)),
  )
}
