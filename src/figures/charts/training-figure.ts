import { range } from 'd3-array'
import type { Annotations, Dash, LayoutAxis, PlotData, Shape } from 'plotly.js'
import { inOrder } from '../../values/registry.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendName } from '../kit/legend.js'
import { look } from '../kit/look.js'
import { datasetName, distinctNames, networkName } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { panelNames } from '../kit/page.js'
import { networkStyle, type SeriesStyle } from '../kit/palette.js'
import { drawPanels, panelTitle } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { fitText } from '../kit/text-width.js'
import type { axis } from '../kit/theme.js'
import { PHASE_NAME, phaseKey, phaseMarks } from './phase-marks.js'
import type { TrainingRow } from './training-row.js'

export type { TrainingRow } from './training-row.js'

type Measure = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy'

/** What a panel shows. */
type Kind = 'loss' | 'accuracy'
const KINDS: readonly Kind[] = ['loss', 'accuracy']

const FIELDS = [
  ...(['epoch', 'loss', 'accuracy', 'validationLoss', 'validationAccuracy', 'learningRate'] as const),
]

/**
 * Loss and accuracy by epoch, training dashed and validation solid, with each run's best validation accuracy and later phases marked.
 *
 * @example
 * trainingFigure(await historyRows(model))
 */
export function trainingFigure(rows: Rows<TrainingRow>): Figure {
  const all = rowsOf(rows, { figure: 'training', one: 'epoch', fields: FIELDS })
  return figureOf(all, KINDS)
}

const figureOf = (rows: readonly TrainingRow[], kinds: readonly Kind[]): Figure =>
  figureFrom((widthMm) => draw(rows, kinds, widthMm), {
    rows: () => rows,
    sections: () => ({ names: kinds, only: (from, until) => figureOf(rows, kinds.slice(from, until)) }),
  })

function draw(rows: readonly TrainingRow[], kinds: readonly Kind[], widthMm: number): Figure {
  const runs = inOrder(
    'architecture',
    rows.map((row) => row.run ?? ''),
  )
  const isOverlaid = runs.length > 1
  const isNarrow = isNarrowPage(widthMm)
  const isPhased = rows.some((row) => (row.phase ?? 0) > 0)
  const names = distinctNames('architecture', runs)
  const nameInLegend = (run: string) => legendName(names(run), widthMm)
  const heading = datasetNames(rows)
  const hasCut = cutBelow(rows, accuracyAxis(rows, 0)) !== null
  const lines = (isOverlaid ? 0 : 1) + (hasCut ? 1 : 0)
  const foot = (lines * LABEL) / (isNarrow ? 110 : 140)
  const drawing = drawPanels(
    kinds.map((kind) => ({ kind, scores: kind === 'loss' ? lossAxis(rows) : accuracyAxis(rows, foot) })),
    widthMm,
    {
      columns: isNarrow ? 1 : kinds.length,
      panelHeight: isNarrow ? 110 : 140,
      left: 40,
      right: 10,
      gap: 52,
      bottom: isNarrow ? 34 : 36,
      title: heading ? 22 : isNarrow ? 4 : 8,
      legend: [
        ['training', 'validation', ...(isOverlaid ? [BEST_NAME] : []), ...(isPhased ? [PHASE_NAME] : [])],
        isOverlaid ? runs.map(nameInLegend) : [],
      ],
    },
    { showlegend: true },
    ({ kind, scores }, { area, index, isLowest }, drawing) => {
      const title = fitText(`${kind === 'loss' ? 'Loss' : 'Accuracy'} on ${heading}`, area.width, look.text)
      if (heading) drawing.add({ annotations: [panelTitle(drawing.page, area, title)] })
      const matches = index > 0 ? { matches: 'x' as const } : {}
      drawing.panel(area, { ...epochAxis(rows), label: isLowest ? 'Epoch' : undefined, ...matches }, scores)
      const { y } = drawing.page.domains(area)
      if (!isOverlaid) drawing.add(bestEpochMark(rows, kind, index, y))
      const cut = kind === 'accuracy' ? cutBelow(rows, accuracyAxis(rows, foot)) : null
      if (cut !== null)
        drawing.add({
          annotations: [
            drawing.page.label(area.left + area.width, area.top + area.height - 4, cut, {
              ...{ xanchor: 'right', yanchor: 'bottom', font: { size: look.small, color: look.muted } },
              ...(isOverlaid ? {} : { yshift: 18 }),
            }),
          ],
        })
    },
  )
  if (isOverlaid)
    drawing.add({ data: [key('training', TRAINING_DASH, 1), key('validation', 'solid', 1.5), bestKey()] })
  if (isPhased) drawing.add({ data: [phaseKey()] })
  for (const run of runs)
    drawing.add({ data: runTraces(rows, runs, run, isOverlaid, nameInLegend(run), kinds) })
  return drawing.figure(describe(rows, runs))
}

