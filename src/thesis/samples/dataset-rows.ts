import type { MajoritySequences } from '../../data/majority.js'
import type { DatasetRow } from '../../figures/charts/dataset-figure.js'
import { className } from '../class-names.js'
import type { DatasetName } from '../models/configuration.js'
import { relevantItems } from './choose-samples.js'

/** How many sequences of a split have each label with relevant items at each positions. */
export function datasetRows(dataset: DatasetName, sequences: MajoritySequences): DatasetRow[] {
  const counts = new Map<string, DatasetRow & { count: number }>()
  for (let s = 0; s < sequences.count; s++) {
    const label = sequences.labels[s]!
    const relevant = relevantItems(sequences, s)
    const key = `${label}: ${relevant}`
    const row = counts.get(key) ?? {
      split: sequences.split,
      label: className(dataset, label),
      relevant,
      count: 0,
    }
    row.count++
    counts.set(key, row)
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([, row]) => row)
}
