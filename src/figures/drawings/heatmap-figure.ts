import type { Annotations, PlotData, Shape } from 'plotly.js'
import { BAR_PITCH, type ColorBar, colorBars, drawColorBars } from '../kit/color-bars.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import {
  describeHeatmaps,
  type HeatmapCell,
  type HeatmapLine,
  type HeatmapRow,
  heatmapGrid,
} from './heatmap-grid.js'
import { METHODS, methodLongName, methodName, networkName } from '../kit/names.js'
import { type Area, divide, type Page, page, panelNames } from '../kit/page.js'
import { assertShape, itemFrames, outline, picture, relevanceMap, relevanceScale } from '../kit/raster.js'
import { addRasterPanel } from '../kit/raster-panel.js'
import { textWidth } from '../kit/text-width.js'
import { INK, SMALL_TEXT, smallFont, TEXT } from '../kit/theme.js'
import { mm } from '../kit/units.js'

export type { HeatmapRow } from './heatmap-grid.js'

export interface HeatmapOptions {
  /** Items in a sequence; 3 by default. */
  readonly items?: number
  /** The quantile of the absolute relevance, per map, from which on the colour no longer changes; 0.99 by default, 1 for the maximum. */
  readonly clip?: number
}

const [GAP, CAPTION, HEADING] = [8, 15, 13]

/**
 * Heatmaps of relevance, a column per method and a line per network, sequence by sequence; the relevant items are framed, the cosine
 * similarity and the prediction stand beside each map.
 *
 * @throws if there are no rows, values or pixels do not fill a map, or `clip` is not in (0, 1]
 */
export function heatmapFigure(rows: readonly HeatmapRow[], options: HeatmapOptions = {}): Figure {
  const { items = 3, clip = 0.99 } = options
  if (rows.length === 0) throw new Error('The heatmap figure needs at least one row')
  if (!(clip > 0 && clip <= 1)) throw new Error(`clip is ${clip}; it must be a quantile above 0 and up to 1`)
  for (const row of rows) {
    const what = `${methodName(row.method)} on ${networkName(row.network)}, ${row.sample}`
    assertShape(row.values, row, `Relevance of ${what}`)
    if (row.pixels) assertShape(row.pixels, row, `Pixels of ${what}`)
    if (row.columns % items !== 0) {
      throw new Error(`${row.columns} columns cannot be divided among ${items} items`)
    }
  }
  return figureFrom((widthMm) => draw(rows, { items, clip }, widthMm))
}

function draw(rows: readonly HeatmapRow[], options: Required<HeatmapOptions>, widthMm: number): Figure {
  const narrow = widthMm < 130
  const lines = heatmapGrid(rows)
  const bars = colorBars(rows, options.clip)
  const { sheet, areas } = place(lines, rows[0]!, bars, widthMm)
  const layout = sheet.layout({})
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const heading = headings(lines, areas)
  let panels = 0
  lines.forEach((line, i) => {
    const first = line.cells.findIndex((cell) => cell.map ?? cell.input)
    if (!narrow && first >= 0) annotations.push(lineLabel(sheet, line, areas[i]![first]!))
    line.cells.forEach((cell, column) => {
      const area = areas[i]![column]!
      if (cell.heading !== undefined) {
        const lift = isCaptioned(line, narrow) ? CAPTION - 1 : 2
        annotations.push(centred(sheet, area, lift, heading(cell.heading)))
      }
      const shown = cell.map ?? cell.input
      if (!shown) return
      const at = { panel: panelNames(panels) }
      addRasterPanel(layout, sheet, area, shown, panels++, 0)
      data.push(...cellData(cell, at, options.clip))
      shapes.push(...itemFrames(shown, options.items, shown.relevant, at))
      if (narrow && column === first) annotations.push(caption(sheet, area, line.label, 'left'))
      if (cell.map?.cosine !== undefined) {
        annotations.push(caption(sheet, area, `cos ${cell.map.cosine.toFixed(2)}`, 'right'))
      }
      if (cell.map?.title && !line.note && !narrow)
        annotations.push(caption(sheet, area, cell.map.title, 'left'))
    })
  })
  const legend = drawColorBars(bars, sheet, layout, panels)
  return {
    data: [...data, ...legend.data],
    layout: { ...layout, shapes, annotations: [...annotations, ...legend.annotations] },
    alt: describeHeatmaps(rows),
  }
}

