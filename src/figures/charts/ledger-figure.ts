import type { Annotations, PlotData } from 'plotly.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { legendLine } from '../kit/legend.js'
import { inOrder, NETWORKS, networkName } from '../kit/names.js'
import { barPattern } from '../kit/palette.js'
import { arrange } from '../kit/panels.js'
import { textWidth } from '../kit/text-width.js'
import { axis, INK, SMALL_TEXT, TEXT } from '../kit/theme.js'

/** Where the relevance of one prediction, or of many added up, went. */
export interface LedgerRow {
  readonly network: string
  /** What entered at the output: f(x). */
  readonly entered: number
  /** What each step's input received. */
  readonly steps: readonly number[]
  readonly biases: number
  readonly stabilisers: number
  readonly initialState: number
}

interface Entry {
  readonly name: string
  readonly color: string
  readonly text: string
  readonly pattern: '' | '/' | 'x' | '.'
  readonly legend?: string
  readonly value: (row: LedgerRow) => number
}

/** The relevance ledger as stacked bars, a bar per network: what entered is 100 %, split into steps and what the network itself absorbed. */
export function ledgerFigure(rows: readonly LedgerRow[]): Figure {
  if (rows.length === 0) throw new Error('The ledger figure needs at least one row')
  for (const row of rows) {
    if (!(Math.abs(row.entered) > 0)) {
      throw new Error(
        `The ledger of ${networkName(row.network)} says that ${row.entered} entered: shares need another number than 0`,
      )
    }
  }
  const networks = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const ordered = networks.flatMap((network) => rows.filter((row) => row.network === network))
  return figureFrom((widthMm) => draw(ordered, widthMm))
}

function draw(rows: readonly LedgerRow[], widthMm: number): Figure {
  const steps = Math.max(...rows.map((row) => row.steps.length))
  const entries = ledgerEntries(steps)
  const names = rows.map((row) => textWidth(networkName(row.network), TEXT))
  const [left, right, pitch] = [Math.max(...names) + 8, 58, 24]
  const { sheet, areas } = arrange(widthMm, {
    count: 1,
    columns: 1,
    panelHeight: rows.length * pitch,
    left,
    right,
    gap: 0,
    bottom: 36,
    title: 16,
    legend: entries.flatMap((entry) => entry.legend ?? []),
  })
  const area = areas[0]!
  const { x, y } = sheet.domains(area)
  const share = (entry: Entry, row: LedgerRow) => (100 * entry.value(row)) / row.entered
  const [low, high] = extent(rows, entries, share)
  const pixels = area.width / (high - low)
  const data = entries.map(
    (entry): Partial<PlotData> => ({
      type: 'bar',
      orientation: 'h',
      name: entry.legend ?? entry.name,
      showlegend: entry.legend !== undefined,
      legendgroup: entry.pattern || 'steps',
      y: rows.map((row) => networkName(row.network)),
      x: rows.map((row) => share(entry, row)),
      customdata: rows.map((row) => entry.value(row)),
      text: rows.map((row) => (entry.text && Math.abs(share(entry, row)) * pixels > 13 ? entry.text : '')),
      textposition: 'inside',
      insidetextanchor: 'middle',
      textangle: 0,
      constraintext: 'none',
      textfont: { size: SMALL_TEXT, color: isDark(entry.color) ? 'white' : INK },
      marker: {
        color: entry.color,
        line: { color: 'white', width: 0.6 },
        pattern: { ...barPattern(PLAIN), shape: entry.pattern, fgcolor: INK },
      },
      hovertemplate: `<b>%{y}</b>, ${entry.name}<br>%{x:.2f} % of f(x), %{customdata:.4~g}<extra></extra>`,
    }),
  )
  const annotations: Partial<Annotations>[] = rows.map((row) => {
    const reached = row.steps.reduce((sum, value) => sum + value, 0) / row.entered
    return sheet.label(area.left + area.width + 5, 0, `${(100 * reached).toFixed(1)} %`, {
      yref: 'y',
      y: rows.indexOf(row),
      font: { size: SMALL_TEXT, color: INK },
    })
  })
  annotations.push(
    sheet.label(area.left + area.width + 5, area.top - 3, 'to the input', {
      yanchor: 'bottom',
      font: { size: SMALL_TEXT, color: INK },
    }),
  )
  const layout = sheet.layout({
    barmode: 'relative',
    bargap: 0.28,
    showlegend: true,
    legend: legendLine(sheet),
    annotations,
    xaxis: axis({
      domain: x,
      range: [low, high],
      label: 'Share of the relevance that entered, <i>f</i>(<i>x</i>) (%)',
    }),
    yaxis: axis({
      domain: y,
      type: 'category',
      range: [rows.length - 0.5, -0.5],
      showgrid: false,
      ticklen: 0,
      showline: false,
      tickfont: { size: TEXT, color: INK },
    }),
  })
  return { data, layout, alt: describe(rows) }
}

