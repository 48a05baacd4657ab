import type { Annotations, PlotData, Shape } from 'plotly.js'
import { baseline, uniformCosine } from '../kit/baseline.js'
import type { CosineRow } from './score-figure.js'
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
import { networkStyle } from '../kit/palette.js'
import { arrange, panelTitle } from '../kit/panels.js'
import { axis, INK } from '../kit/theme.js'

/** A cosine row with the network's test accuracy, a fraction from 0 to 1. */
export interface AccuracyCosineRow extends CosineRow {
  readonly accuracy: number
}

/**
 * Explainability against accuracy: cosine similarity over test accuracy, a panel per method (columns) and dataset (rows), a marker per
 * network. Networks of equal accuracy stand above each other.
 */
export function accuracyCosineFigure(
  rows: readonly AccuracyCosineRow[],
  options: { uniform?: number } = {},
): Figure {
  if (rows.length === 0) throw new Error('The accuracy and cosine figure needs at least one row')
  const { uniform = uniformCosine() } = options
  return figureFrom((widthMm) => draw(rows, uniform, widthMm))
}

function draw(rows: readonly AccuracyCosineRow[], uniform: number, widthMm: number): Figure {
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
  const { sheet, areas } = arrange(widthMm, {
    count: datasets.length * methods.length,
    columns: methods.length,
    panelHeight: widthMm < 130 ? 110 : 140,
    left: 38,
    right: 42,
    gap: 10,
    bottom: 38,
    legend: networks.map(networkName),
  })
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const layout = sheet.layout({ showlegend: true })
  datasets.forEach((dataset, line) => {
    const ofDataset = rows.filter((row) => row.dataset === dataset)
    const range = padded(ofDataset.map((row) => 100 * row.accuracy))
    methods.forEach((method, column) => {
      const index = line * methods.length + column
      const [names, area] = [panelNames(index), areas[index]!]
      const { x, y } = sheet.domains(area)
      const firstX = panelNames(line * methods.length).x
      addPanel(
        layout,
        index,
        axis({ domain: x, range, nticks: 4, ...(column > 0 ? { matches: firstX } : {}) }),
        axis({
          domain: y,
          range: [0, 1.02],
          dtick: 0.2,
          tickformat: '.1f',
          ...(column > 0 ? { showticklabels: false, ticks: '' } : { label: 'Cosine similarity' }),
        }),
      )
      for (const network of networks) {
        const points = ofDataset.filter((row) => row.method === method && row.network === network)
        data.push(marker(names, index === 0, network, networks, points))
      }
      const uniformLine = baseline(sheet, area, names, {
        value: uniform,
        from: range[0],
        to: range[1],
        name: 'uniform',
      })
      shapes.push(uniformLine.shape)
      if (column === methods.length - 1) annotations.push(uniformLine.label)
      annotations.push(panelTitle(sheet, area, methodName(method)))
    })
    const [first, last] = [areas[line * methods.length]!, areas[(line + 1) * methods.length - 1]!]
    annotations.push(
      sheet.label(
        (first.left + last.left + last.width) / 2,
        first.top + first.height + 25,
        `Accuracy on ${datasetName(dataset)} (%)`,
        {
          xanchor: 'center',
        },
      ),
    )
  })
  return { data, layout: { ...layout, shapes, annotations, legend: legendLine(sheet) }, alt: describe(rows) }
}

function marker(
  panel: PanelNames,
  showlegend: boolean,
  network: string,
  networks: readonly string[],
  points: readonly AccuracyCosineRow[],
): Partial<PlotData> {
  const style = networkStyle(network, networks)
  return {
    type: 'scatter',
    showlegend,
    xaxis: panel.x,
    yaxis: panel.y,
    mode: 'markers',
    name: networkName(network),
    legendgroup: network,
    x: points.map((row) => 100 * row.accuracy),
    y: points.map((row) => row.cosine),
    customdata: points.map((row) => [methodLongName(row.method), row.low, row.high]),
    hovertemplate:
      `<b>${networkName(network)}</b>, %{customdata[0]}<br>accuracy %{x:.2f} %<br>cosine %{y:.3f} ` +
      '(95 % interval %{customdata[1]:.3f} to %{customdata[2]:.3f})<extra></extra>',
    marker: { symbol: style.symbol, color: style.color, size: 8, line: { color: INK, width: 0.7 } },
    error_y: {
      type: 'data',
      symmetric: false,
      array: points.map((row) => row.high - row.cosine),
      arrayminus: points.map((row) => row.cosine - row.low),
      color: INK,
      thickness: 0.7,
      width: 0,
    },
  }
}

function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(0.15 * (high - low), 0.2)
  return [low - room, high + room]
}

function describe(rows: readonly AccuracyCosineRow[]): string {
  const span = (values: readonly number[], digits: number) =>
    `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`
  const parts = inOrder(
    rows.map((row) => row.dataset),
    DATASETS,
  ).map((dataset) => {
    const own = rows.filter((row) => row.dataset === dataset)
    const accuracies = own.map((row) => 100 * row.accuracy)
    const cosines = own.map((row) => row.cosine)
    return `on ${datasetName(dataset)} accuracies span ${span(accuracies, 1)} % and cosines ${span(cosines, 2)}`
  })
  return `Scatter plots of cosine similarity over test accuracy, a marker per network and a panel per method: ${parts.join('; ')}.`
}
