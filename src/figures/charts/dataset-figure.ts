import type { PlotData, Shape } from 'plotly.js'
import { categoryLabels } from '../kit/category-axis.js'
import { onPaper } from '../kit/dark.js'
import type { Panel } from '../kit/drawing.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { furtherStyles } from '../kit/further-styles.js'
import { look } from '../kit/look.js'
import { isNarrowPage } from '../kit/narrow.js'
import { barPattern, type SeriesStyle } from '../kit/palette.js'
import { drawPanels, panelTitle, panelWidth } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'

/** How many sequences of a split have a label and relevant items at these positions. */
export interface DatasetRow {
  readonly split: string
  readonly label: string
  /** Positions of the majority's items, from 0. */
  readonly relevant: readonly number[]
  readonly count: number
}

const shades: readonly SeriesStyle[] = [
  { color: '#9fd0f0', pattern: '', symbol: 'circle', dash: 'solid' },
  { color: '#3a94d0', pattern: '/', symbol: 'square', dash: 'dash' },
  { color: '#0b4a7f', pattern: 'x', symbol: 'diamond', dash: 'dot' },
]

/**
 * Class balance and positions of the relevant items, as shares of each split; dashed lines mark equal shares.
 *
 * @example
 * datasetFigure(datasetRows(model.dataset, test))
 */
export function datasetFigure(rows: Rows<DatasetRow>): Figure {
  const all = rowsOf(rows, { figure: 'dataset', fields: ['split', 'label', 'relevant', 'count'] })
  return figureFrom((widthMm) => draw(all, widthMm), { rows: () => all })
}

/** What a panel counts by. */
interface Count {
  readonly title: string
  readonly label: string
  readonly of: (row: DatasetRow) => string
}

const counts: readonly Count[] = [
  { title: 'Class of the majority', label: 'Class', of: (row) => row.label },
  { title: 'Positions of the relevant items', label: 'Items', of: (row) => positions(row) },
]

function draw(rows: readonly DatasetRow[], widthMm: number): Figure {
  const splits = [...new Set(rows.map((row) => row.split))]
  const isNarrow = isNarrowPage(widthMm)
  const placed = { columns: isNarrow ? 1 : 2, left: 38, right: 8, gap: 46 }
  const labels = counts.map(({ of }) => categoryLabels(categoriesOf(rows, of), panelWidth(widthMm, placed)))
  const drawing = drawPanels(
    counts,
    widthMm,
    {
      ...placed,
      panelHeight: isNarrow ? 96 : 120,
      bottom: isNarrow
        ? labels.map(({ height }) => 38 + height)
        : 38 + Math.max(...labels.map(({ height }) => height)),
      legend: [...splits.map((split) => nameOf(rows, split)), EQUAL_NAME],
    },
    { barmode: 'group', bargap: 0.25, bargroupgap: 0.06, showlegend: true },
    (count, { area, index }, drawing) => {
      const panel = drawing.panel(
        area,
        { type: 'category', showgrid: false, ticklen: 0, label: count.label, ...labels[index]!.settings },
        { rangemode: 'tozero', nticks: 5, label: 'Sequences (%)' },
      )
      const categories = categoriesOf(rows, count.of)
      // Outlines of bars this thin would be all that is seen.
      const outline = area.width / (categories.length * splits.length) < 2 ? 0 : 0.4
      drawing.add({
        data: [
          ...splits.map((split, place) =>
            bars(panel, rows, count, { categories, split, outline }, styleOf(place)),
          ),
          ...(index === 0 ? [equalKey()] : []),
        ],
        shapes: [equalShare(panel, categories.length)],
        annotations: [panelTitle(drawing.page, area, count.title)],
      })
    },
  )
  return drawing.figure(describe(rows, splits))
}

function styleOf(place: number): SeriesStyle {
  const style = shades[place] ?? furtherStyles(shades, place).at(-1)!
  return { ...style, color: onPaper(style.color) }
}

const categoriesOf = (rows: readonly DatasetRow[], of: Count['of']): string[] =>
  [...new Set(rows.map(of))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

function bars(
  { names, index }: Panel,
  rows: readonly DatasetRow[],
  { of, label }: Count,
  { categories, split, outline }: { categories: readonly string[]; split: string; outline: number },
  style: SeriesStyle,
): Partial<PlotData> {
  const own = rows.filter((row) => row.split === split)
  const total = sum(own)
  const numbers = categories.map((category) => sum(own.filter((row) => of(row) === category)))
  return {
    type: 'bar',
    name: nameOf(rows, split),
    legendgroup: split,
    showlegend: index === 0,
    xaxis: names.x,
    yaxis: names.y,
    x: [...categories],
    y: numbers.map((number) => (100 * number) / total),
    customdata: numbers,
    marker: { color: style.color, line: { color: look.ink, width: outline }, pattern: barPattern(style) },
    hovertemplate: `<b>${split}</b>, ${label.toLowerCase()} %{x}<br>%{customdata:,} sequences, %{y:.2f} %<extra></extra>`,
  }
}

const EQUAL_NAME = 'equal shares'
const equalLine = () => ({ color: look.ink, width: 0.8, dash: 'dash' }) as const

/** The legend's entry for the dashed lines. */
const equalKey = (): Partial<PlotData> => ({
  ...{ type: 'scatter', mode: 'lines', name: EQUAL_NAME, x: [null], y: [null], line: equalLine() },
  hoverinfo: 'skip',
})

/** A split in the legend, with how many sequences it has. */
const nameOf = (rows: readonly DatasetRow[], split: string): string =>
  `${split} (${sum(rows.filter((row) => row.split === split)).toLocaleString('en')})`

function equalShare({ names }: Panel, categories: number): Partial<Shape> {
  const equal = 100 / categories
  return {
    type: 'line',
    xref: names.x,
    yref: names.y,
    x0: -0.5,
    x1: categories - 0.5,
    y0: equal,
    y1: equal,
    line: equalLine(),
  }
}

/** Such as `1 and 3`, or `1, 2 and 4`. */
const positions = ({ relevant }: DatasetRow): string => {
  const numbers = relevant.map((position) => String(position + 1))
  const last = numbers.slice(-2).join(' and ')
  return [...numbers.slice(0, -2), last].join(', ')
}

const sum = (rows: readonly DatasetRow[]): number => rows.reduce((total, row) => total + row.count, 0)

function describe(rows: readonly DatasetRow[], splits: readonly string[]): string {
  const span = (own: readonly DatasetRow[], of: (row: DatasetRow) => string) => {
    const shares = [...new Set(own.map(of))].map(
      (key) => (100 * sum(own.filter((row) => of(row) === key))) / sum(own),
    )
    return `${Math.min(...shares).toFixed(1)} to ${Math.max(...shares).toFixed(1)} %`
  }
  const parts = splits.map((split) => {
    const own = rows.filter((row) => row.split === split)
    const total = sum(own).toLocaleString('en')
    return `${split} (${total} sequences): classes ${span(own, (row) => row.label)}, positions ${span(own, positions)}`
  })
  return `Bar charts of how often each class is the majority and where the relevant items stand, by split. ${parts.join('; ')}.`
}
