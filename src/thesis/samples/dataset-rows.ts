import type { Dataset } from '../../data/dataset.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { DatasetRow } from '../../figures/charts/dataset-figure.js'
import { relevantItems } from './choose-samples.js'

/**
 * How many sequences of a split have each label, by name, with relevant items at each positions.
 *
 * @example
 * datasetFigure(datasetRows(model.dataset, test))
 */
export function datasetRows(
  { classes }: Pick<Dataset, 'classes'>,
  sequences: MajoritySequences,
): DatasetRow[] {
  const counts = new Map<string, DatasetRow & { count: number }>()
  for (let s = 0; s < sequences.count; s++) {
    const label = sequences.labels[s]!
    const relevant = relevantItems(sequences, s)
    const key = `${label}: ${relevant}`
    const row = counts.get(key) ?? { split: sequences.split, label: classes[label]!, relevant, count: 0 }
    row.count++
    counts.set(key, row)
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, row]) => row)
}
