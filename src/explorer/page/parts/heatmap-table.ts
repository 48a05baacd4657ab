import { methodName, shares, subjectName, type View } from '../context.js'
import { cellKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import type { TableData } from './table.js'

const { heatmaps: words } = strings

/** Shares of the items and the score of every heatmap that is shown. */
export function heatmapTable({ state, manifest, results, dataset }: View): TableData {
  const measure = manifest.measures.find(({ id }) => id === state.measure)!
  const places = Array.from({ length: dataset.problem.items }, (_, place) => place)
  return {
    caption: words.heading,
    head: [
      words.network,
      words.method,
      ...places.map(words.share),
      measure.title,
      `${measure.title}: ${measure.baselineName}`,
    ],
    lines: state.subjects.flatMap((subject) =>
      state.methods.flatMap((method) => {
        const cell = results.cells.get(cellKey(subject, method))
        if (cell === undefined) return []
        const parts = shares(cell.items)
        const score = cell.scores?.[state.measure]
        return [
          [
            subjectName(manifest, subject),
            methodName(manifest, method),
            ...places.map((place) => (parts === null ? '–' : strings.percent(parts[place]!))),
            score === undefined ? '–' : strings.number(score),
            strings.number(measure.baseline),
          ],
        ]
      }),
    ),
  }
}
