import type { Legend, PlotData } from 'plotly.js'
import { look } from './look.js'
import type { Area } from './page.js'
import { fitText, textWidth } from './text-width.js'
import { smallFont } from './theme.js'
import { mm } from './units.js'

/** The names in a legend: of one kind, or of several kinds that each begin a line. */
export type LegendNames = readonly string[] | readonly (readonly string[])[]

const SAMPLE = 30 // the least that plotly gives to a sample
const SWATCH = SAMPLE + 19 // with plotly's paddings
const ROW = 19
const FOOT = 4
/** Behind each name, so that a sample stands nearer to its own name than to the one before. */
const GAP = '\u00a0\u00a0\u00a0'

const widthOf = (name: string): number => SWATCH + textWidth(name + GAP)

/**
 * The lines of a legend across a page of `width` CSS pixels: as few as hold the names, in their order, and as even as they can be; kinds do
 * not share a line unless all fit on one.
 */
export function legendLines(names: LegendNames, width: number): string[][] {
  const kinds = names.map((kind) => (typeof kind === 'string' ? [kind] : [...kind]))
  const all = kinds.flat()
  if (all.length === 0) return []
  if (typeof names[0] === 'string' || totalOf(all) <= width) return evenLines(all, width)
  return kinds.filter(({ length }) => length > 0).flatMap((kind) => evenLines(kind, width))
}

/** The height of a legend across the page, in CSS pixels. */
export const legendHeight = (names: LegendNames, width: number): number => {
  const lines = look.legend === 'none' ? 0 : legendLines(names, width).length
  return lines === 0 ? 0 : lines * ROW + FOOT
}

/** A name as the legend of a page can hold it, cut where it is wider than half of the page. */
export const legendName = (name: string, widthMm: number): string => fitText(name, mm(widthMm) / 2 - SWATCH)

/** Whether a legend fits under one another into an area, such as the place of a panel that is not there. */
export const fitsInto = (names: LegendNames, { width, height }: Pick<Area, 'width' | 'height'>): boolean => {
  const all = names.flat()
  return all.length * ROW <= height && all.every((name) => widthOf(name) <= width)
}

/** Where a legend stands. */
export interface LegendPlace {
  /** The width and height of the page, in CSS pixels. */
  readonly width: number
  readonly height: number
  /** A place on the page, where entries stand under one another. Default: lines across its top, or its foot by the theme. */
  readonly area?: Area
}

/**
 * Gives each trace that is shown in the legend its place.
 *
 * @returns the traces, and the layout's legends by name
 */
export function placeLegend(
  data: readonly Partial<PlotData>[],
  names: LegendNames,
  { width, height, area }: LegendPlace,
): { readonly data: Partial<PlotData>[]; readonly legends: Readonly<Record<string, Partial<Legend>>> } {
  if (look.legend === 'none')
    return { data: data.map((trace) => ({ ...trace, showlegend: false })), legends: {} }
  const lines = area ? [names.flat()] : legendLines(names, width)
  const top = look.legend === 'bottom' ? height - legendHeight(names, width) : 0
  const lineOf = (name: string) => lines.findIndex((line) => line.includes(name))
  const legends = lines.map((_, line): [string, Partial<Legend>] => [
    nameOf(line),
    {
      ...(area
        ? { orientation: 'v', x: area.left / width, xanchor: 'left', y: 1 - area.top / height }
        : { orientation: 'h', x: 0.5, xanchor: 'center', y: 1 - (top + line * ROW) / height }),
      yanchor: 'top',
      font: smallFont(),
      traceorder: 'normal',
      itemwidth: SAMPLE,
      bgcolor: 'rgba(0,0,0,0)',
    },
  ])
  const placed = data.map((trace) => {
    const line = trace.showlegend === false || trace.name === undefined ? -1 : lineOf(trace.name)
    return line < 0 ? trace : { ...trace, name: trace.name + GAP, legend: nameOf(line) }
  })
  return { data: placed, legends: Object.fromEntries(legends) }
}

const nameOf = (line: number): string => (line === 0 ? 'legend' : `legend${line + 1}`)

const totalOf = (names: readonly string[]): number => names.reduce((sum, name) => sum + widthOf(name), 0)

/** Breaks names into as few lines as hold them, whose widest is as narrow as it can be. */
function evenLines(names: readonly string[], width: number): string[][] {
  const fewest = packed(names, width).length
  // The narrowest width at which the names still take no more lines is that of some run of them.
  const widths = names.flatMap((_, i) => names.slice(i).map((_, j) => totalOf(names.slice(i, i + j + 1))))
  const narrowest = Math.min(
    ...widths.filter((one) => one <= width && packed(names, one).length === fewest),
    width,
  )
  return packed(names, narrowest)
}

function packed(names: readonly string[], width: number): string[][] {
  const lines: string[][] = []
  for (const name of names) {
    const line = lines.at(-1)
    if (line !== undefined && totalOf([...line, name]) <= width) line.push(name)
    else lines.push([name])
  }
  return lines
}
