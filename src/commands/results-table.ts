import '../catalogue/index.js'
import { inText } from '../figures/kit/names.js'
import type { ScoreRow } from '../thesis/evaluation/score-table.js'
import { inOrder, titleOf } from '../values/registry.js'

/**
 * Scores as a Markdown table: a line per dataset and network, accuracy, and the mean with its interval per method; where the rows are of
 * several measures, a line for each.
 */
export function resultsTable(rows: readonly ScoreRow[]): string {
  const idsOf = (kind: 'dataset' | 'architecture' | 'method' | 'measure', of: (row: ScoreRow) => string) =>
    inOrder(kind, rows.map(of))
  const methods = idsOf('method', ({ method }) => method)
  const measures = idsOf('measure', ({ measure }) => measure)
  const named = measures.length > 1
  const header = ['dataset', 'network', ...(named ? ['measure', 'baseline'] : []), 'accuracy']
  const lines = idsOf('dataset', ({ dataset }) => dataset).flatMap((dataset) =>
    idsOf('architecture', ({ network }) => network).flatMap((network) =>
      measures.flatMap((measure) => {
        const own = rows.filter(
          (row) => row.dataset === dataset && row.network === network && row.measure === measure,
        )
        const [first] = own
        if (first === undefined) return []
        const cells = methods.map((method) => cellOf(own.find((row) => row.method === method)))
        return [
          [
            titleOf('dataset', dataset),
            titleOf('architecture', network),
            ...(named ? [titleOf('measure', measure), first.baseline.toFixed(3)] : []),
            `${(100 * first.accuracy).toFixed(2)} %`,
            ...cells,
          ],
        ]
      }),
    ),
  )
  const heads = [...header, ...methods.map((method) => inText(titleOf('method', method)))]
  const rules = heads.map((_, i) => (i < (named ? 3 : 2) ? '---' : '--:'))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(rules), ...lines.map(line)].join('\n')
}

const cellOf = (row: ScoreRow | undefined): string =>
  row ? `${row.mean.toFixed(3)} [${row.low.toFixed(3)}, ${row.high.toFixed(3)}]` : '–'
