import type { PlotData } from 'plotly.js'
import { baselines } from '../kit/baseline.js'
import { categoryLabels } from '../kit/category-axis.js'
import type { Drawing, Panel } from '../kit/drawing.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendLine, legendName } from '../kit/legend.js'
import {
  datasetName,
  datasetsOf,
  distinctNames,
  measureInText,
  measureName,
  methodLongName,
  methodName,
  methodsOf,
  networkName,
  networksOf,
} from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import { barPattern, networkStyle } from '../kit/palette.js'
import { drawPanels, panelTitle, panelWidth, type Slot } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { textWidth } from '../kit/text-width.js'
import { INK, TEXT } from '../kit/theme.js'
import {
  assertDistinct,
  baselineName,
  baselineRoom,
  baselinesOf,
  rowsOfMeasure,
  SCORE_FIELDS,
  type ScoreRow,
  type ScoreScale,
  scoreScale,
} from './score-rows.js'

export type { ScoreRow } from './score-rows.js'

/** Which of the rows a figure of scores shows. */
export interface ScoreFigureOptions {
  /** The id of the measure; needed where rows are of several. */
  readonly measure?: string
}

/**
 * The scores of explanations as bars with intervals: a panel per dataset with the baseline of its problem, a group per method, a bar
 * per network.
 *
 * @param rows an array, or an arquero table with the columns of {@link ScoreRow}
 * @throws Error where there is no row, rows are of several measures and none is chosen, or two rows are of one bar
 * @example
 * scoreFigure([
 *   { dataset: 'mnist-maj', network: 'deep', method: 'deepTaylor', measure: 'cosine', mean: 0.67, low: 0.66, high: 0.68, baseline: 0.816 },
 * ])
 */
export function scoreFigure(rows: Rows<ScoreRow>, options: ScoreFigureOptions = {}): Figure {
  const all = rowsOf(rows, { figure: 'score', fields: SCORE_FIELDS })
  const { rows: own, measure } = rowsOfMeasure(all, options.measure)
  assertDistinct(own)
  return figureFrom((widthMm) => draw(own, measure, widthMm))
}

/** What all panels share. */
interface Shared {
  readonly networks: readonly string[]
  readonly methods: readonly string[]
  readonly methodNames: readonly string[]
  readonly scale: ScoreScale
  readonly measure: string
  readonly nameInLegend: (network: string) => string
}

function draw(rows: readonly ScoreRow[], measure: string, widthMm: number): Figure {
  const [datasets, networks, methods] = [datasetsOf(rows), networksOf(rows), methodsOf(rows)]
  const networkNames = distinctNames('architecture', networks)
  const shared: Shared = {
    networks,
    methods,
    methodNames: methods.map(distinctNames('method', methods)),
    scale: scoreScale(measure, rows),
    measure,
    nameInLegend: (network) => legendName(networkNames(network), widthMm),
  }
  const left = 38 + Math.max(0, textWidth(tickText(shared.scale)) - textWidth('0.0'))
  const right = Math.max(40, baselineRoom(measure, textWidth) + 7)
  const placed = { left, right, gap: right + 26 }
  const isNarrow = widthMm < 130
  const bars = methods.length * (networks.length + 0.5)
  // Thinner bars do not show their hatch.
  const fitsTwo = panelWidth(widthMm, { ...placed, columns: 2 }) / bars > 4
  const columns = isNarrow || !fitsTwo ? 1 : Math.min(datasets.length, 2)
  const labels = categoryLabels(shared.methodNames, panelWidth(widthMm, { ...placed, columns }), TEXT)
  const drawing = drawPanels(
    datasets,
    widthMm,
    {
      ...placed,
      columns,
      panelHeight: isNarrow ? 128 : 150,
      bottom: 24 + labels.height,
      legend: networks.map(shared.nameInLegend),
    },
    { barmode: 'group', bargap: 0.22, bargroupgap: 0.08, showlegend: true },
    (dataset, slot, drawing) => {
      const own = rows.filter((row) => row.dataset === dataset)
      const panel = drawing.panel(
        slot.area,
        {
          type: 'category',
          showgrid: false,
          ticklen: 0,
          tickfont: { size: TEXT, color: INK },
          ...labels.settings,
        },
        {
          range: [...shared.scale.range],
          dtick: shared.scale.dtick,
          tickformat: shared.scale.tickformat,
          label: slot.isFirst ? measureName(measure) : undefined,
        },
      )
      drawDataset(drawing, slot, panel, own, dataset, shared)
    },
  )
  return drawing.figure(describe(rows, measure, shared.scale), { legend: legendLine(drawing.page) })
}

