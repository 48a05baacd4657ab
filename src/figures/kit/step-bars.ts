import type { Annotations, PlotData, Shape } from 'plotly.js'
import type { Drawing, Panel } from './drawing.js'
import { look } from './look.js'
import { wholePercent } from './numbers.js'
import type { Area } from './page.js'
import { barPattern, type SeriesStyle } from './palette.js'
import { itemSpan, type Scan, stepRange, stepTicks } from './steps.js'
import { textWidth } from './text-width.js'

/** Bars of the relevance of each step, with each item's share over them. */
export interface StepBars {
  /** Relevance of each step, in reading order. */
  readonly steps: readonly number[]
  /** Positions of the relevant items, from 0; those items are shaded. */
  readonly relevant?: readonly number[]
  readonly items: number
  /** Relevance of each item, where it is known; needed where an item is not a whole number of steps. */
  readonly itemRelevance?: readonly number[]
  readonly scan?: Scan
  /** The range of percentages, the same in all panels. */
  readonly range: readonly [low: number, high: number]
  /** What the bars are of, in hover labels. */
  readonly name: string
  readonly style: SeriesStyle
  readonly xLabel?: string | undefined
  /** Without it the panel has no numbers at its y axis either. */
  readonly yLabel?: string | undefined
}

/** What the legend says of the marks of such bars. */
export const STEP_MARKS = ['relevant items, with their shares', 'equal shares of all steps'] as const

const equalLine = () => ({ color: look.ink, width: 0.8, dash: 'dash' }) as const

/** The legend's entries for the shaded items and the dashed line. */
export function stepKeys(): Partial<PlotData>[] {
  const key: Partial<PlotData> = { type: 'scatter', x: [null], y: [null], hoverinfo: 'skip' }
  const square = { symbol: 'square', size: 12, color: look.shade, line: { color: look.muted, width: 0.5 } }
  return [
    { ...key, mode: 'markers', name: STEP_MARKS[0], marker: square },
    { ...key, mode: 'lines', name: STEP_MARKS[1], line: equalLine() },
  ]
}

/** Draws the bars into a panel of their own; 17 pixels over the area are for the items' shares. */
export function drawStepBars(drawing: Drawing, area: Area, bars: StepBars): void {
  const { steps, range, scan, xLabel, yLabel } = bars
  const [low, high] = range
  const panel = drawing.panel(
    area,
    {
      range: stepRange(steps.length, scan),
      tickvals: stepTicks(steps.length),
      showgrid: false,
      label: xLabel,
    },
    {
      range: [low, high],
      nticks: 5,
      zeroline: low < 0,
      zerolinecolor: look.muted,
      zerolinewidth: 0.6,
      ...(yLabel ? { label: yLabel } : { showticklabels: false, ticks: '' }),
    },
  )
  drawing.add({ data: [barTrace(panel, bars)], shapes: [equalShare(panel, steps.length)] })
  const shares = itemShares(bars)
  for (let item = 0; item < bars.items; item++) drawItem(drawing, panel, bars, item, shares?.[item])
}

function barTrace({ names }: Panel, { steps, name, style }: StepBars): Partial<PlotData> {
  const shares = stepShares(steps)
  return {
    type: 'bar',
    name,
    showlegend: false,
    xaxis: names.x,
    yaxis: names.y,
    x: shares.map((_, step) => step + 1),
    y: shares,
    customdata: steps.map((value) => value),
    marker: { color: style.color, line: { color: look.ink, width: 0.4 }, pattern: barPattern(style) },
    hovertemplate: `<b>${name}</b>, step %{x}<br>%{y:.1f} % of the relevance (%{customdata:.3~g})<extra></extra>`,
  }
}

function equalShare({ names }: Panel, count: number): Partial<Shape> {
  return {
    type: 'line',
    xref: names.x,
    yref: names.y,
    x0: 0.5,
    x1: count + 0.5,
    y0: 100 / count,
    y1: 100 / count,
    line: equalLine(),
  }
}

/** An item's shade where it is relevant, the line to the item before it, and its share. */
function drawItem(
  { page, add }: Drawing,
  { area, names }: Panel,
  { steps, relevant, items, scan }: StepBars,
  item: number,
  share: number | undefined,
): void {
  const vertical = page.domains(area).y
  const isRelevant = relevant?.includes(item) ?? false
  const [from, to] = itemSpan(item, items, steps.length, scan)
  const shapes: Partial<Shape>[] = []
  if (isRelevant) shapes.push(shade(names.x, from, to, vertical))
  if (item > 0) shapes.push(separator(names.x, from, vertical))
  const annotations: Partial<Annotations>[] = []
  if (share !== undefined) {
    const [text, room] = [wholePercent(share), area.width / items]
    annotations.push(
      page.label(
        area.left + room * (item + 0.5),
        area.top - 3,
        textWidth(text) > room ? text.replace(' %', '') : text,
        {
          xanchor: 'center',
          yanchor: 'bottom',
          font: { size: look.small, color: isRelevant ? look.ink : look.muted },
          hovertext: `item ${item + 1}${isRelevant ? ', relevant' : ''}: ${share.toFixed(1)} %`,
        },
      ),
    )
  }
  add({ shapes, annotations })
}

/** Percentages of the relevance received, absolute where signs differ, by step. */
export function stepShares(steps: readonly number[]): number[] {
  const total = steps.reduce((sum, value) => sum + Math.abs(value), 0)
  return steps.map((value) => (total > 0 ? (100 * value) / total : 0))
}

/** Percentages by item, from left to right; undefined where items are no whole number of steps and their relevance is not known. */
export function itemShares({
  steps,
  items,
  itemRelevance,
  scan,
}: Pick<StepBars, 'steps' | 'items' | 'itemRelevance' | 'scan'>): number[] | undefined {
  const [shares, perItem] = [stepShares(steps), steps.length / items]
  if (Number.isInteger(perItem)) {
    const sums = Array.from({ length: items }, (_, item) =>
      shares.slice(item * perItem, (item + 1) * perItem).reduce((sum, value) => sum + value, 0),
    )
    return scan === 'rightToLeft' ? sums.reverse() : sums
  }
  const total = steps.reduce((sum, value) => sum + Math.abs(value), 0)
  return itemRelevance?.map((value) => (total > 0 ? (100 * value) / total : 0))
}

/** A range of percentages that holds the bars of all panels. */
export function commonRange(panels: readonly (readonly number[])[]): [low: number, high: number] {
  const shares = panels.flatMap(stepShares)
  return [Math.min(0, 1.08 * Math.min(...shares)), 1.08 * Math.max(...shares, 1)]
}

function shade(
  xref: 'x' | Shape['xref'],
  from: number,
  to: number,
  [bottom, top]: [number, number],
): Partial<Shape> {
  return {
    type: 'rect',
    xref,
    yref: 'paper',
    x0: from,
    x1: to,
    y0: bottom,
    y1: top,
    fillcolor: look.shade,
    line: { width: 0 },
    layer: 'below',
  }
}

function separator(xref: Shape['xref'], at: number, [bottom, top]: [number, number]): Partial<Shape> {
  return {
    type: 'line',
    xref,
    yref: 'paper',
    x0: at,
    x1: at,
    y0: bottom,
    y1: top,
    line: { color: look.muted, width: 0.5 },
    layer: 'below',
  }
}
