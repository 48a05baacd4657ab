import type { PlotData } from 'plotly.js'
import type { Board, Point } from './board.js'
import type { Drawing } from './drawing.js'
import { look } from './look.js'
import { type Area, type PanelNames, panelNames } from './page.js'
import { diverging, sequential } from './palette.js'
import { isSigned } from './raster.js'
import { textWidth } from './text-width.js'
import { hiddenAxis } from './theme.js'

/** A colour scale that a page's maps use, with what its ends mean. */
export interface ColorBar {
  readonly scale: [number, string][]
  readonly low: string
  readonly high: string
  /** Follows on pages with room for it. */
  readonly note?: string
}

export const BAR_PITCH = 14

/** The scales that maps need, from 0 or around 0 or both; `clip` is the quantile of the absolute values where colours end. */
export function colorBars(maps: readonly { readonly values: ArrayLike<number> }[], clip: number): ColorBar[] {
  const end = clip < 1 ? `${ordinal(100 * clip)} percentile` : 'maximum'
  const signed = maps.filter((map) => isSigned(map.values)).length
  const bars: ColorBar[] = []
  if (signed < maps.length) bars.push({ scale: sequential(), low: '0', high: end })
  if (signed > 0)
    bars.push({
      scale: diverging(),
      low: 'negative',
      high: `positive, ${end}`,
      note: `; ${look.isDark ? 'dark' : 'white'}: 0`,
    })
  return bars
}

/** Draws the bars at the foot of a page, each in a panel. */
export function drawColorBars(
  bars: readonly ColorBar[],
  drawing: Drawing,
  name = 'Relevance in each map',
): void {
  const { page } = drawing
  const [width, height] = [72, 7]
  const highOf = (bar: ColorBar) => (page.width > 400 ? bar.high + (bar.note ?? '') : bar.high)
  const needed = (bar: ColorBar) => textWidth(`${name}: ${bar.low}`) + width + textWidth(highOf(bar)) + 20
  const isWhole =
    page.width > 400 || (!name.includes(' in ') && bars.every((bar) => needed(bar) <= page.width))
  const lead = isWhole ? name : name.replace(/( in|,) .*/, '')
  const leastLeft = Math.max(...bars.map((bar) => textWidth(`${lead}: ${bar.low}`))) + 8
  bars.forEach((bar, i) => {
    const high = highOf(bar)
    // A single bar is centred with its texts; several stand under each other.
    const shift = bars.length > 1 ? 0 : (textWidth(`${lead}: ${bar.low}`) - textWidth(high)) / 2
    const top = page.height - 15 - BAR_PITCH * (bars.length - 1 - i)
    const left = Math.round(Math.max((page.width - width) / 2 + shift, leastLeft))
    const area: Area = { left, top, width, height }
    const { names } = drawing.panel(
      area,
      { range: [-0.5, SHADES - 0.5], fixedrange: true },
      { range: [-0.5, 0.5], fixedrange: true },
      hiddenAxis,
    )
    const label = (x: number, text: string, xanchor: 'left' | 'right') =>
      page.label(x, top + height / 2, text, { xanchor, font: { size: look.small, color: look.muted } })
    drawing.add({
      data: [shades(bar, names)],
      annotations: [
        label(area.left - 4, `${lead}: ${bar.low}`, 'right'),
        label(area.left + width + 4, high, 'left'),
      ],
    })
  })
}

/** Draws a bar on a board, its middle at a point. */
export function drawColorBarOn(board: Board, bar: ColorBar, [x, y]: Point, name: string): void {
  const [width, height] = [72, 7]
  const left = Math.round(x - width / 2)
  const dx = width / SHADES
  const label = (at: number, text: string, xanchor: 'left' | 'right') =>
    board.text(at, y, text, { xanchor, font: { size: look.small, color: look.muted } })
  board.data.push({
    ...shades(bar, panelNames(0)),
    ...{ x0: left + dx / 2, dx, y0: y, dy: height },
  })
  label(left - 4, `${name}: ${bar.low}`, 'right')
  label(left + width + 4, bar.high + (bar.note ?? ''), 'left')
}

const shades = ({ scale }: ColorBar, { x, y }: PanelNames): Partial<PlotData> => ({
  type: 'heatmap',
  xaxis: x,
  yaxis: y,
  z: [Array.from({ length: SHADES }, (_, step) => step)],
  colorscale: scale,
  showscale: false,
  hoverinfo: 'skip',
})

const SHADES = 64

function ordinal(percent: number): string {
  const text = String(Math.round(percent * 10) / 10)
  if (/(^|[^1])1$/.test(text)) return `${text}st`
  if (/(^|[^1])2$/.test(text)) return `${text}nd`
  if (/(^|[^1])3$/.test(text)) return `${text}rd`
  return `${text}th`
}