function drawDataset(
  drawing: Drawing,
  { area, index }: Slot,
  panel: Panel,
  rows: readonly ScoreRow[],
  dataset: string,
  shared: Shared,
): void {
  const { networks, methods, scale } = shared
  drawing.add({
    data: networks.map((network) => {
      const bars = methods.map((method) =>
        rows.find((row) => row.network === network && row.method === method),
      )
      return bar(panel, index === 0, network, bars, datasetName(dataset), shared)
    }),
    annotations: [panelTitle(drawing.page, area, datasetName(dataset))],
  })
  const [from, to] = [-0.5, methods.length - 0.5]
  drawing.add(
    baselines(drawing.page, panel, baselinesOf(rows, scale), {
      from,
      to,
      range: scale.range,
      isLabelled: true,
    }),
  )
}

function bar(
  { names }: Panel,
  showlegend: boolean,
  network: string,
  bars: readonly (ScoreRow | undefined)[],
  dataset: string,
  { networks, methods, methodNames, scale: { digits }, measure, nameInLegend }: Shared,
): Partial<PlotData> {
  const style = networkStyle(network, networks)
  return {
    type: 'bar',
    showlegend,
    xaxis: names.x,
    yaxis: names.y,
    name: nameInLegend(network),
    legendgroup: network,
    x: [...methodNames],
    y: bars.map((row) => row?.mean ?? null),
    customdata: bars.map((row, i) => [methodLongName(methods[i]!), row?.low ?? null, row?.high ?? null]),
    hovertemplate:
      `<b>${networkName(network)}</b>, %{customdata[0]}<br>${measureInText(measure)} %{y:.${digits}f} ` +
      `(95 % interval %{customdata[1]:.${digits}f} to %{customdata[2]:.${digits}f})<extra>${dataset}</extra>`,
    marker: { color: style.color, line: { color: INK, width: 0.5 }, pattern: barPattern(style) },
    error_y: {
      type: 'data',
      symmetric: false,
      array: bars.map((row) => (row ? row.high - row.mean : 0)),
      arrayminus: bars.map((row) => (row ? row.mean - row.low : 0)),
      color: INK,
      thickness: 0.8,
      width: 1.6,
    },
  }
}

/** The widest number at the axis. */
function tickText({ range, tickformat }: ScoreScale): string {
  const places = Number(tickformat.slice(1, -1))
  return range.map((value) => value.toFixed(places)).reduce((a, b) => (b.length > a.length ? b : a))
}

function describe(rows: readonly ScoreRow[], measure: string, { digits }: ScoreScale): string {
  const best = rows.reduce((a, b) => (b.mean > a.mean ? b : a))
  const worst = rows.reduce((a, b) => (b.mean < a.mean ? b : a))
  const say = (row: ScoreRow) =>
    `${fixed(row.mean, Math.max(0, digits - 1))} (${methodName(row.method)} on ${networkName(row.network)}, ${datasetName(row.dataset)})`
  const above = rows.filter((row) => row.low > row.baseline).length
  const levels = [...new Set(rows.map((row) => row.baseline.toFixed(digits)))]
  return (
    `Bar chart of the mean ${measureInText(measure)} by dataset, method and network, from ${say(worst)} to ${say(best)}. ` +
    `${above} of the ${rows.length} bars lie above the ${baselineName(measure)} baseline of ${levels.join(' or ')} with ` +
    'their whole interval.'
  )
}