const PLAIN = { color: '', pattern: '', symbol: '', dash: 'solid' } as const

function ledgerEntries(steps: number): Entry[] {
  const middle = Math.floor(steps / 2)
  return [
    ...Array.from({ length: steps }, (_, step): Entry => {
      const legend = step === middle ? `steps 1 to ${steps}, light to dark` : undefined
      return {
        name: `step ${step + 1}`,
        color: stepColor(steps > 1 ? step / (steps - 1) : 0),
        text: String(step + 1),
        pattern: '',
        ...(legend ? { legend } : {}),
        value: (row) => row.steps[step] ?? 0,
      }
    }),
    absorbed('initial state', '#f2c14e', '.', (row) => row.initialState),
    absorbed('biases', '#e8825a', '/', (row) => row.biases),
    absorbed('stabilisers', '#d0d0d0', 'x', (row) => row.stabilisers),
  ]
}

const absorbed = (name: string, color: string, pattern: Entry['pattern'], value: Entry['value']): Entry => ({
  name,
  color,
  text: '',
  pattern,
  legend: name,
  value,
})

/** From light to dark blue. */
function stepColor(position: number): string {
  const [light, dark] = [
    [222, 237, 248],
    [8, 52, 104],
  ]
  return `rgb(${light!.map((value, i) => Math.round(value + position * (dark![i]! - value))).join(',')})`
}

function isDark(color: string): boolean {
  const channels = /rgb\((\d+),(\d+),(\d+)\)/.exec(color)
  return channels ? Number(channels[2]) < 140 : false
}

/** The range of the bars: 0 to 100 %, more where parts are negative or add up to more. */
function extent(
  rows: readonly LedgerRow[],
  entries: readonly Entry[],
  share: (entry: Entry, row: LedgerRow) => number,
): [number, number] {
  const sums = rows.map((row) => {
    const shares = entries.map((entry) => share(entry, row))
    const positive = shares.filter((value) => value > 0).reduce((sum, value) => sum + value, 0)
    const negative = shares.filter((value) => value < 0).reduce((sum, value) => sum + value, 0)
    return { positive, negative }
  })
  return [Math.min(0, ...sums.map((sum) => sum.negative)), Math.max(100, ...sums.map((sum) => sum.positive))]
}

function describe(rows: readonly LedgerRow[]): string {
  const parts = rows.map((row) => {
    const percent = (value: number) => `${((100 * value) / row.entered).toFixed(1)} %`
    const reached = row.steps.reduce((sum, value) => sum + value, 0)
    return (
      `${networkName(row.network)} ${percent(reached)} to the steps, ${percent(row.biases)} to biases, ` +
      `${percent(row.stabilisers)} to stabilisers, ${percent(row.initialState)} to the initial state`
    )
  })
  return `Stacked bars of where the relevance that entered at the output went: ${parts.join('; ')}.`
}
