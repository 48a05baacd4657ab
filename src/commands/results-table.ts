import '../catalogue/index.js'
import type { ControlScoreRow, ScoreRow } from '../figures/charts/score-figure.js'
import { baselineName } from '../figures/charts/score-rows.js'
import { inText, methodName } from '../figures/kit/names.js'
import { fixed as fixedTo } from '../figures/kit/numbers.js'
import { inOrder, type Kind, titleOf } from '../values/registry.js'

/** What measures are called where there is little room and no figure; others by their title. */
const HEADS: Readonly<Record<string, string>> = {
  cosine: 'cosine',
  cosineBeyondChance: 'beyond chance',
  itemRanking: 'rank',
}

const fixed = (value: number): string => fixedTo(value, 3)

/** A line of the table is of such rows. */
type AccurateRow = ScoreRow & { readonly accuracy: number }

/** A mean, and how far its interval reaches where it has one. */
const meanOf = ({ mean, low, high }: ScoreRow): string =>
  low < high ? `${fixed(mean)} ± ${fixed(Math.max(high - mean, mean - low))}` : fixed(mean)

/**
 * Scores as a Markdown table: a line per dataset and network with its accuracy, and under each dataset the highest mean of its controls.
 *
 * Of one measure there is a column per method; of several a column per measure, with the means of all methods side by side.
 */
export function resultsTable(
  rows: readonly AccurateRow[],
  controls: readonly ControlScoreRow[] = [],
): string {
  const idsOf = (kind: Kind, of: (row: ScoreRow) => string) => inOrder(kind, rows.map(of))
  const [measures, methods] = [idsOf('measure', (row) => row.measure), idsOf('method', (row) => row.method)]
  const columns = measures.length > 1 ? byMeasure(rows, measures, methods) : byMethod(measures[0]!, methods)
  const lines = idsOf('dataset', (row) => row.dataset).flatMap((dataset) => {
    const networks = idsOf('architecture', (row) => row.network).flatMap((network) => {
      const own = rows.filter((row) => row.dataset === dataset && row.network === network)
      if (own.length === 0) return []
      const accuracy = `${(100 * own[0]!.accuracy).toFixed(2)} %`
      return [[titleOf('architecture', network), accuracy, ...columns.map(({ cell }) => cell(own))]]
    })
    const controlled = controls.filter((row) => row.dataset === dataset)
    const highest = ['*highest control*', '', ...columns.map(({ highest }) => highest(controlled))]
    return [...networks, ...(controlled.length > 0 ? [highest] : [])].map((cells) => [
      titleOf('dataset', dataset),
      ...cells,
    ])
  })
  const heads = ['dataset', 'network', 'accuracy', ...columns.map(({ head }) => head)]
  const rules = heads.map((_, i) => (i < 2 ? '---' : '--:'))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(rules), ...lines.map(line)].join('\n')
}

/** A column of scores. */
interface Column {
  readonly head: string
  /** What a network scores. */
  cell(rows: readonly AccurateRow[]): string
  /** The most that controls score. */
  highest(controls: readonly ControlScoreRow[]): string
}

/** The method's mean with its interval. */
const byMethod = (measure: string, methods: readonly string[]): Column[] =>
  methods.map((method) => ({
    head: inText(titleOf('method', method)),
    cell: (rows) => {
      const row = rows.find((one) => one.measure === measure && one.method === method)
      return row ? meanOf(row) : '–'
    },
    highest: (controls) => highestOf(controls, measure, method),
  }))

/** The measure's means by all methods, in their order. */
const byMeasure = (
  rows: readonly AccurateRow[],
  measures: readonly string[],
  methods: readonly string[],
): Column[] =>
  measures.map((measure) => {
    const { baseline } = rows.find((row) => row.measure === measure)!
    const name = HEADS[measure] ?? inText(titleOf('measure', measure))
    const level = `${baselineName(measure)} ${Number(baseline.toFixed(3))}`
    return {
      head: `${name} (${level}): ${methods.map(methodName).join(' · ')}`,
      cell: (own) =>
        methods
          .map((method) => own.find((one) => one.measure === measure && one.method === method))
          .map((row) => (row === undefined ? '–' : meanOf(row)))
          .join(' · '),
      highest: (controls) => methods.map((method) => highestOf(controls, measure, method)).join(' · '),
    }
  })

function highestOf(controls: readonly ControlScoreRow[], measure: string, method: string): string {
  const own = controls.filter((row) => row.measure === measure && row.method === method)
  return own.length > 0 ? fixed(Math.max(...own.map(({ mean }) => mean))) : '–'
}
