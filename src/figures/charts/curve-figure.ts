import { inOrder, type Kind } from '../../values/registry.js'
import { type Baseline, baselines } from '../kit/baseline.js'
import { categoryLabels } from '../kit/category-axis.js'
import { curve, curveKey } from '../kit/curves.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { legendName } from '../kit/legend.js'
import { look } from '../kit/look.js'
import { distinctNames, nameOf } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { styleOf } from '../kit/palette.js'
import { drawPanels, panelTitle, panelWidth } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { type Sampled, sampleSize } from '../kit/sample-size.js'
import { fitText, lineCount, textWidth, wrapText } from '../kit/text-width.js'

/** A point of a curve with its interval, and which curve of which panel it belongs to. */
export interface CurveRow extends Sampled {
  /** An id of the kind that the options name, or what stands over the panel. */
  readonly panel: string
  /** An id of the kind that the options name. */
  readonly series: string
  /** A number, or the name of a category. */
  readonly x: number | string
  readonly value: number
  readonly low: number
  readonly high: number
  /** What the value is compared with, such as a chance level; drawn as a dashed line. Default: none. */
  readonly chance?: number
}

export interface CurveFigureOptions {
  /** Of which kind panels are. Default: panels are named by their own text. */
  readonly panels?: Kind
  /** Of which kind the curves are. */
  readonly series: Kind
  /** Under the panels. */
  readonly xLabel: string
  /** Left of the panels. */
  readonly yLabel: string
  /** What the dashed line is called. Default: chance. */
  readonly chanceName?: string
  /** How many panels stand side by side on a wide page. Default: 5. */
  readonly columns?: number
}

/** The height of a panel and of a line of an axis's title, in CSS pixels. */
const PANEL_HEIGHT = 104
const LINE = 13

const FIELDS = ['panel', 'series', 'x', 'value', 'low', 'high'] as const

/**
 * Curves with their intervals: a panel per network, method or text, a curve per method or network, over numbers or named categories.
 *
 * @param rows an array, or an arquero table with the columns of {@link CurveRow}
 * @throws Error where there is no row or a field is missing
 * @example
 * curveFigure(
 *   [
 *     { panel: 'deep', series: 'deepTaylor', x: 0, value: 1, low: 1, high: 1 },
 *     { panel: 'deep', series: 'deepTaylor', x: 1, value: 0.4, low: 0.3, high: 0.5 },
 *   ],
 *   { panels: 'architecture', series: 'method', xLabel: 'Layers', yLabel: 'Similarity' },
 * )
 */
export function curveFigure(rows: Rows<CurveRow>, options: CurveFigureOptions): Figure {
  const all = rowsOf(rows, { figure: 'curve', fields: FIELDS })
  return figureFrom((widthMm) => draw(all, options, widthMm), {
    rows: () => all,
    sections: sectionsBy(
      all,
      ({ panel }) => (options.panels ? nameOf(options.panels, panel) : panel),
      (some) => curveFigure(some, options),
    ),
  })
}

