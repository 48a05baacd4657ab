import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { distinctNames, methodLongName, methodName, networkName, networksOf } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { networkStyle } from '../kit/palette.js'
import { drawPanels, panelTitle } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { commonRange, drawStepBars, itemShares, STEP_MARKS, stepKeys } from '../kit/step-bars.js'
import type { Scan } from '../kit/steps.js'
import { fitText } from '../kit/text-width.js'

/** Relevance that the steps of a sequence received in one network, for one sequence or the mean of many. */
export interface StepRelevanceRow {
  readonly network: string
  readonly method?: string
  /** Relevance of each step, in reading order. */
  readonly steps: readonly number[]
  /** Positions of the relevant items, from 0; those items are shaded. */
  readonly relevant?: readonly number[]
  /** The number of items in the sequence. Default: that of the options. */
  readonly items?: number
  /** Relevance of each item, from left to right; needed for the items' shares where an item is not a whole number of steps. */
  readonly itemRelevance?: readonly number[]
  /** Default: that of the options. */
  readonly scan?: Scan
}

/** What rows do not say of their sequences. */
export interface StepRelevanceOptions {
  readonly items?: number
  /** Default: from left to right. */
  readonly scan?: Scan
}

type Row = StepRelevanceRow & { readonly items: number }

/**
 * The share of relevance that each step received, and above it each item's, a panel per row. The dashed line is an equal share.
 *
 * @throws Error where there is no row, a row has no steps, or neither it nor the options say how many items there are
 * @example
 * stepRelevanceFigure([{ network: 'r-lstm', method: 'deepTaylor', steps: explained.byStep()[0]!, items: 3 }])
 */
export function stepRelevanceFigure(
  rows: Rows<StepRelevanceRow>,
  options: StepRelevanceOptions = {},
): Figure {
  const all = rowsOf(rows, { figure: 'step relevance', fields: ['network', 'steps'] }).map((row) =>
    whole(row, options),
  )
  const networks = networksOf(all)
  const ordered = networks.flatMap((network) => all.filter((row) => row.network === network))
  return figureFrom((widthMm) => draw(ordered, networks, widthMm), {
    rows: () => ordered,
    sections: sectionsBy(
      ordered,
      ({ network, method }) => [networkName(network), ...(method ? [methodName(method)] : [])].join(', '),
      (some) => stepRelevanceFigure(some, options),
    ),
  })
}

function whole(row: StepRelevanceRow, options: StepRelevanceOptions): Row {
  const { items = options.items, scan = options.scan } = row
  if (row.steps.length === 0) throw new Error(`a row of ${networkName(row.network)} has no steps`)
  if (items === undefined || !Number.isInteger(items) || items < 1)
    throw new Error(
      `items of ${networkName(row.network)} is ${items}; say in the rows or the options how many items a sequence has`,
    )
  return { ...row, items, ...(scan ? { scan } : {}) }
}

function draw(rows: readonly Row[], networks: readonly string[], widthMm: number): Figure {
  const range = commonRange(rows.map(({ steps }) => steps))
  const methods = new Set(rows.map((row) => row.method)).size
  const name = distinctNames('architecture', networks)
  const drawing = drawPanels(
    rows,
    widthMm,
    {
      columns: isNarrowPage(widthMm) ? Math.min(2, rows.length) : Math.min(rows.length, 5),
      panelHeight: 96,
      left: 38,
      right: 6,
      gap: 8,
      bottom: 36,
      title: 32,
      legend: STEP_MARKS,
    },
    { bargap: 0.12, showlegend: true },
    (row, { area, index, isFirst, isLowest }, drawing) => {
      if (index === 0) drawing.add({ data: stepKeys() })
      drawStepBars(drawing, area, {
        ...row,
        range,
        name: networkName(row.network),
        style: networkStyle(row.network, networks),
        xLabel: isLowest ? 'Step' : undefined,
        yLabel: isFirst ? 'Relevance (%)' : undefined,
      })
      const named = row.method && methods > 1 ? `, ${methodName(row.method)}` : ''
      const title = fitText(name(row.network) + named, area.width, look.text)
      drawing.add({ annotations: [panelTitle(drawing.page, { ...area, top: area.top - 12 }, title)] })
    },
  )
  return drawing.figure(describe(rows))
}

function describe(rows: readonly Row[]): string {
  const parts = rows.map((row) => {
    const shares = itemShares(row)
      ?.map((share) => share.toFixed(0))
      .join(', ')
    const method = row.method ? ` (${methodLongName(row.method)})` : ''
    return `${networkName(row.network)}${method} ${shares ? `${shares} %` : `${row.steps.length} steps`}`
  })
  const counts = [...new Set(rows.map(({ items }) => items))].join(' or ')
  return `Bar charts of the share of relevance that each time step received. Shares of the ${counts} items from left to right: ${parts.join('; ')}.`
}
