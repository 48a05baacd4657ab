import type { Annotations, Data, Layout, Shape } from 'plotly.js'
import { type Figure, figureFrom } from './figure.js'
import { inOrder, METHODS, methodLongName, methodName, NETWORKS, networkName } from './names.js'
import { type Area, addPanel, divide, type Page, page, panelNames } from './page.js'
import { DIVERGING, SEQUENTIAL } from './palette.js'
import { assertShape, isSigned, itemFrames, outline, picture, rasterRanges, relevanceMap } from './raster.js'
import { textWidth } from './text-width.js'
import { hiddenAxis, INK, MUTED, SMALL_TEXT, smallFont, TEXT } from './theme.js'
import { mm } from './units.js'

/** The relevance map of one method on one network for one sequence. */
export interface HeatmapRow {
  readonly network: string
  readonly method: string
  /** Names the sequence; maps of one sequence stand together. */
  readonly sample: string
  readonly rows: number
  readonly columns: number
  /** Relevance, row-major, `[rows, columns]`. */
  readonly values: Float32Array
  /** The sequence itself, 0…255, in the same order; drawn once as the input and as outlines over the maps. */
  readonly pixels?: Uint8Array
  /** Positions of the relevant items, from 0; they are framed. */
  readonly relevant: readonly number[]
  /** Such as the predicted class and its logit. */
  readonly title?: string
  readonly cosine?: number
}

export interface HeatmapOptions {
  /** Items in a sequence; 3 by default. */
  readonly items?: number
  /** The quantile of the absolute relevance, per map, from which on the colour no longer changes; 0.99 by default, 1 for the maximum. */
  readonly clip?: number
}

const [GAP, HEADER, FOOTER] = [8, 15, 28]

/**
 * Heatmaps of relevance: a column per method and a line per network, sequence by sequence. With one network the lines are sequences and
 * the input stands in the first column; with one method the columns are sequences.
 *
 * @throws if there are no rows, or values or pixels do not fill a map
 */
export function heatmapFigure(rows: readonly HeatmapRow[], options: HeatmapOptions = {}): Figure {
  const { items = 3, clip = 0.99 } = options
  if (rows.length === 0) throw new Error('The heatmap figure needs at least one row')
  for (const row of rows) {
    const what = `${methodName(row.method)} on ${networkName(row.network)}, ${row.sample}`
    assertShape(row.values, row, `Relevance of ${what}`)
    if (row.pixels) assertShape(row.pixels, row, `Pixels of ${what}`)
    if (row.columns % items !== 0)
      throw new Error(`${row.columns} columns cannot be divided among ${items} items`)
  }
  return figureFrom((widthMm) => draw(rows, { items, clip }, widthMm))
}

/** One cell of the grid: a map, the input, or nothing. */
interface Cell {
  readonly row?: HeatmapRow
  readonly input?: HeatmapRow
  readonly heading?: string
  /** Whether the heading may stand right over the map, where no captions are. */
  readonly beside?: boolean
}

interface Line {
  readonly label: string
  readonly note?: string
  readonly cells: readonly Cell[]
  /** Starts a new sequence: some room goes above it. */
  readonly first: boolean
}

function draw(rows: readonly HeatmapRow[], options: Required<HeatmapOptions>, widthMm: number): Figure {
  const lines = gridLines(rows)
  const { sheet, areas } = place(lines, rows, widthMm)
  const narrow = widthMm < 130
  const layout = sheet.layout({})
  const parts = {
    data: [] as Partial<Data>[],
    shapes: [] as Partial<Shape>[],
    annotations: [] as Partial<Annotations>[],
  }
  let index = 0
  lines.forEach((line, i) => {
    const left = areas[i]!.find((area) => area !== null)
    if (left && !narrow) {
      const text = line.note
        ? `${line.label}<br><span style="font-size:${SMALL_TEXT}px">${line.note}</span>`
        : line.label
      parts.annotations.push(sheet.label(2, left.top + left.height / 2, text, { align: 'left' }))
    }
    line.cells.forEach((cell, column) => {
      const area = areas[i]![column]
      const shown = cell.row ?? cell.input
      if (!shown || !area) return
      addMapPanel(layout, sheet, area, shown, index)
      const at = { panel: panelNames(index++) }
      if (cell.row) {
        const name = `${networkName(shown.network)}, ${methodLongName(shown.method)}`
        parts.data.push(relevanceMap(shown.values, shown, at, { clip: options.clip, name }))
        if (shown.pixels) parts.data.push(outline(shown.pixels, shown, at))
      } else if (shown.pixels) parts.data.push(picture(shown.pixels, shown, at))
      parts.shapes.push(...itemFrames(shown, options.items, shown.relevant, at))
      parts.annotations.push(
        ...captions(sheet, area, cell, narrow && column === firstMap(line) ? line.label : ''),
      )
    })
  })
  addColorBars(layout, parts, sheet, rows, options.clip, index)
  return {
    data: parts.data,
    layout: { ...layout, shapes: parts.shapes, annotations: parts.annotations },
    alt: describe(rows),
  }
}