/** The curves of one training, its best epoch and its phases. */
function runTraces(
  rows: readonly TrainingRow[],
  runs: readonly string[],
  run: string,
  isOverlaid: boolean,
  name: string,
  kinds: readonly Kind[],
): Partial<PlotData>[] {
  const epochs = epochsOf(rows, run)
  const style = run ? networkStyle(run, runs) : networkStyle('deep')
  const measures: Measure[] = ['loss', 'accuracy', 'validationLoss', 'validationAccuracy']
  return [
    ...measures
      .filter((measure) => kinds.includes(kindOf(measure)))
      .map((measure) => curve(epochs, measure, style, isOverlaid, run, name, kinds)),
    ...(kinds.includes('accuracy')
      ? [bestMarker(bestEpoch(epochs), style, run, kinds.indexOf('accuracy'))]
      : []),
    ...phaseMarks(epochs, style, run, kinds),
  ]
}

const epochsOf = (rows: readonly TrainingRow[], run: string): TrainingRow[] =>
  rows.filter((row) => (row.run ?? '') === run).sort((a, b) => a.epoch - b.epoch)

/** A line through a panel at the best epoch of a single training, with its name at the foot of the second, which is free of curves. */
function bestEpochMark(rows: readonly TrainingRow[], kind: Kind, index: number, vertical: [number, number]) {
  const epochs = epochsOf(rows, rows[0]!.run ?? '')
  const best = bestEpoch(epochs)
  const isEarly = best.epoch <= (epochs[0]!.epoch + epochs.at(-1)!.epoch) / 2
  const label: Partial<Annotations> = {
    xref: panelNames(index).x,
    yref: 'paper',
    x: best.epoch,
    y: vertical[0],
    text: `best: epoch ${best.epoch}, ${(100 * best.validationAccuracy).toFixed(2)} %`,
    font: { size: look.small, color: look.ink },
    showarrow: false,
    yshift: 10,
    xshift: isEarly ? 4 : -4,
    xanchor: isEarly ? 'left' : 'right',
  }
  return { shapes: [epochLine(best.epoch, index, vertical)], annotations: kind === 'accuracy' ? [label] : [] }
}

type ScoreAxis = Parameters<typeof axis>[0]

/** Whole epochs, with room for a marker at either end. */
function epochAxis(rows: readonly TrainingRow[]): Partial<LayoutAxis> {
  const epochs = rows.map((row) => row.epoch)
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)]
  const room = Math.max(0.03 * (last - first), 0.08)
  return { range: [first - room, last + room], ...(last - first < 10 ? { dtick: 1 } : {}) }
}

const kindOf = (measure: Measure): Kind => (measure.toLowerCase().endsWith('loss') ? 'loss' : 'accuracy')

