import type { Annotations, PlotData } from 'plotly.js'
import { BAR_PITCH, type ColorBar, colorBars, drawColorBars } from '../kit/color-bars.js'
import { type Drawing, drawingOn } from '../kit/drawing.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { methodLongName, methodName, networkName } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { type Area, divide, type Page, page } from '../kit/page.js'
import {
  assertShape,
  itemFrames,
  outline,
  type Placement,
  picture,
  type RelevanceScale,
  relevanceMap,
} from '../kit/raster.js'
import { addRasterPanel } from '../kit/raster-panel.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { assertItems } from '../kit/steps.js'
import { fitText, lineCount, textWidth, wrapText } from '../kit/text-width.js'
import { smallFont } from '../kit/theme.js'
import { mm } from '../kit/units.js'
import {
  describeHeatmaps,
  type Heading,
  type HeatmapCell,
  type HeatmapLine,
  type HeatmapRow,
  heatmapGrid,
  scoreTexts,
} from './heatmap-grid.js'
import { type HeatmapScale, relevanceScales, SCALE_NAMES } from './heatmap-scale.js'

export type { HeatmapRow, Score } from './heatmap-grid.js'
export type { HeatmapScale } from './heatmap-scale.js'

export interface HeatmapOptions {
  /** Items in a sequence, where rows do not say. */
  readonly items?: number
  /** The quantile of the absolute relevance, per map, from which on the colour no longer changes; 1 for the maximum. Default: 0.99. */
  readonly clip?: number
  /**
   * Which maps share one colour scale: `'map'` gives each its own, which shows where relevance lies and not how strong it is; `'method'`
   * makes the maps of a method comparable, `'figure'` all maps. The foot of the figure says which. Default: 'map'.
   */
  readonly scale?: HeatmapScale
}

const [GAP, CAPTION, HEADING] = [8, 15, 13]

const FIELDS = ['network', 'method', 'sample', 'rows', 'columns', 'values', 'relevant'] as const

/**
 * Heatmaps of relevance, a column per method and a line per network, sequence by sequence; the relevant items are framed, the scores
 * and the prediction stand beside each map.
 *
 * @throws Error where there is no row, values or pixels do not fill a map, nobody says how many items there are, `clip` is not in (0, 1] or `scale` unknown
 * @example
 * heatmapFigure([explained.heatmap(0), explained.heatmap(1)])
 */
export function heatmapFigure(rows: Rows<HeatmapRow>, options: HeatmapOptions = {}): Figure {
  const { clip = 0.99, scale = 'map' } = options
  const all = rowsOf(rows, { figure: 'heatmap', fields: FIELDS }).map((row) => checked(row, options.items))
  if (!(clip > 0 && clip <= 1)) throw new Error(`clip is ${clip}; it must be a quantile above 0 and up to 1`)
  const scaleOf = relevanceScales(all, { clip, scale })
  return figureOf(all, { clip, scale, scaleOf })
}

/** Sections are sequences, or networks where there is one sequence; their colours are those of the whole. */
const figureOf = (rows: readonly HeatmapRow[], coloured: Coloured): Figure =>
  figureFrom((widthMm) => draw(rows, coloured, widthMm), {
    rows: () => rows.map(({ pixels: _, title: __, ...row }) => row),
    sections: sectionsBy(
      rows,
      rows.every(({ sample }) => sample === rows[0]!.sample)
        ? ({ network }) => networkName(network)
        : ({ sample }) => sample,
      (some) => figureOf(some, coloured),
    ),
  })

/** How relevance becomes colour. */
interface Coloured {
  readonly clip: number
  readonly scale: HeatmapScale
  readonly scaleOf: (map: HeatmapRow) => RelevanceScale
}

function checked(row: HeatmapRow, itemsOfAll: number | undefined): HeatmapRow {
  const what = `${methodName(row.method)} on ${networkName(row.network)}, ${row.sample}`
  assertShape(row.values, row, `Relevance of ${what}`)
  if (row.pixels) assertShape(row.pixels, row, `Pixels of ${what}`)
  const items = row.items ?? itemsOfAll
  if (items === undefined)
    throw new Error(
      `items of ${what} is undefined; say in the rows or the options how many items a sequence has`,
    )
  assertItems(row, items)
  return { ...row, items }
}