/** Decides what stands where. */
function gridLines(rows: readonly HeatmapRow[]): Line[] {
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const methods = inOrder(
    rows.map((row) => row.method),
    METHODS,
  )
  const samples = [...new Set(rows.map((row) => row.sample))]
  const find = (network: string, method: string, sample: string) =>
    rows.find((row) => row.network === network && row.method === method && row.sample === sample)
  const input = (sample: string) => rows.find((row) => row.sample === sample && row.pixels)
  const cell = (row: HeatmapRow | undefined, heading?: string): Cell => ({
    ...(row ? { row } : {}),
    ...(heading ? { heading } : {}),
  })
  const inputCell = (sample: string, heading?: string): Cell => {
    const row = input(sample)
    return { ...(row ? { input: row } : {}), ...(heading ? { heading } : {}) }
  }
  const hasInput = samples.some((sample) => input(sample))
  if (methods.length === 1 && samples.length > 1) {
    const maps = networks.map((network): Line => {
      const own = samples.map((sample) => find(network, methods[0]!, sample))
      return { label: networkName(network), cells: own.map((row) => cell(row)), first: false }
    })
    if (!hasInput) return maps
    return [
      {
        label: 'Input',
        cells: samples.map((sample) => ({ ...inputCell(sample, sample), beside: true })),
        first: false,
      },
      ...maps,
    ]
  }
  if (networks.length === 1) {
    return samples.map((sample, i): Line => {
      const own = methods.map((method) => find(networks[0]!, method, sample))
      const maps = own.map((row, column) => cell(row, i === 0 ? methodName(methods[column]!) : undefined))
      const cells = hasInput ? [inputCell(sample, i === 0 ? 'Input' : undefined), ...maps] : maps
      return {
        label: samples.length > 1 ? sample : networkName(networks[0]!),
        ...noted(own),
        cells,
        first: false,
      }
    })
  }
  return samples.flatMap((sample, s) => {
    const maps = networks.map((network, i): Line => {
      const own = methods.map((method) => find(network, method, sample))
      const heading = (column: number) => (i === 0 ? methodName(methods[column]!) : undefined)
      return {
        label: networkName(network),
        ...noted(own),
        cells: own.map((row, column) => cell(row, heading(column))),
        first: i === 0 && s > 0 && !input(sample),
      }
    })
    if (!input(sample)) return maps
    const middle = Math.floor((methods.length - 1) / 2)
    const cells = methods.map((_, column) => (column === middle ? inputCell(sample) : {}))
    return [{ label: samples.length > 1 ? sample : 'Input', cells, first: s > 0 }, ...maps]
  })
}

/** A title that all maps of a line share goes to the line's label. */
function noted(own: readonly (HeatmapRow | undefined)[]): { note?: string } {
  const titles = new Set(own.flatMap((row) => (row ? [row.title] : [])))
  const [title] = titles
  return titles.size === 1 && title ? { note: title } : {}
}

const firstMap = (line: Line): number => line.cells.findIndex((cell) => cell.row ?? cell.input)

function place(
  lines: readonly Line[],
  rows: readonly HeatmapRow[],
  widthMm: number,
): { sheet: Page; areas: (Area | null)[][] } {
  const narrow = widthMm < 130
  const widest = Math.max(
    ...lines.map((line) => Math.max(textWidth(line.label, TEXT), textWidth(line.note ?? ''))),
  )
  const left = narrow ? 2 : widest + 10
  const slots = divide(left, mm(widthMm) - left - 3, lines[0]!.cells.length, GAP)
  const height = Math.round((slots[0]!.size * rows[0]!.rows) / rows[0]!.columns)
  let top = 2
  const areas = lines.map((line) => {
    if (line.first) top += 12
    const headed = line.cells.some((cell) => cell.heading) ? 13 : 0
    const captioned = narrow || line.cells.some((cell) => cell.row?.cosine !== undefined || cell.row?.title)
    top += headed + (captioned ? HEADER : GAP)
    const own = slots.map(({ start, size }, column): Area | null => {
      const cell = line.cells[column]!
      return cell.row || cell.input ? { left: start, top, width: size, height } : null
    })
    top += height
    return own
  })
  const signed = rows.filter((row) => isSigned(row.values)).length
  const mixed = signed > 0 && signed < rows.length
  return { sheet: page(widthMm, Math.ceil(top) + FOOTER + (mixed ? 14 : 0)), areas }
}

function addMapPanel(layout: Partial<Layout>, sheet: Page, area: Area, row: HeatmapRow, index: number): void {
  const { left, top, width, height } = area
  const domains = sheet.domains({ left: left - 1, top: top - 1, width: width + 2, height: height + 2 })
  const ranges = rasterRanges(row, width)
  const linked = index > 0
  addPanel(
    layout,
    index,
    hiddenAxis({ domain: domains.x, range: ranges.x, ...(linked ? { matches: 'x' } : {}) }),
    hiddenAxis({ domain: domains.y, range: ranges.y, ...(linked ? { matches: 'y' } : {}) }),
  )
}

