import type { Annotations, PlotData, Shape } from 'plotly.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendLine } from '../kit/legend.js'
import { addPanel, panelNames } from '../kit/page.js'
import { barPattern, type SeriesStyle } from '../kit/palette.js'
import { arrange, panelTitle } from '../kit/panels.js'
import { axis, INK } from '../kit/theme.js'

/** How many sequences of a split have a label and relevant items at these positions. */
export interface DatasetRow {
  readonly split: string
  readonly label: string
  /** Positions of the majority's items, from 0. */
  readonly relevant: readonly number[]
  readonly count: number
}

const styles: readonly SeriesStyle[] = [
  { color: '#9fd0f0', pattern: '', symbol: 'circle', dash: 'solid' },
  { color: '#3a94d0', pattern: '/', symbol: 'square', dash: 'dash' },
  { color: '#0b4a7f', pattern: 'x', symbol: 'diamond', dash: 'dot' },
]

/** Class balance and positions of the relevant items, as shares of each split; dashed lines mark equal shares. */
export function datasetFigure(rows: readonly DatasetRow[]): Figure {
  if (rows.length === 0) throw new Error('The dataset figure needs at least one row')
  return figureFrom((widthMm) => draw(rows, widthMm))
}

function draw(rows: readonly DatasetRow[], widthMm: number): Figure {
  const splits = [...new Set(rows.map((row) => row.split))]
  const narrow = widthMm < 130
  const { sheet, areas } = arrange(widthMm, {
    count: 2,
    columns: narrow ? 1 : 2,
    panelHeight: narrow ? 96 : 120,
    left: 38,
    right: 8,
    gap: 46,
    bottom: 38,
    legend: splits.map((split) => `${split} (00000)`),
  })
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const layout = sheet.layout({ barmode: 'group', bargap: 0.25, bargroupgap: 0.06, showlegend: true })
  const panels = [
    { title: 'Class of the majority', label: 'Class', of: (row: DatasetRow) => row.label },
    { title: 'Positions of the relevant items', label: 'Items', of: positions },
  ]
  panels.forEach((panel, index) => {
    const [names, area] = [panelNames(index), areas[index]!]
    const { x, y } = sheet.domains(area)
    const categories = [...new Set(rows.map(panel.of))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    )
    addPanel(
      layout,
      index,
      axis({ domain: x, type: 'category', showgrid: false, ticklen: 0, label: panel.label }),
      axis({
        domain: y,
        rangemode: 'tozero',
        nticks: 5,
        label: narrow || index === 0 ? 'Sequences (%)' : undefined,
      }),
    )
    splits.forEach((split, position) => {
      const own = rows.filter((row) => row.split === split)
      const total = sum(own)
      const counts = categories.map((category) => sum(own.filter((row) => panel.of(row) === category)))
      const style = styles[position % styles.length]!
      data.push({
        type: 'bar',
        name: `${split} (${total.toLocaleString('en')})`,
        legendgroup: split,
        showlegend: index === 0,
        xaxis: names.x,
        yaxis: names.y,
        x: categories,
        y: counts.map((count) => (100 * count) / total),
        customdata: counts,
        marker: { color: style.color, line: { color: INK, width: 0.4 }, pattern: barPattern(style) },
        hovertemplate: `<b>${split}</b>, ${panel.label.toLowerCase()} %{x}<br>%{customdata:,} sequences, %{y:.2f} %<extra></extra>`,
      })
    })
    const equal = 100 / categories.length
    shapes.push({
      type: 'line',
      xref: names.x,
      yref: names.y,
      x0: -0.5,
      x1: categories.length - 0.5,
      y0: equal,
      y1: equal,
      line: { color: INK, width: 0.8, dash: 'dash' },
    })
    annotations.push(panelTitle(sheet, area, panel.title))
  })
  return {
    data,
    layout: { ...layout, shapes, annotations, legend: legendLine(sheet) },
    alt: describe(rows, splits),
  }
}

const positions = (row: DatasetRow): string => row.relevant.map((position) => position + 1).join(' and ')

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
