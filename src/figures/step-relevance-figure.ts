import type { Annotations, PlotData, Shape } from 'plotly.js'
import { type Figure, figureFrom } from './figure.js'
import { inOrder, methodLongName, methodName, NETWORKS, networkName } from './names.js'
import { addPanel, panelNames } from './page.js'
import { barPattern, networkStyle } from './palette.js'
import { arrange, panelTitle } from './panels.js'
import { axis, INK, MUTED, SMALL_TEXT } from './theme.js'

/** Relevance that the steps of a sequence received in one network, for one sequence or the mean of many. */
export interface StepRelevanceRow {
  readonly network: string
  readonly method?: string
  /** Relevance of each step, in reading order. */
  readonly steps: readonly number[]
  /** Positions of the relevant items, from 0; those items are shaded. */
  readonly relevant?: readonly number[]
}

/**
 * The share of relevance that each step received, and above it each item's, a panel per row. The dashed line is an equal share.
 *
 * @throws if the steps cannot be divided evenly among the items
 */
export function stepRelevanceFigure(
  rows: readonly StepRelevanceRow[],
  options: { items?: number } = {},
): Figure {
  const { items = 3 } = options
  if (rows.length === 0) throw new Error('The step relevance figure needs at least one row')
  for (const row of rows) {
    if (row.steps.length === 0 || row.steps.length % items !== 0) {
      throw new Error(
        `${row.steps.length} steps of ${networkName(row.network)} cannot be divided among ${items} items`,
      )
    }
  }
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const ordered = networks.flatMap((network) => rows.filter((row) => row.network === network))
  return figureFrom((widthMm) => draw(ordered, networks, items, widthMm))
}

function draw(
  rows: readonly StepRelevanceRow[],
  networks: readonly string[],
  items: number,
  widthMm: number,
): Figure {
  const columns = widthMm < 130 ? Math.min(2, rows.length) : Math.min(rows.length, 5)
  const { sheet, areas } = arrange(widthMm, {
    count: rows.length,
    columns,
    panelHeight: 96,
    left: 38,
    right: 6,
    gap: 8,
    bottom: 36,
    title: 32,
  })
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const layout = sheet.layout({ bargap: 0.12 })
  const [low, high] = commonRange(rows)
  const methods = new Set(rows.map((row) => row.method)).size
  rows.forEach((row, index) => {
    const [names, area] = [panelNames(index), areas[index]!]
    const { x, y } = sheet.domains(area)
    const count = row.steps.length
    const shares = stepShares(row)
    const style = networkStyle(row.network, networks)
    const firstColumn = index % columns === 0
    addPanel(
      layout,
      index,
      axis({
        domain: x,
        range: [0.5, count + 0.5],
        tickvals: row.steps.map((_, step) => step + 1).filter((step) => step % 3 === 0 || step === 1),
        showgrid: false,
        label: index >= rows.length - columns ? 'Step' : undefined,
      }),
      axis({
        domain: y,
        range: [low, high],
        nticks: 5,
        zeroline: low < 0,
        zerolinecolor: MUTED,
        zerolinewidth: 0.6,
        ...(firstColumn ? { label: 'Relevance (%)' } : { showticklabels: false, ticks: '' }),
      }),
    )
    data.push({
      type: 'bar',
      name: networkName(row.network),
      xaxis: names.x,
      yaxis: names.y,
      x: shares.map((_, step) => step + 1),
      y: shares,
      customdata: row.steps.map((value) => value),
      marker: { color: style.color, line: { color: INK, width: 0.4 }, pattern: barPattern(style) },
      hovertemplate: `<b>${networkName(row.network)}</b>, step %{x}<br>%{y:.1f} % of the relevance (%{customdata:.3~g})<extra></extra>`,
    })
    const equal = 100 / count
    shapes.push({
      type: 'line',
      xref: names.x,
      yref: names.y,
      x0: 0.5,
      x1: count + 0.5,
      y0: equal,
      y1: equal,
      line: { color: INK, width: 0.8, dash: 'dash' },
    })
    const perItem = count / items
    for (let item = 0; item < items; item++) {
      const relevant = row.relevant?.includes(item) ?? false
      const share = shares.slice(item * perItem, (item + 1) * perItem).reduce((sum, value) => sum + value, 0)
      const [from, to] = [item * perItem + 0.5, (item + 1) * perItem + 0.5]
      if (relevant) shapes.push(shade(names.x, from, to, y))
      if (item > 0) shapes.push(separator(names.x, from, y))
      annotations.push(
        sheet.label(area.left + (area.width * (item + 0.5)) / items, area.top - 3, `${share.toFixed(0)} %`, {
          xanchor: 'center',
          yanchor: 'bottom',
          font: { size: SMALL_TEXT, color: relevant ? INK : MUTED },
          hovertext: `item ${item + 1}${relevant ? ', relevant' : ''}: ${share.toFixed(1)} %`,
        }),
      )
    }
    const named = row.method && methods > 1 ? `, ${methodName(row.method)}` : ''
    const title = networkName(row.network) + named
    annotations.push(panelTitle(sheet, { ...area, top: area.top - 12 }, title))
  })
  return { data, layout: { ...layout, shapes, annotations }, alt: describe(rows, items) }
}

/** Percentages of the relevance received, absolute where signs differ, by step. */
function stepShares({ steps }: StepRelevanceRow): number[] {
  const total = steps.reduce((sum, value) => sum + Math.abs(value), 0)
  return steps.map((value) => (total > 0 ? (100 * value) / total : 0))
}

function commonRange(rows: readonly StepRelevanceRow[]): [number, number] {
  const shares = rows.flatMap(stepShares)
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

function describe(rows: readonly StepRelevanceRow[], items: number): string {
  const parts = rows.map((row) => {
    const shares = stepShares(row)
    const perItem = shares.length / items
    const byItem = Array.from({ length: items }, (_, item) =>
      shares
        .slice(item * perItem, (item + 1) * perItem)
        .reduce((sum, value) => sum + value, 0)
        .toFixed(0),
    )
    const method = row.method ? ` (${methodLongName(row.method)})` : ''
    return `${networkName(row.network)}${method} ${byItem.join(', ')} %`
  })
  return `Bar charts of the share of relevance that each time step received. Shares of the ${items} items in reading order: ${parts.join('; ')}.`
}
