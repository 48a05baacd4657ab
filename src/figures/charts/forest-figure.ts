import { inOrder, type Kind } from '../../values/registry.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { distinctNames } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { styleOf } from '../kit/palette.js'
import { drawPanels, FOOT, panelTitle } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { sampleSize } from '../kit/sample-size.js'
import { fitText, textWidth } from '../kit/text-width.js'

/** What a number is over several seeds: its mean with an interval, and the value of each seed. */
export interface ForestRow {
  /** What stands over the panel. */
  readonly panel: string
  /** A line of the panel: an id of the kind that the options name, or a text. */
  readonly line: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** The value of each seed. */
  readonly seeds: readonly number[]
  /** How many sequences were explained for each seed. Default: the figure does not say. */
  readonly sequences?: number
  /** What the value is compared with, such as a chance level; drawn as a dashed line. Default: none. */
  readonly chance?: number
}

export interface ForestFigureOptions {
  /** Of which kind lines are. Default: lines are named by their own text. */
  readonly lines?: Kind
  /** Under the panels. */
  readonly xLabel: string
  /** How many panels stand side by side on a wide page. Default: 4. */
  readonly columns?: number
}

const FIELDS = ['panel', 'line', 'value', 'low', 'high', 'seeds'] as const

/** The height of a line, in CSS pixels. */
const LINE = 15
const RIGHT = 10

/**
 * A forest plot: a line for each network or comparison, with the mean over seeds as a marker, its interval as a bar, and every seed as a stroke.
 *
 * @param rows an array, or an arquero table with the columns of {@link ForestRow}
 * @throws Error where there is no row or a field is missing
 * @example
 * forestFigure(
 *   [
 *     { panel: 'DTD', line: 'deep', value: 0.53, low: 0.5, high: 0.56, seeds: [0.51, 0.55], chance: 0.5 },
 *     { panel: 'DTD', line: 'r-lstm', value: 0.97, low: 0.96, high: 0.98, seeds: [0.96, 0.98], chance: 0.5 },
 *   ],
 *   { lines: 'architecture', xLabel: 'Rank' },
 * )
 */
export function forestFigure(rows: Rows<ForestRow>, options: ForestFigureOptions): Figure {
  const all = rowsOf(rows, { figure: 'forest', fields: FIELDS })
  return figureFrom((widthMm) => draw(all, options, widthMm), {
    rows: () => all,
    sections: sectionsBy(
      all,
      ({ panel }) => panel,
      (some) => forestFigure(some, options),
    ),
  })
}

function draw(rows: readonly ForestRow[], options: ForestFigureOptions, widthMm: number): Figure {
  const { lines: kind, xLabel, columns: most = 4 } = options
  const panels = [...new Set(rows.map(({ panel }) => panel))]
  const ids = [...new Set(rows.map(({ line }) => line))]
  const lines = kind ? inOrder(kind, ids) : ids
  const names = kind ? distinctNames(kind, lines) : (line: string) => line
  const isNarrow = isNarrowPage(widthMm)
  const columns = Math.min(panels.length, isNarrow ? 1 : most)
  const longest = isNarrow ? 90 : 150
  const labels = lines.map((line) => fitText(names(line), longest, look.small))
  const left = 12 + Math.max(...labels.map((label) => textWidth(label, look.small)))
  const range = valueRange(rows)
  const drawing = drawPanels(
    panels,
    widthMm,
    {
      columns,
      left,
      right: RIGHT,
      gap: 14,
      bottom: 38,
      panelHeight: LINE * lines.length + 8,
      foot: sampleSize(rows),
    },
    {},
    (panelId, { area, isFirst }, drawing) => {
      const own = rows.filter(({ panel }) => panel === panelId)
      const panel = drawing.panel(
        area,
        { range, nticks: 5 },
        {
          range: [lines.length - 0.5, -0.5],
          showgrid: false,
          tickmode: 'array',
          tickvals: lines.map((_, i) => i),
          ticktext: labels,
          ticks: '',
          tickfont: { size: look.small },
          ...(isFirst ? {} : { showticklabels: false }),
        },
      )
      const common = {
        type: 'scatter' as const,
        xaxis: panel.names.x,
        yaxis: panel.names.y,
        showlegend: false,
      }
      drawing.add({
        data: own.flatMap((row) => {
          const at = lines.indexOf(row.line)
          const { color, symbol } = kind
            ? styleOf(kind, row.line, lines)
            : { color: look.ink, symbol: 'circle' as const }
          return [
            {
              ...common,
              mode: 'markers' as const,
              name: names(row.line),
              x: [...row.seeds],
              y: row.seeds.map(() => at),
              marker: { symbol: 'line-ns', size: 7, color, opacity: 0.6, line: { color, width: 0.8 } },
              hovertemplate: `${names(row.line)}, a seed: %{x:.3f}<extra></extra>`,
            },
            {
              ...common,
              mode: 'markers' as const,
              name: names(row.line),
              x: [row.value],
              y: [at],
              error_x: {
                type: 'data' as const,
                symmetric: false,
                array: [row.high - row.value],
                arrayminus: [row.value - row.low],
                color: look.ink,
                thickness: 1,
                width: 2.5,
              },
              marker: { symbol, size: 6, color, line: { color: look.ink, width: 0.6 } },
              hovertemplate: `<b>${names(row.line)}</b><br>%{x:.3f} (${row.low.toFixed(3)} to ${row.high.toFixed(3)}), ${row.seeds.length} seeds<extra></extra>`,
            },
          ]
        }),
        shapes: [...new Set(own.flatMap(({ chance }) => chance ?? []))].map((chance) => ({
          type: 'line' as const,
          xref: panel.names.x,
          yref: panel.names.y,
          x0: chance,
          x1: chance,
          y0: -0.5,
          y1: lines.length - 0.5,
          line: { color: look.ink, width: 1, dash: 'dash' as const },
        })),
        annotations: [panelTitle(drawing.page, area, fitText(panelId, area.width + 12, look.text))],
      })
    },
  )
  const { page } = drawing
  const label = rows.some(({ chance }) => chance !== undefined) ? `${xLabel} (dashed: chance)` : xLabel
  // One label for all panels, which are narrower than it, over the number of seeds.
  const middle = left + (page.width - left - RIGHT) / 2
  drawing.add({
    annotations: [
      page.label(middle, page.height - FOOT - 3, fitText(label, 2 * (page.width - middle) - 4, look.text), {
        xanchor: 'center',
        yanchor: 'bottom',
      }),
    ],
  })
  return drawing.figure(describe(rows, names, xLabel))
}

function valueRange(rows: readonly ForestRow[]): [number, number] {
  const values = rows.flatMap(({ low, high, seeds, chance }) => [
    low,
    high,
    ...seeds,
    ...(chance === undefined ? [] : [chance]),
  ])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = 0.06 * (high - low || 1)
  return [low - room, high + room]
}

function describe(rows: readonly ForestRow[], names: (line: string) => string, xLabel: string): string {
  const panels = [...new Set(rows.map(({ panel }) => panel))]
  const parts = panels.map((panel) => {
    const own = rows.filter((row) => row.panel === panel)
    return `${panel}: ${own.map((row) => `${names(row.line)} ${row.value.toFixed(3)} [${row.low.toFixed(3)}, ${row.high.toFixed(3)}]`).join(', ')}`
  })
  return `Forest plots of ${xLabel.toLowerCase()} over seeds, with means and their intervals. ${parts.join('; ')}.`
}