/** A logarithmic axis with plain numbers: what matters happens close to 0; an ordinary one where losses differ little. */
function lossAxis(rows: readonly TrainingRow[]): ScoreAxis {
  const losses = rows.flatMap((row) => [row.loss, row.validationLoss]).filter((loss) => loss > 0)
  const [low, high] = [Math.log10(Math.min(...losses)), Math.log10(Math.max(...losses))]
  if (losses.length === 0 || high - low < 0.6) return { nticks: 6, label: 'Loss' } // less than a factor of 4
  const room = 0.06 * (high - low)
  const decades = range(Math.min(-4, Math.floor(low)), Math.max(1, Math.ceil(high)) + 1)
  const tickvals = decades.flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`)))
  return {
    type: 'log',
    range: [low - room, high + room],
    tickmode: 'array',
    tickvals,
    ticktext: tickvals.map(String),
    label: 'Loss',
  }
}

/** Says that curves begin under an axis, so that nobody takes its foot for the first accuracy; null where none does. */
function cutBelow(rows: readonly TrainingRow[], axis: ScoreAxis): string | null {
  const [bottom] = (axis?.range ?? [0]) as number[]
  const lowest = Math.min(...rows.flatMap((row) => [100 * row.accuracy, 100 * row.validationAccuracy]))
  return lowest < bottom! ? `first epochs from ${lowest.toFixed(0)} %, not shown` : null
}

/**
 * The accuracies from a tenth of the epochs on: the first steep rise may leave the panel. `foot` is the part of the panel that stays
 * free of curves under them, for a label.
 */
function accuracyAxis(rows: readonly TrainingRow[], foot: number): ScoreAxis {
  const last = Math.max(...rows.map((row) => row.epoch))
  const settled = rows.filter((row) => row.epoch > last / 10)
  const values = settled.flatMap((row) => [100 * row.accuracy, 100 * row.validationAccuracy])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = 0.06 * Math.max(high - low, 0.5)
  const [bottom, top] = [low - room, Math.min(high + room, 100 + room)]
  return { range: [bottom - (foot / (1 - foot)) * (top - bottom), top], label: 'Accuracy (%)' }
}

function curve(
  epochs: readonly TrainingRow[],
  measure: Measure,
  style: SeriesStyle,
  overlaid: boolean,
  run: string,
  name: string,
  kinds: readonly Kind[],
): Partial<PlotData> {
  const validation = measure.startsWith('validation')
  const accuracy = kindOf(measure) === 'accuracy'
  const panel = panelNames(kinds.indexOf(kindOf(measure)))
  const kind = validation ? 'validation' : 'training'
  const scale = accuracy ? 100 : 1
  return {
    type: 'scatter',
    ...(overlaid && validation
      ? {
          mode: 'lines+markers',
          // A plain style is hollow, so that it is told from its neighbour in grey.
          marker: {
            size: 5.5,
            color: style.pattern === '' ? look.paper : style.color,
            line: { color: style.color, width: 1.1 },
            symbol: style.symbol,
            maxdisplayed: 8,
          },
        }
      : {
          mode: epochs.length < 4 ? 'lines+markers' : 'lines',
          marker: { size: 4, color: style.color, symbol: validation ? 'circle' : 'circle-open' },
        }),
    name: overlaid ? name : kind,
    legendgroup: overlaid ? run : kind,
    showlegend: kindOf(measure) === kinds[0] && (validation || !overlaid),
    xaxis: panel.x,
    yaxis: panel.y,
    x: epochs.map((row) => row.epoch),
    y: epochs.map((row) => scale * row[measure]),
    customdata: epochs.map((row) => row.learningRate),
    line: { color: style.color, width: validation ? 1.5 : 1, dash: validation ? 'solid' : TRAINING_DASH },
    hovertemplate:
      `${run ? `<b>${networkName(run)}</b>, ` : ''}epoch %{x}<br>${kind} ${accuracy ? 'accuracy %{y:.2f} %' : 'loss %{y:.4f}'}` +
      '<br>learning rate %{customdata:.2~e}<extra></extra>',
  }
}

function bestMarker(best: TrainingRow, style: SeriesStyle, run: string, index: number): Partial<PlotData> {
  const panel = panelNames(index)
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'best epoch',
    legendgroup: run || 'validation',
    showlegend: false,
    xaxis: panel.x,
    yaxis: panel.y,
    x: [best.epoch],
    y: [100 * best.validationAccuracy],
    cliponaxis: false,
    marker: { symbol: style.symbol, size: 7, color: style.color, line: { color: look.ink, width: 0.8 } },
    hovertemplate: `${run ? `<b>${networkName(run)}</b>, ` : ''}best epoch %{x}: %{y:.2f} %<extra></extra>`,
  }
}

/** A legend entry that explains a kind of line. */
function key(name: string, dash: Dash, width: number): Partial<PlotData> {
  return {
    type: 'scatter',
    mode: 'lines',
    name,
    x: [null],
    y: [null],
    line: { color: look.muted, width, dash },
    hoverinfo: 'skip',
  }
}

/** The legend's entry for the marker of the best validation accuracy. */
function bestKey(): Partial<PlotData> {
  return {
    type: 'scatter',
    mode: 'markers',
    name: BEST_NAME,
    x: [null],
    y: [null],
    marker: { symbol: 'circle', size: 7, color: look.muted, line: { color: look.ink, width: 0.8 } },
    hoverinfo: 'skip',
  }
}

const BEST_NAME = 'best validation accuracy'
/** Short enough for curves of a few epochs; plotly takes lengths too, its types know names only. */
const TRAINING_DASH = '3px,2px' as Dash

/** The height of the best epoch's label with its distance from the foot of the panel, in CSS pixels. */
const LABEL = 20

/** The names of what was trained on; empty where the rows do not say. */
const datasetNames = (rows: readonly TrainingRow[]): string =>
  [...new Set(rows.flatMap((row) => row.dataset ?? []))].map(datasetName).join(', ')

function epochLine(epoch: number, index: number, [bottom, top]: [number, number]): Partial<Shape> {
  const panel = panelNames(index)
  return {
    type: 'line',
    xref: panel.x,
    yref: 'paper',
    x0: epoch,
    x1: epoch,
    y0: bottom,
    y1: top,
    line: { color: look.muted, width: 0.7, dash: 'dash' },
  }
}

function bestEpoch(epochs: readonly TrainingRow[]): TrainingRow {
  return epochs.reduce((best, row) => (row.validationAccuracy > best.validationAccuracy ? row : best))
}

function describe(rows: readonly TrainingRow[], runs: readonly string[]): string {
  const parts = runs.map((run) => {
    const epochs = rows.filter((row) => (row.run ?? '') === run)
    const best = bestEpoch(epochs)
    const result = `${(100 * best.validationAccuracy).toFixed(2)} % at epoch ${best.epoch} of ${epochs.length}`
    return run ? `${networkName(run)} ${result}` : result
  })
  const on = datasetNames(rows)
  const phased = rows.some((row) => (row.phase ?? 0) > 0) ? ' The start of a later phase is marked.' : ''
  return `Line charts of training and validation loss and accuracy by epoch${on ? ` on ${on}` : ''}.${phased} Highest validation accuracy: ${parts.join(', ')}.`
}
