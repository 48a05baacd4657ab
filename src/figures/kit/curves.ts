import type { PlotData } from 'plotly.js'
import type { Panel } from './drawing.js'
import { look } from './look.js'
import { dashOf, type SeriesStyle } from './palette.js'

/** A point of a curve with its interval. */
export interface CurvePoint {
  readonly x: number | string
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The legend entry of a series: its line with one marker. */
export function curveKey(group: string, style: SeriesStyle, name: string): Partial<PlotData> {
  const { color, symbol } = style
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    legendgroup: group,
    x: [null],
    y: [null],
    line: { color, width: 1.3, dash: dashOf(style) },
    marker: { symbol, size: 5, color, line: { color: look.ink, width: 0.5 } },
    hoverinfo: 'skip',
  }
}

/** How a curve is drawn. */
export interface CurveLook {
  readonly group: string
  readonly style: SeriesStyle
  /** In lists of traces. */
  readonly name: string
  /** What a point says under the mouse, by plotly's template; `customdata` holds its interval. */
  readonly hover: string
  /** Whether every point has its marker. Default: four of a curve. */
  readonly isMarked?: boolean
}

/** The lower bound, the upper bound filled down to it, and the curve on top. */
export function curve(
  points: readonly CurvePoint[],
  { group, style, name, hover, isMarked = false }: CurveLook,
  { names }: Panel,
): Partial<PlotData>[] {
  const common = {
    type: 'scatter' as const,
    xaxis: names.x,
    yaxis: names.y,
    legendgroup: group,
    showlegend: false,
    x: points.map(({ x }) => x),
  }
  const bound = {
    ...common,
    mode: 'lines' as const,
    line: { width: 0, color: style.color },
    hoverinfo: 'skip' as const,
  }
  const marked = isMarked ? 1 : Math.max(1, Math.round(points.length / 4))
  return [
    { ...bound, y: points.map((point) => point.low) },
    { ...bound, y: points.map((point) => point.high), fill: 'tonexty', fillcolor: `${style.color}33` },
    {
      ...common,
      mode: 'lines+markers',
      name,
      y: points.map((point) => point.value),
      customdata: points.map((point) => [point.low, point.high]),
      line: { color: style.color, width: 1.3, dash: dashOf(style) },
      marker: {
        symbol: style.symbol,
        size: points.map((_, i) => (i % marked === 0 ? 5 : 0)),
        color: style.color,
        line: { color: look.ink, width: 0.5 },
      },
      hovertemplate: hover,
    },
  ]
}
