import type { Drawing, Panel } from './drawing.js'
import { type Area, panelNames } from './page.js'
import { type Raster, rasterRanges } from './raster.js'
import { hiddenAxis } from './theme.js'

/** Adds a panel for a raster that fills `area`; zooming into it shows the same place in panel `linked` of the same size, if told. */
export function addRasterPanel(
  drawing: Drawing,
  area: Area,
  shape: Raster,
  linked: number = drawing.next,
): Panel {
  const { left, top, width, height } = area
  const ranges = rasterRanges(shape, width)
  const { x, y } = panelNames(linked)
  const isLinked = linked !== drawing.next
  return drawing.panel(
    { left: left - 1, top: top - 1, width: width + 2, height: height + 2 },
    { range: ranges.x, ...(isLinked ? { matches: x } : {}) },
    { range: ranges.y, ...(isLinked ? { matches: y } : {}) },
    hiddenAxis,
  )
}
