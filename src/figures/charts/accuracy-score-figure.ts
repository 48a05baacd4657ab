import type { PlotData } from 'plotly.js'
import { wilsonInterval } from '../../statistics/wilson.js'
import { baselines } from '../kit/baseline.js'
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
import { panelNames } from '../kit/page.js'
import { networkStyle } from '../kit/palette.js'
import { drawPanels, panelTitle, type Slot } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { sampleSize } from '../kit/sample-size.js'
import { fitText, textWidth } from '../kit/text-width.js'
import { mm } from '../kit/units.js'
import { type ControlScoreRow, controlMarker, controlNames, controlRows } from './control-marks.js'
import type { ScoreFigureOptions } from './score-figure.js'
import {
  baselineRoom,
  baselinesOf,
  rowsOfMeasure,
  SCORE_FIELDS,
  type ScoreRow,
  type ScoreScale,
  scoreScale,
} from './score-rows.js'

/** A row of scores with the network's test accuracy, a fraction from 0 to 1. */
export interface AccuracyScoreRow extends ScoreRow {
  readonly accuracy: number
}

export interface AccuracyScoreFigureOptions extends ScoreFigureOptions {
  /** Marked over the accuracy of the network that they control. Default: none. */
  readonly controls?: Rows<ControlScoreRow>
}

/**
 * Explainability against accuracy: scores over test accuracy, a panel per method (columns) and dataset (rows), a marker per network.
 * Networks of equal accuracy stand above each other. Accuracies of one network that is tested on a known number of sequences have their 95 %
 * interval (Wilson's).
 *
 * @param rows an array, or an arquero table with the columns of {@link AccuracyScoreRow}
 * @throws Error where there is no row, or rows are of several measures and none is chosen
 * @example
 * const rows = await evaluateModel(model, { methods: ['deepTaylor'], limit: 50 }).then((one) => scoreTable(one))
 * accuracyScoreFigure(rows)
 */
export function accuracyScoreFigure(
  rows: Rows<AccuracyScoreRow>,
  options: AccuracyScoreFigureOptions = {},
): Figure {
  const all = rowsOf(rows, { figure: 'accuracy and score', fields: [...SCORE_FIELDS, 'accuracy'] })
  const { rows: own, measure } = rowsOfMeasure(all, options.measure)
  const controls = controlRows(options.controls).filter((row) => row.measure === measure)
  return figureFrom((widthMm) => draw(own, controls, measure, widthMm), {
    rows: () => [...own, ...controls],
    sections: sectionsBy(
      own,
      ({ method, dataset }) => `${methodName(method)}, ${datasetName(dataset)}`,
      (some) => accuracyScoreFigure(some, { ...options, measure }),
    ),
  })
}

/** A panel: a method on a dataset; places without a method fill a dataset's last line. */
interface Cell {
  readonly dataset: string
  readonly method: string | null
  /** The number of the first panel of its dataset, whose accuracies it shares. */
  readonly first: number
  /** Whether no panel follows in its line. */
  readonly isEnd: boolean
  /** Whether the name of the x axis stands under this line. */
  readonly isLastLine: boolean
}

interface Shared {
  readonly rows: readonly AccuracyScoreRow[]
  readonly controls: readonly ControlScoreRow[]
  readonly controlNames: readonly string[]
  readonly networks: readonly string[]
  readonly columns: number
  /** Markers are smaller on a narrow page, where they would cover one another. */
  readonly isSmall: boolean
  readonly scale: ScoreScale
  readonly measure: string
  readonly methodName: (id: string) => string
  readonly nameInLegend: (id: string) => string
}

