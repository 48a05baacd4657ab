import type { Legend } from 'plotly.js'
import type { Page } from './page.js'
import { fitText, textWidth } from './text-width.js'
import { smallFont } from './theme.js'
import { mm } from './units.js'

const SWATCH = 49 // a sample of 30 pixels with plotly's paddings
const ROW = 19

/** The height of a legend across the page in CSS pixels: plotly sets entries in columns of the widest one. */
export function legendHeight(names: readonly string[], width: number): number {
  const widths = names.map((name) => SWATCH + textWidth(name))
  if (widths.reduce((sum, width) => sum + width, 0) <= width) return ROW + 4
  const columns = Math.max(1, Math.floor(width / Math.max(...widths)))
  return Math.ceil(names.length / columns) * ROW + 4
}

/** A name as the legend of a page can hold it, cut where it is wider than half of the page. */
export const legendName = (name: string, widthMm: number): string => fitText(name, mm(widthMm) / 2 - SWATCH)

/** The legend's settings: centred at `top` CSS pixels from the page's upper edge, in the order of the traces. */
export function legendLine(page: Page, top = 0): Partial<Legend> {
  return {
    orientation: 'h',
    x: 0.5,
    xanchor: 'center',
    y: 1 - top / page.height,
    yanchor: 'top',
    font: smallFont,
    traceorder: 'normal',
    itemwidth: 30,
    bgcolor: 'rgba(0,0,0,0)',
  }
}