/** A page and the area of every cell. */
function place(
  lines: readonly HeatmapLine[],
  shape: HeatmapRow,
  bars: readonly ColorBar[],
  widthMm: number,
): { sheet: Page; areas: Area[][] } {
  const narrow = widthMm < 130
  const widest = Math.max(
    ...lines.map((line) => Math.max(textWidth(line.label, TEXT), textWidth(line.note ?? ''))),
  )
  const left = narrow ? 2 : widest + 12
  const slots = divide(left, mm(widthMm) - left - 3, lines[0]!.cells.length, GAP)
  const height = Math.round((slots[0]!.size * shape.rows) / shape.columns)
  let top = 2
  const areas = lines.map((line) => {
    if (line.starts) top += 14
    if (line.cells.some((cell) => cell.heading !== undefined)) top += HEADING + 2
    top += isCaptioned(line, narrow) ? CAPTION : GAP
    const own = slots.map(({ start, size }): Area => ({ left: start, top, width: size, height }))
    top += height
    return own
  })
  return { sheet: page(widthMm, Math.ceil(top) + 14 + BAR_PITCH * bars.length), areas }
}

/** Whether texts stand right over the maps of a line. */
const isCaptioned = (line: HeatmapLine, narrow: boolean): boolean =>
  narrow ||
  line.cells.some((cell) => cell.map && (cell.map.cosine !== undefined || (cell.map.title && !line.note)))

function cellData(cell: HeatmapCell, at: Parameters<typeof picture>[2], clip: number): Partial<PlotData>[] {
  const { map, input } = cell
  if (input?.pixels) return [picture(input.pixels, input, at)]
  if (!map) return []
  const name = `${networkName(map.network)}, ${methodLongName(map.method)}`
  const relevance = relevanceMap(map.values, map, at, { scale: relevanceScale(map.values, clip), name })
  return map.pixels ? [relevance, outline(map.pixels, map, at)] : [relevance]
}

function lineLabel(sheet: Page, line: HeatmapLine, area: Area): Partial<Annotations> {
  const note = line.note ? `<br><span style="font-size:${SMALL_TEXT}px">${line.note}</span>` : ''
  return sheet.label(2, area.top + area.height / 2, line.label + note, { align: 'left' })
}

const caption = (sheet: Page, area: Area, text: string, side: 'left' | 'right'): Partial<Annotations> =>
  sheet.label(side === 'left' ? area.left : area.left + area.width, area.top - 1, text, {
    xanchor: side,
    yanchor: 'bottom',
    font: smallFont,
  })

const centred = (sheet: Page, area: Area, lift: number, text: string): Partial<Annotations> =>
  sheet.label(area.left + area.width / 2, area.top - lift, text, {
    xanchor: 'center',
    yanchor: 'bottom',
    font: { size: TEXT, color: INK },
  })

/** How headings read: methods by their full names where all of them fit over their columns. */
function headings(
  lines: readonly HeatmapLine[],
  areas: readonly (readonly Area[])[],
): (heading: string) => string {
  const isMethod = (heading: string) => METHODS.some((method) => method === heading)
  const full = (heading: string) => `${methodLongName(heading)} (${methodName(heading)})`
  const used = lines.flatMap((line) => line.cells.flatMap((cell) => cell.heading ?? [])).filter(isMethod)
  const fits = used.every((heading) => textWidth(full(heading), TEXT) < areas[0]![0]!.width)
  return (heading) => (fits && isMethod(heading) ? full(heading) : methodName(heading))
}
