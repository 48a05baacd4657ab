import type { PlotData } from 'plotly.js'
import { baselines } from '../kit/baseline.js'
import { categoryLabels } from '../kit/category-axis.js'
import type { Drawing, Panel } from '../kit/drawing.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { legendName } from '../kit/legend.js'
import { look } from '../kit/look.js'
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
import { isNarrowPage } from '../kit/narrow.js'
import { fixed } from '../kit/numbers.js'
import { barPattern, networkStyle } from '../kit/palette.js'
import { drawPanels, panelTitle, panelWidth, type Slot } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { sampleSize } from '../kit/sample-size.js'
import { textWidth } from '../kit/text-width.js'
import {
  type ControlScoreRow,
  controlMarker,
  controlNames,
  controlRows,
  MARK_WIDTH,
} from './control-marks.js'
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

export type { ControlScoreRow } from './control-marks.js'
export type { ScoreRow } from './score-rows.js'

/** Which of the rows a figure of scores shows. */
export interface ScoreFigureOptions {
  /** The id of the measure; needed where rows are of several. */
  readonly measure?: string
}

/** As `ScoreFigureOptions`, and what stands beside the scores. */
export interface ScoresFigureOptions extends ScoreFigureOptions {
  /** Several measures beside each other, in place of one. */
  readonly measures?: readonly string[]
  /** Marked on the bars. Default: none. */
  readonly controls?: Rows<ControlScoreRow>
}

/**
 * The scores of explanations as bars with intervals: a panel per dataset and measure with the baseline of its problem, a group per
 * method, a bar per network, and on it what controls score.
 *
 * @param rows an array, or an arquero table with the columns of {@link ScoreRow}
 * @throws Error where there is no row, rows are of several measures and none is chosen, or two rows are of one bar
 * @example
 * scoreFigure([
 *   { dataset: 'mnist-maj', network: 'deep', method: 'deepTaylor', measure: 'cosine', mean: 0.67, low: 0.66, high: 0.68, baseline: 0.816 },
 * ])
 */
export function scoreFigure(rows: Rows<ScoreRow>, options: ScoresFigureOptions = {}): Figure {
  const all = rowsOf(rows, { figure: 'score', fields: SCORE_FIELDS })
  const chosen = options.measures ?? [options.measure]
  const shown = chosen.map((measure) => rowsOfMeasure(all, measure))
  for (const { rows: own } of shown) assertDistinct(own)
  const controls = controlRows(options.controls)
  return figureFrom((widthMm) => draw(shown, controls, widthMm), {
    rows: () => [...shown.flatMap(({ rows }) => rows), ...controls],
    sections: sectionsBy(
      shown.flatMap(({ rows }) => rows),
      ({ dataset }) => datasetName(dataset),
      (some) => scoreFigure(some, options),
    ),
  })
}

/** The scores by one measure, and how they are shown. */
interface Measured {
  readonly measure: string
  readonly rows: readonly ScoreRow[]
  readonly scale: ScoreScale
}

/** What all panels share. */
interface Shared {
  readonly networks: readonly string[]
  readonly methods: readonly string[]
  readonly methodNames: readonly string[]
  readonly controls: readonly ControlScoreRow[]
  /** The names of the controls, in their order. */
  readonly controlNames: readonly string[]
  readonly nameInLegend: (network: string) => string
}

function draw(
  shown: readonly { readonly measure: string; readonly rows: readonly ScoreRow[] }[],
  controls: readonly ControlScoreRow[],
  widthMm: number,
): Figure {
  const rows = shown.flatMap(({ rows }) => rows)
  const [datasets, networks, methods] = [datasetsOf(rows), networksOf(rows), methodsOf(rows)]
  const networkNames = distinctNames('architecture', networks)
  const isControl = ({ measure, dataset }: ControlScoreRow) =>
    rows.some((row) => row.measure === measure && row.dataset === dataset)
  const own = controls.filter(isControl)
  const shared: Shared = {
    networks,
    methods,
    methodNames: methods.map(distinctNames('method', methods)),
    controls: own,
    controlNames: controlNames(own),
    nameInLegend: (network) => legendName(networkNames(network), widthMm),
  }
  const measured = shown.map(({ measure, rows }): Measured => {
    const controlled = own.filter((row) => row.measure === measure)
    const asRows = controlled.map((row) => ({ ...row, low: row.mean, high: row.mean, baseline: row.mean }))
    return { measure, rows, scale: scoreScale(measure, [...rows, ...asRows]) }
  })
  const widest = measured.map(({ scale }) => tickText(scale)).reduce((a, b) => (b.length > a.length ? b : a))
  const left = 38 + Math.max(0, textWidth(widest) - textWidth('0.0'))
  const right = Math.max(40, ...measured.map(({ measure }) => baselineRoom(measure, textWidth) + 7))
  const isNarrow = isNarrowPage(widthMm)
  const bars = methods.length * (networks.length + 0.5)
  const isSideBySide = measured.length > 1
  const placed = { left, right, gap: right + (isSideBySide ? left : 26) }
  const wanted = isSideBySide ? measured.length : Math.min(datasets.length, 2)
  // Thinner bars do not show their hatch, and marks of controls would overlap those of the bars beside.
  const thinnest = shared.controlNames.length > 0 ? MARK_WIDTH : 4
  const fits = (columns: number) => panelWidth(widthMm, { ...placed, columns }) / bars > thinnest
  const columns = isNarrow ? 1 : ((isSideBySide ? [3, 2] : [2]).find((n) => n <= wanted && fits(n)) ?? 1)
  const labels = categoryLabels(shared.methodNames, panelWidth(widthMm, { ...placed, columns }), look.text)
  const panels = datasets.flatMap((dataset) =>
    measured
      .filter(({ rows }) => rows.some((row) => row.dataset === dataset))
      .map((one) => ({ dataset, ...one })),
  )
  const drawing = drawPanels(
    panels,
    widthMm,
    {
      ...placed,
      columns,
      panelHeight: isNarrow ? 128 : 150,
      bottom: 24 + labels.height,
      legend: [networks.map(shared.nameInLegend), shared.controlNames],
      foot: sampleSize(rows, own),
    },
    {
      barmode: 'group',
      bargap: 0.22,
      bargroupgap: 0.08,
      showlegend: true,
      ...(shared.controlNames.length > 0 ? { scattermode: 'group', scattergap: 0.22 } : {}),
    },
    ({ dataset, ...one }, slot, drawing) => {
      const own = one.rows.filter((row) => row.dataset === dataset)
      const panel = drawing.panel(
        slot.area,
        {
          type: 'category',
          showgrid: false,
          ticklen: 0,
          tickfont: { size: look.text, color: look.ink },
          ...labels.settings,
        },
        {
          range: [...one.scale.range],
          dtick: one.scale.dtick,
          tickformat: one.scale.tickformat,
          label: slot.isFirst || isSideBySide ? measureName(one.measure) : undefined,
        },
      )
      drawDataset(drawing, slot, panel, { ...one, rows: own }, dataset, shared)
    },
  )
  const text = measured.map(({ measure, rows, scale }) => describe(rows, measure, scale)).join(' ')
  const control = shared.controlNames.length > 0 ? ` Markers: ${shared.controlNames.join(', ')}.` : ''
  return drawing.figure(text + control)
}