function draw(rows: readonly CurveRow[], options: CurveFigureOptions, widthMm: number): Figure {
  const { panels: panelKind, series: seriesKind, xLabel, yLabel, chanceName = 'chance' } = options
  const distinct = (key: 'panel' | 'series') => [...new Set(rows.map((row) => row[key]))]
  const panels = panelKind ? inOrder(panelKind, distinct('panel')) : distinct('panel')
  const series = inOrder(seriesKind, distinct('series'))
  const nameInTitle = panelKind ? distinctNames(panelKind, panels) : (panel: string) => panel
  const names = distinctNames(seriesKind, series)
  const nameInLegend = (id: string) => legendName(names(id), widthMm)
  const isNarrow = isNarrowPage(widthMm)
  const columns = Math.min(panels.length, isNarrow ? 2 : (options.columns ?? 5))
  const range = valueRange(rows)
  const categories = (panel: string) => [
    ...new Set(rows.filter((row) => row.panel === panel).map((row) => String(row.x))),
  ]
  const isCategorical = rows.some((row) => typeof row.x === 'string')
  const hasChance = rows.some((row) => row.chance !== undefined)
  const right = hasChance ? Math.max(34, Math.ceil(textWidth(chanceName)) + 8) : 8
  // The title of the axis stands along the first panel, which a long measure's name is taller than.
  const title = wrapText(yLabel, PANEL_HEIGHT + 16, look.text)
  const placed = { left: 42 + (lineCount(title) - 1) * LINE, right, gap: 18 }
  const room = panelWidth(widthMm, { ...placed, columns })
  const upright = isCategorical
    ? Math.max(...panels.map((panel) => categoryLabels(categories(panel), room).height))
    : 0
  const drawing = drawPanels(
    panels,
    widthMm,
    {
      ...placed,
      columns,
      panelHeight: PANEL_HEIGHT,
      bottom: 36 + upright,
      legend: series.map(nameInLegend),
      foot: sampleSize(rows),
    },
    { showlegend: true },
    (panelId, { area, index, isFirst, isLast, isLowest }, drawing) => {
      if (index === 0)
        drawing.add({
          data: series.map((id) => curveKey(id, styleOf(seriesKind, id, series), nameInLegend(id))),
        })
      const own = rows.filter((row) => row.panel === panelId)
      const label = isLowest ? xLabel : undefined
      const panel = drawing.panel(
        area,
        isCategorical
          ? {
              type: 'category',
              categoryorder: 'array',
              categoryarray: categories(panelId),
              range: [-0.3, categories(panelId).length - 0.7],
              showgrid: false,
              ...categoryLabels(categories(panelId), room).settings,
              label,
            }
          : { ...numberTicks(own), label },
        {
          range,
          nticks: 6,
          ...(isFirst ? { label: title } : { showticklabels: false, ticks: '' }),
        },
      )
      drawing.add({
        data: series.flatMap((id) => {
          const points = own.filter((row) => row.series === id)
          const sorted = isCategorical ? points : [...points].sort((a, b) => Number(a.x) - Number(b.x))
          const hover = `<b>${names(id)}</b><br>%{x}: %{y:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra></extra>`
          const look = { group: id, style: styleOf(seriesKind, id, series), name: names(id), hover }
          return points.length > 0 ? curve(sorted, { ...look, isMarked: true }, panel) : []
        }),
        annotations: [
          panelTitle(drawing.page, area, fitText(nameInTitle(panelId), area.width + 16, look.text)),
        ],
      })
      const levels = [...new Set(own.flatMap(({ chance }) => chance ?? []))]
      if (levels.length === 1) {
        const span = spanOf(own, isCategorical, categories(panelId).length)
        const [value] = levels as [number]
        const line: Baseline = { value, text: `${chanceName}<br>${Number(value.toFixed(3))}` }
        drawing.add(baselines(drawing.page, panel, [line], { ...span, range, isLabelled: isLast }))
      }
    },
  )
  return drawing.figure(describe(rows, options))
}

/** A tick at each whole number where a few of them are all that the points lie at, else up to five where plotly puts them. */
function numberTicks(rows: readonly CurveRow[]): { tick0: number; dtick: number } | { nticks: number } {
  const xs = rows.map(({ x }) => Number(x))
  // Plotly's own steps are whole from five numbers on.
  const isWhole = xs.every(Number.isInteger) && Math.max(...xs) - Math.min(...xs) <= 5
  return isWhole ? { tick0: 0, dtick: 1 } : { nticks: 5 }
}

/** From where to where a panel's curves go. */
function spanOf(rows: readonly CurveRow[], isCategorical: boolean, count: number) {
  if (isCategorical) return { from: -0.3, to: count - 0.7 }
  const xs = rows.map(({ x }) => Number(x))
  return { from: Math.min(...xs), to: Math.max(...xs) }
}

function valueRange(rows: readonly CurveRow[]): [number, number] {
  const levels = rows.flatMap(({ low, high, chance }) => [
    low,
    high,
    ...(chance === undefined ? [] : [chance]),
  ])
  const [low, high] = [Math.min(0, ...levels), Math.max(0, ...levels)]
  const room = 0.05 * (high - low || 1)
  return [low < 0 ? low - room : 0, high + room]
}

function describe(rows: readonly CurveRow[], { panels, series, xLabel, yLabel }: CurveFigureOptions): string {
  const ids = [...new Set(rows.map(({ panel }) => panel))]
  const titles = panels ? distinctNames(panels, ids) : (id: string) => id
  const parts = ids.map((id) => {
    const own = rows.filter((row) => row.panel === id)
    const curves = [...new Set(own.map((row) => row.series))]
    const names = distinctNames(series, curves)
    const ends = curves.map((curve) => {
      const points = own.filter((row) => row.series === curve)
      return `${names(curve)} from ${points[0]!.value.toFixed(2)} to ${points.at(-1)!.value.toFixed(2)}`
    })
    return `${titles(id)}: ${ends.join(', ')}`
  })
  return `Line charts of ${yLabel.toLowerCase()} over ${xLabel.toLowerCase()}. ${parts.join('; ')}.`
}
