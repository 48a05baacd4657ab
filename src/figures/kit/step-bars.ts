import type { Annotations, Layout, PlotData, Shape } from 'plotly.js'
import { type Area, addPanel, type Page, panelNames } from './page.js'
import { barPattern, type SeriesStyle } from './palette.js'
import { axis, INK, MUTED, SMALL_TEXT } from './theme.js'

/** Bars of the relevance of each step, with each item's share over them. */
export interface StepBars {
  /** The number of the panel. */
  readonly index: number
  /** Relevance of each step, in reading order. */
  readonly steps: readonly number[]
  /** Positions of the relevant items, from 0; those items are shaded. */
  readonly relevant?: readonly number[]
  readonly items: number
  /** The range of percentages, the same in all panels. */
  readonly range: readonly [low: number, high: number]
  /** What the bars are of, in hover labels. */
  readonly name: string
  readonly style: SeriesStyle
  readonly xLabel?: string | undefined
  /** Without it the panel has no numbers at its y axis either. */
  readonly yLabel?: string | undefined
}

/** Draws the bars into a panel that it adds to the layout; 17 pixels over the area are for the items' shares. */
export function drawStepBars(
  sheet: Page,
  layout: Partial<Layout>,
  area: Area,
  { index, steps, relevant, items, range: [low, high], name, style, xLabel, yLabel }: StepBars,
): { data: Partial<PlotData>[]; shapes: Partial<Shape>[]; annotations: Partial<Annotations>[] } {
  const names = panelNames(index)
  const { x, y } = sheet.domains(area)
  const count = steps.length
  const shares = stepShares(steps)
  addPanel(
    layout,
    index,
    axis({
      domain: x,
      range: [0.5, count + 0.5],
      tickvals: steps.map((_, step) => step + 1).filter((step) => step % 3 === 0 || step === 1),
      showgrid: false,
      label: xLabel,
    }),
    axis({
      domain: y,
      range: [low, high],
      nticks: 5,
      zeroline: low < 0,
      zerolinecolor: MUTED,
      zerolinewidth: 0.6,
      ...(yLabel ? { label: yLabel } : { showticklabels: false, ticks: '' }),
    }),
  )
  const bars: Partial<PlotData> = {
    type: 'bar',
    name,
    xaxis: names.x,
    yaxis: names.y,
    x: shares.map((_, step) => step + 1),
    y: shares,
    customdata: steps.map((value) => value),
    marker: { color: style.color, line: { color: INK, width: 0.4 }, pattern: barPattern(style) },
    hovertemplate: `<b>${name}</b>, step %{x}<br>%{y:.1f} % of the relevance (%{customdata:.3~g})<extra></extra>`,
  }
  const equal = 100 / count
  const shapes: Partial<Shape>[] = [
    {
      type: 'line',
      xref: names.x,
      yref: names.y,
      x0: 0.5,
      x1: count + 0.5,
      y0: equal,
      y1: equal,
      line: { color: INK, width: 0.8, dash: 'dash' },
    },
  ]
  const annotations: Partial<Annotations>[] = []
  const perItem = count / items
  const byItem = itemShares(steps, items)
  for (let item = 0; item < items; item++) {
    const isRelevant = relevant?.includes(item) ?? false
    const share = byItem[item]!
    const [from, to] = [item * perItem + 0.5, (item + 1) * perItem + 0.5]
    if (isRelevant) shapes.push(shade(names.x, from, to, y))
    if (item > 0) shapes.push(separator(names.x, from, y))
    annotations.push(
      sheet.label(area.left + (area.width * (item + 0.5)) / items, area.top - 3, wholePercent(share), {
        xanchor: 'center',
        yanchor: 'bottom',
        font: { size: SMALL_TEXT, color: isRelevant ? INK : MUTED },
        hovertext: `item ${item + 1}${isRelevant ? ', relevant' : ''}: ${share.toFixed(1)} %`,
      }),
    )
  }
  return { data: [bars], shapes, annotations }
}

/** Percentages of the relevance received, absolute where signs differ, by step. */
export function stepShares(steps: readonly number[]): number[] {
  const total = steps.reduce((sum, value) => sum + Math.abs(value), 0)
  return steps.map((value) => (total > 0 ? (100 * value) / total : 0))
}

/** The percentages of the steps, added up by item. */
export function itemShares(steps: readonly number[], items: number): number[] {
  const [shares, perItem] = [stepShares(steps), steps.length / items]
  return Array.from({ length: items }, (_, item) =>
    shares.slice(item * perItem, (item + 1) * perItem).reduce((sum, value) => sum + value, 0),
  )
}

/** A whole percentage with a minus that is as wide as a plus. */
export const wholePercent = (share: number): string =>
  `${share.toFixed(0).replace(/^-0$/, '0').replace('-', '−')} %`

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
    fillcolor: '#fbe9d7',
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
    line: { color: MUTED, width: 0.5 },
    layer: 'below',
  }
}
