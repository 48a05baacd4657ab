import { type CurveLook, curve, curveKey } from '../kit/curves.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { legendName } from '../kit/legend.js'
import { look } from '../kit/look.js'
import {
  distinctNames,
  methodLongName,
  methodName,
  methodsOf,
  networkName,
  networksOf,
} from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { methodStyle } from '../kit/palette.js'
import { drawPanels, panelTitle } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { type Sampled, sampleSize } from '../kit/sample-size.js'
import { fitText } from '../kit/text-width.js'

/** A point of a pixel-flipping curve with its interval. */
export interface PixelFlippingRow extends Sampled {
  readonly network: string
  readonly method: string
  /** Share of the pixels flipped so far, the most relevant first; from 0 to 1. */
  readonly fraction: number
  /** What is left of the prediction, in the unit of `label`. */
  readonly value: number
  readonly low: number
  readonly high: number
}

const FIELDS = ['network', 'method', 'fraction', 'value', 'low', 'high'] as const

/**
 * How a prediction falls as the most relevant pixels are removed: a panel per network, a curve with its interval per method.
 *
 * @example
 * pixelFlippingFigure([
 *   { network: 'deep', method: 'deepTaylor', fraction: 0, value: 1, low: 1, high: 1 },
 *   { network: 'deep', method: 'deepTaylor', fraction: 0.5, value: 0.4, low: 0.3, high: 0.5 },
 * ])
 */
export function pixelFlippingFigure(rows: Rows<PixelFlippingRow>, options: { label?: string } = {}): Figure {
  const { label = 'Share of the logit left' } = options
  const all = rowsOf(rows, { figure: 'pixel flipping', fields: FIELDS })
  return figureFrom((widthMm) => draw(all, label, widthMm), {
    rows: () => all,
    sections: sectionsBy(
      all,
      ({ network }) => networkName(network),
      (some) => pixelFlippingFigure(some, options),
    ),
  })
}

function draw(rows: readonly PixelFlippingRow[], label: string, widthMm: number): Figure {
  const [networks, methods] = [networksOf(rows), methodsOf(rows)]
  const names = distinctNames('method', methods)
  const nameInTitle = distinctNames('architecture', networks)
  const nameInLegend = (method: string) => legendName(names(method), widthMm)
  const columns = Math.min(networks.length, isNarrowPage(widthMm) ? 2 : 5)
  const range = valueRange(rows)
  const most = 100 * Math.max(...rows.map((row) => row.fraction))
  const drawing = drawPanels(
    networks,
    widthMm,
    {
      columns,
      panelHeight: 104,
      left: 38,
      right: 8,
      gap: 20,
      bottom: 36,
      legend: methods.map(nameInLegend),
      foot: sampleSize(rows),
    },
    { showlegend: true },
    (network, { area, index, isFirst, isLowest }, drawing) => {
      if (index === 0)
        drawing.add({
          data: methods.map((method) => curveKey(method, methodStyle(method, methods), nameInLegend(method))),
        })
      const panel = drawing.panel(
        area,
        {
          range: [0, most],
          nticks: 4,
          label: isLowest ? 'Pixels flipped (%)' : undefined,
          ...(index > 0 ? { matches: 'x' } : {}),
        },
        {
          range,
          nticks: 6,
          ...(index > 0 ? { matches: 'y' } : {}),
          ...(isFirst ? { label } : { showticklabels: false, ticks: '' }),
        },
      )
      const own = rows.filter((row) => row.network === network).sort((a, b) => a.fraction - b.fraction)
      const title = fitText(nameInTitle(network), area.width + 16, look.text)
      drawing.add({
        data: methods.flatMap((method) =>
          curve(
            own.filter((row) => row.method === method).map((row) => ({ ...row, x: 100 * row.fraction })),
            lookOf(method, methods),
            panel,
          ),
        ),
        annotations: [panelTitle(drawing.page, area, title)],
      })
    },
  )
  return drawing.figure(describe(rows))
}

/** How the curve of a method is drawn. */
const lookOf = (method: string, methods: readonly string[]): CurveLook => ({
  group: method,
  style: methodStyle(method, methods),
  name: methodName(method),
  hover:
    `<b>${methodLongName(method)}</b><br>%{x:.0f} % flipped: %{y:.3f} ` +
    '(%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra></extra>',
})

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
  const parts = networksOf(rows).map((network) => {
    const methods = methodsOf(rows.filter((row) => row.network === network))
    const ends = methods.map((method) => `${methodName(method)} ${end(network, method).value.toFixed(2)}`)
    return `${networkName(network)} ${ends.join(', ')}`
  })
  return `Line charts of what is left of the prediction as the most relevant pixels are flipped. At the end of the curves: ${parts.join('; ')}.`
}
