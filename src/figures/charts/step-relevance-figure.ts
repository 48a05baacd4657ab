import type { Annotations, PlotData, Shape } from 'plotly.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { inOrder, methodLongName, methodName, NETWORKS, networkName } from '../kit/names.js'
import { networkStyle } from '../kit/palette.js'
import { arrange, panelTitle } from '../kit/panels.js'
import { commonRange, drawStepBars, itemShares } from '../kit/step-bars.js'

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
  const range = commonRange(rows.map(({ steps }) => steps))
  const methods = new Set(rows.map((row) => row.method)).size
  rows.forEach((row, index) => {
    const area = areas[index]!
    const bars = drawStepBars(sheet, layout, area, {
      index,
      ...row,
      items,
      range,
      name: networkName(row.network),
      style: networkStyle(row.network, networks),
      xLabel: index >= rows.length - columns ? 'Step' : undefined,
      yLabel: index % columns === 0 ? 'Relevance (%)' : undefined,
    })
    data.push(...bars.data)
    shapes.push(...bars.shapes)
    const named = row.method && methods > 1 ? `, ${methodName(row.method)}` : ''
    const title = networkName(row.network) + named
    annotations.push(...bars.annotations, panelTitle(sheet, { ...area, top: area.top - 12 }, title))
  })
  return { data, layout: { ...layout, shapes, annotations }, alt: describe(rows, items) }
}

function describe(rows: readonly StepRelevanceRow[], items: number): string {
  const parts = rows.map((row) => {
    const byItem = itemShares(row.steps, items).map((share) => share.toFixed(0))
    const method = row.method ? ` (${methodLongName(row.method)})` : ''
    return `${networkName(row.network)}${method} ${byItem.join(', ')} %`
  })
  return `Bar charts of the share of relevance that each time step received. Shares of the ${items} items in reading order: ${parts.join('; ')}.`
}
