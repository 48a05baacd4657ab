import type { EvaluationRow } from '../thesis/evaluation/score-table.js'

const DATASETS: Readonly<Record<string, string>> = {
  'mnist-maj': 'MNIST-MAJ',
  'fashion-mnist-maj': 'FashionMNIST-MAJ',
}

/** The evaluation as a Markdown table: a line per dataset and network, accuracy, and mean cosine with its interval per method. */
export function resultsTable(
  rows: readonly EvaluationRow[],
  networks: readonly { readonly id: string; readonly title: string }[],
  methods: readonly { readonly id: string; readonly title: string }[],
): string {
  const header = ['dataset', 'network', 'accuracy', ...methods.map(({ title }) => title)]
  const lines = Object.entries(DATASETS).flatMap(([dataset, datasetTitle]) =>
    networks.map(({ id, title }) => {
      const of = (method: string) =>
        rows.find((row) => row.dataset === dataset && row.network === id && row.method === method)
      const cells = methods.map(({ id: method }) => {
        const row = of(method)
        return row ? `${row.cosine.toFixed(3)} [${row.low.toFixed(3)}, ${row.high.toFixed(3)}]` : '–'
      })
      const accuracy = of(methods[0]!.id)?.accuracy
      return [
        datasetTitle,
        title,
        accuracy === undefined ? '–' : `${(100 * accuracy).toFixed(2)} %`,
        ...cells,
      ]
    }),
  )
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map((_, i) => (i < 2 ? '---' : '--:'))), ...lines.map(line)].join('\n')
}
