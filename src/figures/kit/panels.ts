import { legendSize } from './legend.js'
import { type Area, divide, type Page, page } from './page.js'
import { mm } from './units.js'

/** How panels of one size are set out on a page; lengths in CSS pixels. */
export interface Arrangement {
  readonly count: number
  readonly columns: number
  readonly panelHeight: number
  /** Room for axis labels left of the first panel. */
  readonly left: number
  /** Room right of the last panel. */
  readonly right: number
  /** Room between panels of a row. */
  readonly gap: number
  /** Room under each panel. */
  readonly bottom: number
  /** Room over each panel, for its title. */
  readonly title?: number
  /** The names in the legend at the top of the page; none without it. */
  readonly legend?: readonly string[]
}

/** A page of the height that the panels need, and the area of each, row by row. */
export function arrange(widthMm: number, arrangement: Arrangement): { sheet: Page; areas: Area[] } {
  const { count, columns, panelHeight, left, right, gap, bottom, title = 20, legend = [] } = arrangement
  const legendHeight = legend.length > 0 ? legendSize(legend, mm(widthMm)).height : 0
  const pitch = title + panelHeight + bottom
  const sheet = page(widthMm, legendHeight + Math.ceil(count / columns) * pitch)
  const slots = divide(left, sheet.width - left - right, columns, gap)
  const areas = Array.from({ length: count }, (_, i) => ({
    left: slots[i % columns]!.start,
    top: legendHeight + Math.floor(i / columns) * pitch + title,
    width: slots[i % columns]!.size,
    height: panelHeight,
  }))
  return { sheet, areas }
}

/** The name of a panel, centred over it. */
export function panelTitle(sheet: Page, area: Area, text: string) {
  return sheet.label(area.left + area.width / 2, area.top - 4, text, { xanchor: 'center', yanchor: 'bottom' })
}
