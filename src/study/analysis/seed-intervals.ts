import {
  type BootstrapOptions,
  bcaInterval,
  hierarchicalBootstrap,
  type Interval,
  pairedT,
} from '../../statistics/index.js'
import type { CellScores } from '../cell-scores.js'
import { ownGroups } from './own-groups.js'

/** A network's mean score with its 95 % interval in three ways, that do not share their assumptions. */
export interface SeedIntervals {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  readonly seeds: number
  /** The mean over seeds of each seed's mean. */
  readonly mean: number
  /** Student's t of the seeds' means: they are normal. */
  readonly t: Interval
  /** Bias-corrected and accelerated bootstrap of the seeds' means: there are enough of them. */
  readonly bca: Interval
  /** Seeds are drawn, then the sequences of each: counts what sequences vary as well. */
  readonly hierarchical: Interval
  /** How many scores are no finite number; they are left out of all three. */
  readonly missing: number
}

/** The interval of each network's mean score in three ways, where it has at least two seeds that differ. */
export function seedIntervals(
  cells: readonly CellScores[],
  { methods, measure, ...options }: { methods: readonly string[]; measure: string } & BootstrapOptions,
): SeedIntervals[] {
  return methods.flatMap((method) =>
    ownGroups(cells, { method, measure }).flatMap(({ dataset, network, seeds }): SeedIntervals[] => {
      const finite = seeds
        .map(({ scores }) => scores.filter(Number.isFinite))
        .filter(({ length }) => length > 0)
      const means = finite.map((scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length)
      if (new Set(means).size < 2) return []
      const t = pairedT(
        means,
        means.map(() => 0),
      )
      const counted = (all: readonly { readonly length: number }[]) =>
        all.reduce((sum, { length }) => sum + length, 0)
      return [
        {
          ...{ dataset, network, method, measure, seeds: means.length },
          ...{ mean: t.estimate, t, bca: bcaInterval(means, options) },
          hierarchical: hierarchicalBootstrap(finite, options),
          missing: counted(seeds.map(({ scores }) => scores)) - counted(finite),
        },
      ]
    }),
  )
}
