import type { Annotations, PlotData } from 'plotly.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendLine } from '../kit/legend.js'
import { inOrder, METHODS, methodLongName, methodName, NETWORKS, networkName } from '../kit/names.js'
import { addPanel, type PanelNames, panelNames } from '../kit/page.js'
import { methodStyle } from '../kit/palette.js'
import { arrange, panelTitle } from '../kit/panels.js'
import { axis, INK } from '../kit/theme.js'

/** A point of a pixel-flipping curve with its interval. */
export interface PixelFlippingRow {
  readonly network: string
  readonly method: string
  /** Share of the pixels flipped so far, the most relevant first; from 0 to 1. */
  readonly fraction: number
  /** What is left of the prediction, in the unit of `label`. */
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How a prediction falls as the most relevant pixels are removed: a panel per network, a curve with its interval per method. */
export function pixelFlippingFigure(
  rows: readonly PixelFlippingRow[],
  options: { label?: string } = {},
): Figure {
  if (rows.length === 0) throw new Error('The pixel flipping figure needs at least one row')
  const { label = 'Logit, relative' } = options
  return figureFrom((widthMm) => draw(rows, label, widthMm))
}

function draw(rows: readonly PixelFlippingRow[], label: string, widthMm: number): Figure {
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const methods = inOrder(
    rows.map((row) => row.method),
    METHODS,
  )
  const columns = Math.min(networks.length, widthMm < 130 ? 2 : 5)
  const { sheet, areas } = arrange(widthMm, {
    count: networks.length,
    columns,
    panelHeight: 104,
    left: 38,
    right: 8,
    gap: 20,
    bottom: 36,
    legend: methods.map(methodName),
  })
  const range = valueRange(rows)
  const most = 100 * Math.max(...rows.map((row) => row.fraction))
  const data: Partial<PlotData>[] = []
  const annotations: Partial<Annotations>[] = []
  const layout = sheet.layout({ showlegend: true })
  for (const method of methods) data.push(key(method, methods))
  networks.forEach((network, index) => {
    const [names, area] = [panelNames(index), areas[index]!]
    const { x, y } = sheet.domains(area)
    addPanel(
      layout,
      index,
      axis({
        domain: x,
        range: [0, most],
        nticks: 4,
        label: index >= networks.length - columns ? 'Pixels flipped (%)' : undefined,
        ...(index > 0 ? { matches: 'x' } : {}),
      }),
      axis({
        domain: y,
        range,
        nticks: 6,
        ...(index > 0 ? { matches: 'y' } : {}),
        ...(index % columns === 0 ? { label } : { showticklabels: false, ticks: '' }),
      }),
    )
    for (const method of methods) {
      const points = rows
        .filter((row) => row.network === network && row.method === method)
        .sort((a, b) => a.fraction - b.fraction)
      data.push(...curve(points, methods, method, names))
    }
    annotations.push(panelTitle(sheet, area, networkName(network)))
  })
  return {
    data,
    layout: { ...layout, annotations, legend: legendLine(sheet) },
    alt: describe(rows),
  }
}

/** The legend entry of a method: its line with one marker. */
function key(method: string, methods: readonly string[]): Partial<PlotData> {
  const { color, dash, symbol } = methodStyle(method, methods)
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: methodName(method),
    legendgroup: method,
    x: [null],
    y: [null],
    line: { color, width: 1.3, dash },
    marker: { symbol, size: 5, color, line: { color: INK, width: 0.5 } },
    hoverinfo: 'skip',
  }
}

/** The lower bound, the upper bound filled down to it, and the curve on top. */
function curve(
  points: readonly PixelFlippingRow[],
  methods: readonly string[],
  method: string,
  names: PanelNames,
): Partial<PlotData>[] {
  const style = methodStyle(method, methods)
  const common = {
    type: 'scatter' as const,
    xaxis: names.x,
    yaxis: names.y,
    legendgroup: method,
    showlegend: false,
    x: points.map((point) => 100 * point.fraction),
  }
  const bound = {
    ...common,
    mode: 'lines' as const,
    line: { width: 0, color: style.color },
    hoverinfo: 'skip' as const,
  }
  const marked = Math.max(1, Math.round(points.length / 4))
  return [
    { ...bound, y: points.map((point) => point.low) },
    { ...bound, y: points.map((point) => point.high), fill: 'tonexty', fillcolor: `${style.color}33` },
    {
      ...common,
      mode: 'lines+markers',
      name: methodName(method),
      y: points.map((point) => point.value),
      customdata: points.map((point) => [point.low, point.high]),
      line: { color: style.color, width: 1.3, dash: style.dash },
      marker: {
        symbol: style.symbol,
        size: points.map((_, i) => (i % marked === 0 ? 5 : 0)),
        color: style.color,
        line: { color: INK, width: 0.5 },
      },
      hovertemplate:
        `<b>${methodLongName(method)}</b><br>%{x:.0f} % flipped: %{y:.3f} ` +
        '(%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra></extra>',
    },
  ]
}

function valueRange(rows: readonly PixelFlippingRow[]): [number, number] {
  const [low, high] = [Math.min(0, ...rows.map((row) => row.low)), Math.max(...rows.map((row) => row.high))]
  const room = 0.05 * (high - low)
  return [low < 0 ? low - room : 0, high + room]
}

function describe(rows: readonly PixelFlippingRow[]): string {
  const end = (network: string, method: string) => {
    const points = rows.filter((row) => row.network === network && row.method === method)
    return points.reduce((last, row) => (row.fraction > last.fraction ? row : last))
  }
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const parts = networks.map((network) => {
    const methods = inOrder(
      rows.filter((row) => row.network === network).map((row) => row.method),
      METHODS,
    )
    const ends = methods.map((method) => `${methodName(method)} ${end(network, method).value.toFixed(2)}`)
    return `${networkName(network)} ${ends.join(', ')}`
  })
  return `Line charts of what is left of the prediction as the most relevant pixels are flipped. At the end of the curves: ${parts.join('; ')}.`
}
