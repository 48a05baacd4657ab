import type { Annotations, PlotData, Shape } from 'plotly.js'
import { baseline, uniformCosine } from '../kit/baseline.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendLine } from '../kit/legend.js'
import {
  DATASETS,
  datasetName,
  inOrder,
  METHODS,
  methodLongName,
  methodName,
  NETWORKS,
  networkName,
} from '../kit/names.js'
import { addPanel, type PanelNames, panelNames } from '../kit/page.js'
import { barPattern, networkStyle } from '../kit/palette.js'
import { arrange, panelTitle } from '../kit/panels.js'
import { axis, INK, TEXT } from '../kit/theme.js'

/** Mean cosine similarity of one dataset, network and method, with its bootstrap interval. */
export interface CosineRow {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly cosine: number
  readonly low: number
  readonly high: number
}

/**
 * Cosine similarity between relevance and relevant items as bars with intervals: a panel per dataset, a group per method, a bar per
 * network, and the baseline of uniform relevance.
 */
export function cosineFigure(rows: readonly CosineRow[], options: { uniform?: number } = {}): Figure {
  if (rows.length === 0) throw new Error('The cosine figure needs at least one row')
  const { uniform = uniformCosine() } = options
  return figureFrom((widthMm) => draw(rows, uniform, widthMm))
}

function draw(rows: readonly CosineRow[], uniform: number, widthMm: number): Figure {
  const datasets = inOrder(
    rows.map((row) => row.dataset),
    DATASETS,
  )
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const methods = inOrder(
    rows.map((row) => row.method),
    METHODS,
  )
  const columns = widthMm < 130 ? 1 : Math.min(datasets.length, 2)
  const { sheet, areas } = arrange(widthMm, {
    count: datasets.length,
    columns,
    panelHeight: widthMm < 130 ? 128 : 150,
    left: 38,
    right: 40,
    gap: 66,
    bottom: 24,
    legend: networks.map(networkName),
  })
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const layout = sheet.layout({ barmode: 'group', bargap: 0.22, bargroupgap: 0.08, showlegend: true })
  datasets.forEach((dataset, index) => {
    const names = panelNames(index)
    const area = areas[index]!
    const { x, y } = sheet.domains(area)
    addPanel(
      layout,
      index,
      axis({
        domain: x,
        type: 'category',
        showgrid: false,
        ticklen: 0,
        tickfont: { size: TEXT, color: INK },
      }),
      axis({
        domain: y,
        range: [0, 1],
        dtick: 0.2,
        tickformat: '.1f',
        label: index % columns === 0 ? 'Cosine similarity' : undefined,
      }),
    )
    for (const network of networks) {
      const bars = methods.map((method) =>
        rows.find((row) => row.dataset === dataset && row.network === network && row.method === method),
      )
      data.push(bar(names, index === 0, network, networks, methods, bars, datasetName(dataset)))
    }
    const line = baseline(sheet, area, names, {
      value: uniform,
      from: -0.5,
      to: methods.length - 0.5,
      name: 'uniform',
    })
    shapes.push(line.shape)
    annotations.push(panelTitle(sheet, area, datasetName(dataset)), line.label)
  })
  return {
    data,
    layout: { ...layout, shapes, annotations, legend: legendLine(sheet) },
    alt: describe(rows, uniform),
  }
}

function bar(
  panel: PanelNames,
  showlegend: boolean,
  network: string,
  networks: readonly string[],
  methods: readonly string[],
  bars: readonly (CosineRow | undefined)[],
  dataset: string,
): Partial<PlotData> {
  const style = networkStyle(network, networks)
  return {
    type: 'bar',
    showlegend,
    xaxis: panel.x,
    yaxis: panel.y,
    name: networkName(network),
    legendgroup: network,
    x: methods.map(methodName),
    y: bars.map((row) => row?.cosine ?? null),
    customdata: bars.map((row, i) => [methodLongName(methods[i]!), row?.low ?? null, row?.high ?? null]),
    hovertemplate:
      `<b>${networkName(network)}</b>, %{customdata[0]}<br>cosine %{y:.3f} ` +
      `(95 % interval %{customdata[1]:.3f} to %{customdata[2]:.3f})<extra>${dataset}</extra>`,
    marker: { color: style.color, line: { color: INK, width: 0.5 }, pattern: barPattern(style) },
    error_y: {
      type: 'data',
      symmetric: false,
      array: bars.map((row) => (row ? row.high - row.cosine : 0)),
      arrayminus: bars.map((row) => (row ? row.cosine - row.low : 0)),
      color: INK,
      thickness: 0.8,
      width: 1.6,
    },
  }
}

function describe(rows: readonly CosineRow[], uniform: number): string {
  const best = rows.reduce((a, b) => (b.cosine > a.cosine ? b : a))
  const worst = rows.reduce((a, b) => (b.cosine < a.cosine ? b : a))
  const say = (row: CosineRow) =>
    `${row.cosine.toFixed(2)} (${methodName(row.method)} on ${networkName(row.network)}, ${datasetName(row.dataset)})`
  const above = rows.filter((row) => row.low > uniform).length
  return (
    'Bar chart of the mean cosine similarity between relevance and relevant items by dataset, method and network, ' +
    `from ${say(worst)} to ${say(best)}. ${above} of the ${rows.length} bars lie above the uniform baseline of ` +
    `${uniform.toFixed(3)} with their whole interval.`
  )
}