function draw(
  rows: readonly AccuracyScoreRow[],
  controls: readonly ControlScoreRow[],
  measure: string,
  widthMm: number,
): Figure {
  const [networks, methods] = [networksOf(rows), methodsOf(rows)]
  const networkNames = distinctNames('architecture', networks)
  const isNarrow = isNarrowPage(widthMm)
  const columns = Math.min(methods.length, isNarrow ? 3 : 6)
  const shared: Shared = {
    rows,
    controls,
    controlNames: controlNames(controls),
    networks,
    columns,
    isSmall: isNarrow,
    scale: scoreScale(measure, [
      ...rows,
      ...controls.map((row) => ({ ...row, low: row.mean, high: row.mean, baseline: row.mean })),
    ]),
    measure,
    methodName: distinctNames('method', methods),
    nameInLegend: (network) => legendName(networkNames(network), widthMm),
  }
  const drawing = drawPanels(
    cellsOf(datasetsOf(rows), methods, columns),
    widthMm,
    {
      columns,
      panelHeight: isNarrow ? 110 : 140,
      left: 38,
      right: Math.max(42, baselineRoom(measure, textWidth) + 7),
      gap: 10,
      bottom: 38,
      legend: [networks.map(shared.nameInLegend), shared.controlNames],
      foot: sampleSize(rows, controls),
    },
    { showlegend: true },
    (cell, slot, drawing) => {
      if (cell.method !== null) drawCell(drawing, slot, { ...cell, method: cell.method }, shared)
      if (cell.isLastLine && slot.isLast) nameAccuracies(drawing, slot, cell.dataset, widthMm)
    },
  )
  return drawing.figure(describe(rows, shared))
}

/** Dataset after dataset, a whole number of lines each. */
function cellsOf(datasets: readonly string[], methods: readonly string[], columns: number): Cell[] {
  const lines = Math.ceil(methods.length / columns)
  return datasets.flatMap((dataset, d) =>
    Array.from({ length: lines * columns }, (_, i) => ({
      dataset,
      method: methods[i] ?? null,
      first: d * methods.length,
      isEnd: i === methods.length - 1 || i % columns === columns - 1,
      isLastLine: i >= (lines - 1) * columns,
    })),
  )
}

function drawCell(
  drawing: Drawing,
  slot: Slot,
  { dataset, method, first, isEnd }: Cell & { readonly method: string },
  shared: Shared,
): void {
  const { rows, networks, scale, measure, methodName, nameInLegend } = shared
  const ofDataset = rows.filter((row) => row.dataset === dataset)
  const range = padded(ofDataset.flatMap((row) => accuracyEnds(row).map((end) => 100 * end)))
  const [low, high] = scale.range
  // A marker at the end of the scale is not cut.
  const scores: [number, number] = [low < 0 ? low - 0.02 * (high - low) : low, high + 0.02 * (high - low)]
  const isFirstOfDataset = drawing.next === first
  const panel = drawing.panel(
    slot.area,
    { range, nticks: shared.isSmall ? 3 : 4, ...(isFirstOfDataset ? {} : { matches: panelNames(first).x }) },
    {
      range: scores,
      dtick: scale.dtick,
      tickformat: scale.tickformat,
      ...(slot.isFirst ? { label: measureName(measure) } : { showticklabels: false, ticks: '' }),
    },
  )
  const isLegend = panel.index === 0
  const own = ofDataset.filter((row) => row.method === method)
  drawing.add(
    {
      data: [
        ...networks.map((network) => {
          const points = own.filter((row) => row.network === network)
          return marker(panel, isLegend, { network, networks, name: nameInLegend(network) }, points, shared)
        }),
        ...shared.controlNames.map((control) => controlMarks(panel, isLegend, control, own, shared)),
      ],
    },
    baselines(drawing.page, panel, baselinesOf(ofDataset, scale), {
      from: range[0],
      to: range[1],
      range: scores,
      isLabelled: isEnd,
    }),
    {
      annotations: [
        panelTitle(drawing.page, slot.area, fitText(methodName(method), slot.area.width, look.text)),
      ],
    },
  )
}

/** The name of the x axes of a dataset, under the middle of its last line. */
function nameAccuracies(drawing: Drawing, { area }: Slot, dataset: string, widthMm: number): void {
  const [left, right] = [38, area.left + area.width]
  const text = `Accuracy on ${datasetName(dataset)} (%)`
  drawing.add({
    annotations: [
      drawing.page.label(
        (left + right) / 2,
        area.top + area.height + 25,
        fitText(text, mm(widthMm), look.text),
        {
          xanchor: 'center',
        },
      ),
    ],
  })
}