function draw(rows: readonly HeatmapRow[], coloured: Coloured, widthMm: number): Figure {
  const isNarrow = isNarrowPage(widthMm)
  const lines = heatmapGrid(rows).map((line) => wrapped(line, widthMm))
  const bars = colorBars(rows, coloured.clip)
  const { sheet, areas, labelHeight } = place(lines, bars, widthMm)
  const drawing = drawingOn(sheet)
  const heading = headings(lines, areas)
  const shape = rows[0]!
  lines.forEach((line, i) => {
    const first = line.cells.findIndex((cell) => cell.map ?? cell.input)
    if (!isNarrow && first >= 0) drawing.add({ annotations: [lineLabel(sheet, line, areas[i]![first]!)] })
    line.cells.forEach((cell, column) => {
      const area = areas[i]![column]!
      if (cell.heading !== undefined) {
        const lift = isCaptioned(line, isNarrow) ? CAPTION - 1 + labelHeight : 2
        drawing.add({ annotations: [centred(sheet, area, lift, heading(cell.heading))] })
      }
      drawCell(drawing, cell, area, { scaleOf: coloured.scaleOf, shape })
      const label = isNarrow && column === first ? { text: line.label, lift: labelHeight } : undefined
      drawing.add({ annotations: captions(sheet, cell, area, label, !line.note && !isNarrow) })
    })
  })
  drawColorBars(bars, drawing, SCALE_NAMES[coloured.scale])
  return drawing.figure(describeHeatmaps(rows))
}

function drawCell(
  drawing: Drawing,
  cell: HeatmapCell,
  area: Area,
  { scaleOf, shape }: { readonly scaleOf: Coloured['scaleOf']; readonly shape: HeatmapRow },
): void {
  const shown = cell.map ?? cell.input
  if (!shown) return
  // Zooming into one map zooms into all that show the same pixels.
  const isAlike = shown.rows === shape.rows && shown.columns === shape.columns
  const { names } = addRasterPanel(drawing, area, shown, isAlike ? 0 : drawing.next)
  const at = { panel: names }
  drawing.add({
    data: cellData(cell, at, scaleOf),
    shapes: itemFrames(shown, shown.items!, shown.relevant, at),
  })
}

/** What stands right over a map: a label or its title to the left, its scores to the right. */
function captions(
  sheet: Page,
  { map }: HeatmapCell,
  area: Area,
  label: { readonly text: string; readonly lift: number } | undefined,
  isTitled: boolean,
): Partial<Annotations>[] {
  const texts = map ? scoreTexts(map) : []
  // As many scores as there is room for, the first in any case.
  while (texts.length > 1 && textWidth(texts.join(', ')) > area.width) texts.pop()
  const scores = texts.join(', ')
  const room = area.width - (scores ? textWidth(scores) + 6 : 0)
  return [
    ...(label === undefined ? [] : [lineCaption(sheet, area, label, room)]),
    ...(scores ? [caption(sheet, area, scores, 'right')] : []),
    ...(map?.title && isTitled ? [caption(sheet, area, fitText(map.title, room), 'left')] : []),
  ]
}

/** The name of a line over its first map, beside the scores or over them. */
const lineCaption = (sheet: Page, area: Area, label: { text: string; lift: number }, room: number) =>
  label.lift > 0
    ? caption(
        sheet,
        { ...area, top: area.top - label.lift },
        fitText(label.text, sheet.width - area.left - 4),
        'left',
      )
    : caption(sheet, area, fitText(label.text, room), 'left')

/** A line whose label takes no more than a fourth of the page. */
function wrapped(line: HeatmapLine, widthMm: number): HeatmapLine {
  if (isNarrowPage(widthMm)) return line
  const most = mm(widthMm) / 4
  const label = wrapText(line.label, most, look.text)
    .split('<br>')
    .map((part) => fitText(part, most, look.text))
    .join('<br>')
  return { ...line, label, ...(line.note ? { note: wrapText(line.note, most) } : {}) }
}

