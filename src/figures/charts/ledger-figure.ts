import type { Annotations, PlotData } from 'plotly.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { lightInks } from '../kit/inks.js'
import { look } from '../kit/look.js'
import { distinctNames, methodName, networkName, networksOf } from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import { barPattern } from '../kit/palette.js'
import { drawPanels } from '../kit/panels.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { fitText, textWidth } from '../kit/text-width.js'
import { mm } from '../kit/units.js'

/** Where the relevance of one prediction, or of many added up, went. */
export interface LedgerRow {
  readonly network: string
  /** Named where rows are of several methods. */
  readonly method?: string
  /** What entered at the output: f(x). */
  readonly entered: number
  /** What each step's input received. */
  readonly steps: readonly number[]
  readonly initialState: number
  readonly biases: number
  /** What the ε of a rule took. */
  readonly epsilon: number
  /** What neurons kept that had nobody to pass it to. */
  readonly undistributed: number
}

const FIELDS = ['network', 'entered', 'steps', 'initialState', 'biases', 'epsilon', 'undistributed'] as const

interface Entry {
  readonly name: string
  readonly color: string
  readonly text: string
  readonly pattern: '' | '/' | 'x' | '.' | '-'
  readonly legend?: string
  readonly value: (row: LedgerRow) => number
}

/**
 * The relevance ledger as stacked bars, a bar per network and method: what entered is 100 %, split into steps and what the network
 * itself absorbed.
 *
 * @throws Error where there is no row, or nothing entered in one
 * @example
 * ledgerFigure(explained.ledger().map((ledger) => ({ network: 'r-lstm', method: 'deepTaylor', ...ledger })))
 */
export function ledgerFigure(rows: Rows<LedgerRow>): Figure {
  const all = rowsOf(rows, { figure: 'ledger', fields: FIELDS })
  for (const row of all) {
    if (!(Math.abs(row.entered) > 0)) {
      throw new Error(
        `The ledger of ${networkName(row.network)} says that ${row.entered} entered: shares need another number than 0`,
      )
    }
  }
  const ordered = networksOf(all).flatMap((network) => all.filter((row) => row.network === network))
  return figureFrom((widthMm) => draw(ordered, widthMm), { rows: () => ordered })
}

function draw(rows: readonly LedgerRow[], widthMm: number): Figure {
  const entries = ledgerEntries(rows)
  const fullNames = rowNames(rows)
  const names = fullNames.map((name) => fitText(name, 0.4 * mm(widthMm), look.text))
  const share = (entry: Entry, row: LedgerRow) => (100 * entry.value(row)) / row.entered
  const range = extent(rows, entries, share)
  const drawing = drawPanels(
    [rows],
    widthMm,
    {
      columns: 1,
      panelHeight: rows.length * 24,
      left: Math.max(...names.map((name) => textWidth(name, look.text))) + 8,
      right: 58,
      gap: 0,
      bottom: 36,
      title: 16,
      legend: entries.flatMap((entry) => entry.legend ?? []),
    },
    { barmode: 'relative', bargap: 0.28, showlegend: true },
    (rows, { area }, drawing) => {
      drawing.panel(
        area,
        { range: [...range], label: 'Share of the relevance that entered, <i>f</i>(<i>x</i>) (%)' },
        {
          range: [rows.length - 0.5, -0.5],
          // Rows are told apart by their places, since names that are cut may be alike.
          tickvals: rows.map((_, y) => y),
          ticktext: names,
          showgrid: false,
          ticklen: 0,
          showline: false,
          tickfont: { size: look.text, color: look.ink },
        },
      )
      const pixels = area.width / (range[1] - range[0])
      const remark = (y: number, text: string, settings: Partial<Annotations>): Partial<Annotations> =>
        drawing.page.label(area.left + area.width + 5, y, text, {
          ...settings,
          font: { size: look.small, color: look.ink },
        })
      drawing.add({
        data: entries.map((entry) => bars(entry, rows, fullNames, share, pixels)),
        annotations: [
          ...rows.map((row, y) => remark(0, percent(sumOf(row.steps), row), { yref: 'y', y })),
          remark(area.top - 3, 'to the input', { yanchor: 'bottom' }),
        ],
      })
    },
  )
  return drawing.figure(describe(rows))
}

