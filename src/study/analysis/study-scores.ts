import { mean } from '../../statistics/index.js'
import type { StudyRow } from '../study-table.js'
import { variantOf } from '../variants.js'
import { seedSummary } from './seed-summary.js'

/** A network's mean score over seeds, as figures and tables of scores take it. */
export interface StudyScore {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  /** The mean test accuracy over seeds, in [0, 1]. */
  readonly accuracy: number
  /** The mean over seeds with its 95 % interval by Student's t. */
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly baseline: number
  /** How many sequences of each seed were explained. */
  readonly sequences: number
  readonly seeds: number
}

/** The mean over seeds of a control's score. */
export interface StudyControl {
  readonly control: string
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  readonly mean: number
  readonly seeds: number
}

/** Of which networks, methods and measures. */
export interface Shown {
  readonly networks: readonly string[]
  readonly methods: readonly string[]
  readonly measures: readonly string[]
}

const isShown =
  ({ networks, methods, measures }: Shown) =>
  ({ network, method, measure }: Pick<StudyRow, 'network' | 'method' | 'measure'>) =>
    networks.includes(network) && methods.includes(method) && measures.includes(measure)

/** The scores of networks that were trained by the study's own recipe. */
export function studyScores(rows: readonly StudyRow[], shown: Shown): StudyScore[] {
  const own = rows.filter((row) => row.variant === 'own' && row.fold === null && isShown(shown)(row))
  return seedSummary(own).flatMap(
    ({ dataset, network, method, measure, mean: centre, low, high, chance, seeds }) => {
      const about = own.filter((row) => row.dataset === dataset && row.network === network)
      if (seeds.length === 0) return []
      return [
        {
          ...{ dataset, network, method, measure },
          accuracy: mean([...new Map(about.map((row) => [row.seed, row.test_accuracy!])).values()]),
          ...{ mean: centre, low, high, baseline: chance },
          ...{ sequences: about[0]!.count, seeds: seeds.length },
        },
      ]
    },
  )
}

/** The scores of the study's controls: networks that were not trained, or on shuffled labels. */
export const studyControls = (rows: readonly StudyRow[], shown: Shown): StudyControl[] =>
  seedSummary(rows.filter((row) => variantOf(row.variant).isControl && isShown(shown)(row))).flatMap(
    ({ dataset, network, variant, method, measure, mean: centre, seeds }) =>
      seeds.length === 0
        ? []
        : [
            {
              control: variantOf(variant).title,
              dataset,
              network,
              method,
              measure,
              mean: centre,
              seeds: seeds.length,
            },
          ],
  )