/** Over a map: its own title left, its cosine right, and the column's heading above both. */
function captions(sheet: Page, area: Area, cell: Cell, label: string): Partial<Annotations>[] {
  const at = (
    x: number,
    lift: number,
    text: string,
    xanchor: 'left' | 'center' | 'right',
    font = smallFont,
  ) => sheet.label(x, area.top - lift, text, { xanchor, yanchor: 'bottom', font })
  const result: Partial<Annotations>[] = []
  const { row } = cell
  if (label) result.push(at(area.left, 1, label, 'left'))
  if (row?.cosine !== undefined)
    result.push(at(area.left + area.width, 1, `cos ${row.cosine.toFixed(2)}`, 'right'))
  if (cell.heading) {
    const lift = cell.beside ? 2 : HEADER - 1
    result.push(
      at(area.left + area.width / 2, lift, heading(cell.heading, area.width), 'center', {
        size: TEXT,
        color: INK,
      }),
    )
  }
  return result
}

/** A method's name in full where it fits over its column. */
function heading(text: string, width: number): string {
  const method = METHODS.find((id) => methodName(id) === text)
  if (!method) return text
  const full = `${methodLongName(method)} (${text})`
  return textWidth(full, TEXT) < width ? full : text
}

function addColorBars(
  layout: Partial<Layout>,
  parts: { data: Partial<Data>[]; annotations: Partial<Annotations>[] },
  sheet: Page,
  rows: readonly HeatmapRow[],
  clip: number,
  firstIndex: number,
): void {
  const end = clip < 1 ? `${ordinal(100 * clip)} percentile` : 'maximum'
  const signed = rows.filter((row) => isSigned(row.values)).length
  const bars = [
    { needed: signed < rows.length, scale: SEQUENTIAL, low: '0', high: end },
    { needed: signed > 0, scale: DIVERGING, low: 'negative', high: `positive, ${end}` },
  ].filter((bar) => bar.needed)
  const [width, height] = [72, 7]
  const lead = sheet.width > 400 ? 'Relevance in each map' : 'Relevance'
  bars.forEach((bar, i) => {
    const top = sheet.height - 15 - 14 * (bars.length - 1 - i)
    const shift = (textWidth(`${lead}: ${bar.low}`) - textWidth(bar.high)) / 2
    const area = {
      left: Math.round((sheet.width - width) / 2 + (bars.length > 1 ? 0 : shift)),
      top,
      width,
      height,
    }
    const { x, y } = sheet.domains(area)
    const index = firstIndex + i
    addPanel(
      layout,
      index,
      hiddenAxis({ domain: x, range: [-0.5, 63.5], fixedrange: true }),
      hiddenAxis({ domain: y, range: [-0.5, 0.5], fixedrange: true }),
    )
    const names = panelNames(index)
    const z = [Array.from({ length: 64 }, (_, step) => Math.round((1000 * step) / 63) / 1000)]
    parts.data.push({
      type: 'heatmap',
      xaxis: names.x,
      yaxis: names.y,
      z,
      colorscale: bar.scale,
      showscale: false,
      hoverinfo: 'skip',
    })
    const label = (x: number, text: string, xanchor: 'left' | 'right') =>
      sheet.label(x, top + height / 2, text, { xanchor, font: { size: SMALL_TEXT, color: MUTED } })
    parts.annotations.push(
      label(area.left - 4, `${lead}: ${bar.low}`, 'right'),
      label(area.left + width + 4, bar.high, 'left'),
    )
  })
}

const ordinal = (percent: number): string => {
  const text = String(Math.round(percent * 10) / 10)
  return `${text}${{ 1: 'st', 2: 'nd', 3: 'rd' }[Number(text) % 10] ?? 'th'}`
}

function describe(rows: readonly HeatmapRow[]): string {
  const networks = inOrder(
    rows.map((row) => networkName(row.network)),
    [],
  )
  const methods = inOrder(
    rows.map((row) => methodName(row.method)),
    [],
  )
  const samples = new Set(rows.map((row) => row.sample)).size
  const scored = rows.flatMap((row) => (row.cosine === undefined ? [] : [{ ...row, cosine: row.cosine }]))
  const best = scored.reduce<(typeof scored)[number] | null>(
    (a, b) => (a && a.cosine >= b.cosine ? a : b),
    null,
  )
  const worst = scored.reduce<(typeof scored)[number] | null>(
    (a, b) => (a && a.cosine <= b.cosine ? a : b),
    null,
  )
  const say = (row: (typeof scored)[number]) =>
    `${row.cosine.toFixed(2)} (${methodName(row.method)} on ${networkName(row.network)})`
  const range = best && worst ? ` Cosine similarities range from ${say(worst)} to ${say(best)}.` : ''
  return (
    `Heatmaps of relevance by ${methods.join(', ')} on ${networks.join(', ')} for ${samples} ` +
    `${samples === 1 ? 'sequence' : 'sequences'}, the relevant items framed.${range}`
  )
}