/** A page and the area of every cell. */
function place(
  lines: readonly HeatmapLine[],
  bars: readonly ColorBar[],
  widthMm: number,
): { sheet: Page; areas: Area[][]; labelHeight: number } {
  const isNarrow = isNarrowPage(widthMm)
  const widest = Math.max(
    ...lines.map((line) => Math.max(textWidth(line.label, look.text), textWidth(line.note ?? ''))),
  )
  const left = isNarrow ? 2 : widest + 12
  const slots = divide(left, mm(widthMm) - left - 3, lines[0]!.cells.length, GAP)
  // Labels stand beside the scores of narrow figures, or over them where one is too long.
  const besideScore = ({ label, cells }: HeatmapLine) => {
    const map = cells.find((cell) => cell.map ?? cell.input)?.map
    const [score = ''] = map ? scoreTexts(map) : []
    return textWidth(label) + textWidth(score) + 6 <= slots[0]!.size
  }
  const labelHeight = isNarrow && !lines.every(besideScore) ? 12 : 0
  let top = 2
  const areas = lines.map((line) => {
    if (line.starts) top += 14
    if (line.cells.some((cell) => cell.heading !== undefined)) top += HEADING + 2
    top += isCaptioned(line, isNarrow) ? CAPTION + labelHeight : GAP
    const heights = line.cells.map((cell, column) => mapHeight(cell, slots[column]!.size))
    const own = slots.map(
      ({ start, size }, column): Area => ({ left: start, top, width: size, height: heights[column]! }),
    )
    const labels = isNarrow ? 0 : 13 * lineCount(line.label) + 11 * (line.note ? lineCount(line.note) : 0)
    top += Math.max(...heights, labels)
    return own
  })
  return { sheet: page(widthMm, Math.ceil(top) + 14 + BAR_PITCH * bars.length), areas, labelHeight }
}

function mapHeight({ map, input }: HeatmapCell, width: number): number {
  const shown = map ?? input
  return shown ? Math.round((width * shown.rows) / shown.columns) : 0
}

/** Whether texts stand right over the maps of a line. */
const isCaptioned = (line: HeatmapLine, isNarrow: boolean): boolean =>
  isNarrow ||
  line.cells.some(({ map }) => map && ((map.scores ?? []).length > 0 || (map.title && !line.note)))

function cellData(
  { map, input }: HeatmapCell,
  at: Placement,
  scaleOf: Coloured['scaleOf'],
): Partial<PlotData>[] {
  if (input?.pixels) return [picture(input.pixels, input, at)]
  if (!map) return []
  const name = `${networkName(map.network)}, ${methodLongName(map.method)}`
  const relevance = relevanceMap(map.values, map, at, { scale: scaleOf(map), name })
  return map.pixels ? [relevance, outline(map.pixels, map, at)] : [relevance]
}

function lineLabel(sheet: Page, line: HeatmapLine, area: Area): Partial<Annotations> {
  const note = line.note ? `<br><span style="font-size:${look.small}px">${line.note}</span>` : ''
  return sheet.label(2, area.top + area.height / 2, line.label + note, { align: 'left' })
}

const caption = (sheet: Page, area: Area, text: string, side: 'left' | 'right'): Partial<Annotations> =>
  sheet.label(side === 'left' ? area.left : area.left + area.width, area.top - 1, text, {
    xanchor: side,
    yanchor: 'bottom',
    font: smallFont(),
  })

const centred = (sheet: Page, area: Area, lift: number, text: string): Partial<Annotations> =>
  sheet.label(area.left + area.width / 2, area.top - lift, text, {
    xanchor: 'center',
    yanchor: 'bottom',
    font: { size: look.text, color: look.ink },
  })

/** How headings read: methods by their full names where all of them fit over their columns. */
function headings(
  lines: readonly HeatmapLine[],
  areas: readonly (readonly Area[])[],
): (heading: Heading) => string {
  const { width } = areas[0]![0]!
  const full = lines.flatMap(({ cells }) => cells.flatMap(({ heading }) => heading?.full ?? []))
  const fits = full.every((text) => textWidth(text, look.text) < width)
  return ({ text, full }) => (fits && full ? full : fitText(text, width, look.text))
}