function drawDataset(
  drawing: Drawing,
  { area, index }: Slot,
  panel: Panel,
  { rows, measure, scale }: Measured,
  dataset: string,
  shared: Shared,
): void {
  const { networks, methods, controlNames } = shared
  const isFirst = index === 0
  drawing.add({
    data: [
      ...networks.map((network) => {
        const bars = methods.map((method) =>
          rows.find((row) => row.network === network && row.method === method),
        )
        return bar(panel, isFirst, network, bars, { dataset: datasetName(dataset), measure, scale }, shared)
      }),
      ...(isFirst ? controlNames.map((control) => controlKey(panel, control, shared)) : []),
      ...controlNames.flatMap((control) =>
        networks.map((network) => marks(panel, control, network, { dataset, measure, scale }, shared)),
      ),
    ],
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

/** A trace that stands at its network's place in a group; plotly's types know this of bars in its settings alone. */
type Grouped = Partial<PlotData> & { readonly offsetgroup: string }

/** What a trace says of its panel. */
interface Said {
  readonly dataset: string
  readonly measure: string
  readonly scale: ScoreScale
}

function bar(
  { names }: Panel,
  showlegend: boolean,
  network: string,
  bars: readonly (ScoreRow | undefined)[],
  { dataset, measure, scale: { digits } }: Said,
  { networks, methods, methodNames, nameInLegend }: Shared,
): Grouped {
  const style = networkStyle(network, networks)
  return {
    type: 'bar',
    showlegend,
    xaxis: names.x,
    yaxis: names.y,
    name: nameInLegend(network),
    legendgroup: network,
    offsetgroup: network,
    x: [...methodNames],
    y: bars.map((row) => row?.mean ?? null),
    customdata: bars.map((row, i) => [methodLongName(methods[i]!), row?.low ?? null, row?.high ?? null]),
    hovertemplate:
      `<b>${networkName(network)}</b>, %{customdata[0]}<br>${measureInText(measure)} %{y:.${digits}f} ` +
      `(95 % interval %{customdata[1]:.${digits}f} to %{customdata[2]:.${digits}f})<extra>${dataset}</extra>`,
    marker: { color: style.color, line: { color: look.ink, width: 0.5 }, pattern: barPattern(style) },
    error_y: {
      type: 'data',
      symmetric: false,
      array: bars.map((row) => (row ? row.high - row.mean : 0)),
      arrayminus: bars.map((row) => (row ? row.mean - row.low : 0)),
      color: look.ink,
      thickness: 0.8,
      width: 1.6,
    },
  }
}

/** The legend entry of a control. */
const controlKey = ({ names }: Panel, control: string, shared: Shared): Grouped => ({
  type: 'scatter',
  mode: 'markers',
  name: control,
  xaxis: names.x,
  yaxis: names.y,
  offsetgroup: shared.networks[0]!,
  x: [shared.methodNames[0]!],
  y: [null],
  marker: controlMarker(control, shared.controlNames),
  hoverinfo: 'skip',
})

/** A control's marker on each bar of a network. */
function marks(
  { names }: Panel,
  control: string,
  network: string,
  { dataset, measure, scale: { digits } }: Said,
  shared: Shared,
): Grouped {
  const { methods, methodNames, controls } = shared
  const values = methods.map(
    (method) =>
      controls.find(
        (row) =>
          row.control === control &&
          row.dataset === dataset &&
          row.network === network &&
          row.method === method &&
          row.measure === measure,
      )?.mean ?? null,
  )
  return {
    type: 'scatter',
    mode: 'markers',
    showlegend: false,
    xaxis: names.x,
    yaxis: names.y,
    name: control,
    offsetgroup: network,
    x: [...methodNames],
    y: values,
    marker: controlMarker(control, shared.controlNames),
    hovertemplate: `<b>${networkName(network)}, ${control}</b><br>${measureInText(measure)} %{y:.${digits}f}<extra>${datasetName(dataset)}</extra>`,
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
