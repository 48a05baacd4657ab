import type { Annotations, PlotData } from 'plotly.js'
import { type Area, addPanel, type Page, panelNames } from './page.js'
import { DIVERGING, SEQUENTIAL } from './palette.js'
import { isSigned } from './raster.js'
import { textWidth } from './text-width.js'
import { hiddenAxis, MUTED, SMALL_TEXT } from './theme.js'

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
  if (signed < maps.length) bars.push({ scale: SEQUENTIAL, low: '0', high: end })
  if (signed > 0)
    bars.push({ scale: DIVERGING, low: 'negative', high: `positive, ${end}`, note: '; grey: 0' })
  return bars
}

/** Draws the bars at the foot of a page, as panels from number `firstIndex` on of its layout. */
export function drawColorBars(
  bars: readonly ColorBar[],
  sheet: Page,
  layout: object,
  firstIndex: number,
): { data: Partial<PlotData>[]; annotations: Partial<Annotations>[] } {
  const [width, height] = [72, 7]
  const lead = sheet.width > 400 ? 'Relevance in each map' : 'Relevance'
  const data: Partial<PlotData>[] = []
  const annotations: Partial<Annotations>[] = []
  bars.forEach((bar, i) => {
    const high = sheet.width > 400 ? bar.high + (bar.note ?? '') : bar.high
    // A single bar is centred with its texts; several stand under each other.
    const shift = bars.length > 1 ? 0 : (textWidth(`${lead}: ${bar.low}`) - textWidth(high)) / 2
    const top = sheet.height - 15 - BAR_PITCH * (bars.length - 1 - i)
    const area: Area = { left: Math.round((sheet.width - width) / 2 + shift), top, width, height }
    const { x, y } = sheet.domains(area)
    const names = panelNames(firstIndex + i)
    addPanel(
      layout,
      firstIndex + i,
      hiddenAxis({ domain: x, range: [-0.5, SHADES - 0.5], fixedrange: true }),
      hiddenAxis({ domain: y, range: [-0.5, 0.5], fixedrange: true }),
    )
    data.push({
      type: 'heatmap',
      xaxis: names.x,
      yaxis: names.y,
      z: [Array.from({ length: SHADES }, (_, step) => step)],
      colorscale: bar.scale,
      showscale: false,
      hoverinfo: 'skip',
    })
    const label = (x: number, text: string, xanchor: 'left' | 'right') =>
      sheet.label(x, top + height / 2, text, { xanchor, font: { size: SMALL_TEXT, color: MUTED } })
    annotations.push(
      label(area.left - 4, `${lead}: ${bar.low}`, 'right'),
      label(area.left + width + 4, high, 'left'),
    )
  })
  return { data, annotations }
}

const SHADES = 64

function ordinal(percent: number): string {
  const text = String(Math.round(percent * 10) / 10)
  if (/(^|[^1])1$/.test(text)) return `${text}st`
  if (/(^|[^1])2$/.test(text)) return `${text}nd`
  if (/(^|[^1])3$/.test(text)) return `${text}rd`
  return `${text}th`
}
