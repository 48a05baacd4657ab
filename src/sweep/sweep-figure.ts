import { type CurveRow, curveFigure } from '../figures/charts/curve-figure.js'
import { type Figure, figureFrom } from '../figures/kit/figure.js'
import type { Json } from '../runner/json.js'
import { sweptNames, valueText } from './combinations.js'
import type { SweepRow } from './sweep-table.js'

/** Which swept parameter is shown where. */
interface Places {
  readonly x: string
  readonly series: string | null
  readonly panels: readonly string[]
  /** Runs that differ in it alone are repetitions of one another. */
  readonly repeated: string | null
}

/**
 * A number over the swept parameters: along the axis the numeric parameter with the most values, a curve for each value of a second one, a
 * panel for each combination of the others. Where the seed is swept beside others a point is the mean, and its band goes from the lowest to
 * the highest.
 *
 * @returns null where no run has the number
 */
export function sweepFigure(rows: readonly SweepRow[], metric: string): Figure | null {
  const places = placesOf(rows)
  const points = pointsOf(rows, metric, places)
  if (points.length === 0) return null
  const options = {
    series: kindOf(places.series),
    xLabel: places.x,
    yLabel: places.repeated === null ? metric : `${metric}, mean over ${places.repeated}`,
    columns: 4,
  }
  return figureFrom((widthMm) => {
    const figure = curveFigure(points, options)
    return closeUp(figure.forWidth?.(widthMm) ?? figure, points)
  })
}

function placesOf(rows: readonly SweepRow[]): Places {
  const swept = sweptNames(rows)
  const repeated = swept.length > 1 && swept.includes('seed') ? 'seed' : null
  const shown = swept.filter((name) => name !== repeated)
  const count = (name: string) => new Set(rows.map(({ parameters }) => parameters[name])).size
  const numeric = shown.filter((name) => rows.every((row) => typeof row.parameters[name] === 'number'))
  const [x = shown[0] ?? Object.keys(rows[0]?.parameters ?? {})[0] ?? 'run'] = [...numeric].sort(
    (a, b) => count(b) - count(a),
  )
  const others = shown.filter((name) => name !== x)
  const series = others.includes('network') ? 'network' : (others[0] ?? null)
  return { x, series, panels: others.filter((name) => name !== series), repeated }
}

function pointsOf(
  rows: readonly SweepRow[],
  metric: string,
  { x, series, panels }: Places,
): readonly CurveRow[] {
  const position = positions(rows.map(({ parameters }) => parameters[x]))
  const groups = new Map<
    string,
    { readonly point: Omit<CurveRow, 'value' | 'low' | 'high'>; values: number[] }
  >()
  for (const { parameters, numbers } of rows) {
    const value = numbers.get(metric)
    // A training that diverged has no place in the figure; the table has it.
    if (value === undefined || !Number.isFinite(value)) continue
    const point = {
      panel: panels.map((name) => `${name} ${valueText(parameters[name])}`).join(', '),
      series: series === null ? metric : seriesName(series, parameters[series]),
      x: position(parameters[x]),
    }
    const key = JSON.stringify(point)
    const group = groups.get(key) ?? { point, values: [] as number[] }
    group.values.push(value)
    groups.set(key, group)
  }
  const found = [...groups.values()].map(({ point, values }) => ({
    ...point,
    value: values.reduce((sum, one) => sum + one, 0) / values.length,
    low: Math.min(...values),
    high: Math.max(...values),
  }))
  const order = [...new Set(rows.map(({ parameters }) => position(parameters[x])))]
  if (typeof order[0] === 'number') return found
  // Categories stand in the order in which their points come.
  const sorted = order.every((one) => Number.isFinite(Number(one)))
    ? order.sort((a, b) => Number(a) - Number(b))
    : order
  return found.sort((a, b) => sorted.indexOf(a.x) - sorted.indexOf(b.x))
}

/** Numbers keep their distances, unless they are of sizes too different to be told apart; all else is a category. */
function positions(values: readonly (Json | undefined)[]): (value: Json | undefined) => number | string {
  const numbers = values.filter((value) => typeof value === 'number')
  const spread = Math.max(...numbers) / Math.min(...numbers)
  const isEven = numbers.length === values.length && !(Math.min(...numbers) > 0 && spread >= 20)
  return (value) => (isEven ? (value as number) : valueText(value))
}

/** Networks, datasets, methods and measures are named and coloured as everywhere; all else takes the colours that datasets leave. */
function kindOf(name: string | null): 'architecture' | 'dataset' | 'method' | 'measure' {
  if (name === 'network') return 'architecture'
  return name === 'method' || name === 'measure' ? name : 'dataset'
}

const seriesName = (name: string, value: Json | undefined): string =>
  ['network', 'dataset', 'method', 'measure'].includes(name)
    ? valueText(value)
    : `${name} ${valueText(value)}`

/** Curves are drawn from zero on; hyperparameters differ by little, so that the axis here goes no further than the points do. */
function closeUp(figure: Figure, points: readonly CurveRow[]): Figure {
  const [low, high] = [
    Math.min(...points.map((point) => point.low)),
    Math.max(...points.map((point) => point.high)),
  ]
  const room = 0.08 * (high - low || Math.abs(high) || 1)
  const range = [low - room, high + room]
  const layout = Object.fromEntries(
    Object.entries(figure.layout).map(([key, value]) => [
      key,
      /^yaxis\d*$/.test(key) && typeof value === 'object' ? { ...value, range } : value,
    ]),
  )
  return { ...figure, layout }
}