/** A name for each row, which no other has. */
function rowNames(rows: readonly LedgerRow[]): string[] {
  const name = distinctNames('architecture', networksOf(rows))
  const methods = new Set(rows.map((row) => row.method)).size
  const labels = rows.map(
    ({ network, method }) => name(network) + (method && methods > 1 ? `, ${methodName(method)}` : ''),
  )
  return labels.map((label, i) => {
    const before = labels.slice(0, i).filter((other) => other === label).length
    return before === 0 ? label : `${label} (${before + 1})`
  })
}

function bars(
  entry: Entry,
  rows: readonly LedgerRow[],
  names: readonly string[],
  share: (entry: Entry, row: LedgerRow) => number,
  pixels: number,
): Partial<PlotData> {
  return {
    type: 'bar',
    orientation: 'h',
    name: entry.legend ?? entry.name,
    showlegend: entry.legend !== undefined,
    legendgroup: entry.pattern || 'steps',
    y: rows.map((_, y) => y),
    x: rows.map((row) => share(entry, row)),
    customdata: rows.map((row, y) => [names[y]!, entry.value(row)]),
    text: rows.map((row) =>
      entry.text && Math.abs(share(entry, row)) * pixels > Math.max(13, textWidth(entry.text) + 3.5)
        ? entry.text
        : '',
    ),
    textposition: 'inside',
    insidetextanchor: 'middle',
    textangle: 0,
    constraintext: 'none',
    textfont: { size: look.small, color: isDark(entry.color) ? lightInks.paper : lightInks.ink },
    marker: {
      color: entry.color,
      line: { color: look.paper, width: 0.6 },
      pattern: { ...barPattern(PLAIN), shape: entry.pattern, fgcolor: lightInks.ink },
    },
    hovertemplate: `<b>%{customdata[0]}</b>, ${entry.name}<br>%{x:.2f} % of f(x), %{customdata[1]:.4~g}<extra></extra>`,
  }
}

const PLAIN = { color: '', pattern: '', symbol: '', dash: 'solid' } as const

/** A smaller share of what entered can be seen nowhere. */
const LEAST = 5e-4

/** The steps, then what the network itself absorbed, where it did. */
function ledgerEntries(rows: readonly LedgerRow[]): Entry[] {
  const steps = Math.max(...rows.map((row) => row.steps.length))
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
    ...[
      absorbed('initial state', '#f2c14e', '.', (row) => row.initialState),
      absorbed('biases', '#e8825a', '/', (row) => row.biases),
      absorbed('ε', '#b9a3d9', '-', (row) => row.epsilon),
      absorbed('undistributed', '#d0d0d0', 'x', (row) => row.undistributed),
    ].filter((entry) => rows.some((row) => Math.abs(entry.value(row) / row.entered) > LEAST)),
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

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const percent = (value: number, { entered }: LedgerRow): string => `${fixed((100 * value) / entered, 1)} %`

function describe(rows: readonly LedgerRow[]): string {
  const names = rowNames(rows)
  const parts = rows.map((row, i) => {
    const epsilon = row.epsilon === 0 ? '' : `${percent(row.epsilon, row)} to ε, `
    return (
      `${names[i]} ${percent(sumOf(row.steps), row)} to the steps, ${percent(row.biases, row)} to biases, ${epsilon}` +
      `${percent(row.initialState, row)} to the initial state, ${percent(row.undistributed, row)} undistributed`
    )
  })
  return `Stacked bars of where the relevance that entered at the output went: ${parts.join('; ')}.`
}