function marker(
  { names }: Panel,
  showlegend: boolean,
  { network, networks, name }: { network: string; networks: readonly string[]; name: string },
  points: readonly AccuracyScoreRow[],
  { scale: { digits }, measure, isSmall }: Shared,
): Partial<PlotData> {
  const style = networkStyle(network, networks)
  return {
    type: 'scatter',
    showlegend,
    xaxis: names.x,
    yaxis: names.y,
    mode: 'markers',
    name,
    legendgroup: network,
    x: points.map((row) => 100 * row.accuracy),
    y: points.map((row) => row.mean),
    customdata: points.map((row) => [methodLongName(row.method), row.low, row.high]),
    hovertemplate:
      `<b>${networkName(network)}</b>, %{customdata[0]}<br>accuracy %{x:.2f} %<br>${measureInText(measure)} %{y:.${digits}f} ` +
      `(95 % interval %{customdata[1]:.${digits}f} to %{customdata[2]:.${digits}f})<extra></extra>`,
    marker: {
      symbol: style.symbol,
      color: style.color,
      size: isSmall ? 6 : 8,
      opacity: 0.9,
      line: { color: look.ink, width: 0.7 },
    },
    error_x: {
      type: 'data',
      symmetric: false,
      array: points.map((row) => 100 * (accuracyEnds(row)[1] - row.accuracy)),
      arrayminus: points.map((row) => 100 * (row.accuracy - accuracyEnds(row)[0])),
      ...interval(),
    },
    error_y: {
      type: 'data',
      symmetric: false,
      array: points.map((row) => row.high - row.mean),
      arrayminus: points.map((row) => row.mean - row.low),
      ...interval(),
    },
  }
}

const interval = () => ({ color: look.ink, thickness: 0.8, width: 2.5 })

/** The ends of an accuracy's interval; the accuracy itself where it is a mean over seeds, or over how many sequences is not known. */
function accuracyEnds({ accuracy, sequences, seeds }: AccuracyScoreRow): [low: number, high: number] {
  if (sequences === undefined || seeds !== undefined) return [accuracy, accuracy]
  const { low, high } = wilsonInterval(accuracy, sequences)
  return [low, high]
}

/** What a control scores by the method of a panel, over the accuracy of the network that was trained. */
function controlMarks(
  { names }: Panel,
  showlegend: boolean,
  control: string,
  own: readonly AccuracyScoreRow[],
  { controls, controlNames, scale: { digits }, measure }: Shared,
): Partial<PlotData> {
  const points = own.flatMap(({ dataset, network, method, accuracy }) =>
    controls
      .filter(
        (row) =>
          row.control === control &&
          row.dataset === dataset &&
          row.network === network &&
          row.method === method,
      )
      .map((row) => ({ ...row, accuracy })),
  )
  return {
    type: 'scatter',
    mode: 'markers',
    showlegend,
    xaxis: names.x,
    yaxis: names.y,
    name: control,
    legendgroup: control,
    x: points.map((row) => 100 * row.accuracy),
    y: points.map((row) => row.mean),
    customdata: points.map((row) => networkName(row.network)),
    hovertemplate: `<b>%{customdata}, ${control}</b><br>${measureInText(measure)} %{y:.${digits}f}<extra></extra>`,
    marker: controlMarker(control, controlNames),
  }
}

function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(0.15 * (high - low), 0.2)
  return [low - room, high + room]
}

function describe(
  rows: readonly AccuracyScoreRow[],
  { measure, scale: { digits } }: Pick<Shared, 'measure' | 'scale'>,
): string {
  const span = (values: readonly number[], places: number) =>
    `${fixed(Math.min(...values), places)} to ${fixed(Math.max(...values), places)}`
  const parts = datasetsOf(rows).map((dataset) => {
    const own = rows.filter((row) => row.dataset === dataset)
    const accuracies = own.map((row) => 100 * row.accuracy)
    const scores = own.map((row) => row.mean)
    return `on ${datasetName(dataset)} accuracies span ${span(accuracies, 1)} % and scores ${span(scores, Math.max(0, digits - 1))}`
  })
  return `Scatter plots of ${measureInText(measure)} over test accuracy, a marker per network and a panel per method: ${parts.join('; ')}.`
}
