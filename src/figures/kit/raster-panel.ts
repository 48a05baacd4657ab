import type { Layout } from 'plotly.js'
import { type Area, addPanel, type Page, panelNames } from './page.js'
import { type Raster, rasterRanges } from './raster.js'
import { hiddenAxis } from './theme.js'

/** Adds panel `index` for a raster that fills `area`; zooming into it shows the same place in panel `linked` of the same size, if told. */
export function addRasterPanel(
  layout: Partial<Layout>,
  sheet: Page,
  area: Area,
  shape: Raster,
  index: number,
  linked: number = index,
): void {
  const { left, top, width, height } = area
  const domains = sheet.domains({ left: left - 1, top: top - 1, width: width + 2, height: height + 2 })
  const ranges = rasterRanges(shape, width)
  const { x, y } = panelNames(linked)
  const isLinked = linked !== index
  addPanel(
    layout,
    index,
    hiddenAxis({ domain: domains.x, range: ranges.x, ...(isLinked ? { matches: x } : {}) }),
    hiddenAxis({ domain: domains.y, range: ranges.y, ...(isLinked ? { matches: y } : {}) }),
  )
}
