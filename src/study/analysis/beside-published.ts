import { rankCorrelation } from '../../statistics/rank-correlation.js'
import type { PublishedCosine } from '../published.js'
import type { SeedRow } from './seed-summary.js'

/** A mean cosine of the study beside the one that is published. */
export interface BesidePublished extends Omit<PublishedCosine, 'mean' | 'low' | 'high'> {
  /** As published, with its interval over folds. */
  readonly published: number
  readonly publishedLow: number
  readonly publishedHigh: number
  /** Of the study, with its interval over seeds; the mean alone where there is a single seed. */
  readonly here: number
  readonly low: number
  readonly high: number
  readonly seeds: number
  /** Here less published. */
  readonly difference: number
}

/** What is published beside what the study found of the same networks, trained in the same way; left out where the study has no seed. */
export function besidePublished(
  published: readonly PublishedCosine[],
  summary: readonly SeedRow[],
): BesidePublished[] {
  return published.flatMap(({ mean, low, high, ...one }) => {
    const own = summary.find(
      ({ dataset, network, variant, method, measure }) =>
        measure === 'cosine' &&
        dataset === one.dataset &&
        network === one.network &&
        variant === one.variant &&
        method === one.method,
    )
    if (own === undefined || own.seeds.length === 0) return []
    return [
      {
        ...one,
        ...{ published: mean, publishedLow: low, publishedHigh: high },
        ...{ here: own.mean, low: own.low, high: own.high, seeds: own.seeds.length },
        difference: own.mean - mean,
      },
    ]
  })
}

/** How like the published order of the networks theirs is by one method on one dataset. */
export interface OrderKept {
  readonly dataset: string
  readonly method: string
  /** Spearman's rank correlation of the published means and the study's, in [−1, 1]. */
  readonly correlation: number
  /** How many networks are compared. */
  readonly networks: number
  /** Whether the same network scores most here as where published. */
  readonly isHighestKept: boolean
  /** Whether the same network scores least. */
  readonly isLowestKept: boolean
}

/** How far the networks, trained as published, stand in the published order, by dataset and method; where there are fewer than three of them nothing is said. */
export function ordersKept(rows: readonly BesidePublished[]): OrderKept[] {
  const groups = new Map<string, BesidePublished[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.dataset, row.method])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const order = (own: readonly BesidePublished[], of: (row: BesidePublished) => number) =>
    own.toSorted((a, b) => of(a) - of(b)).map(({ network, variant }) => `${network} ${variant}`)
  return [...groups.values()]
    .filter((own) => own.length >= 3)
    .map((own) => {
      const [there, here] = [order(own, ({ published }) => published), order(own, (row) => row.here)]
      return {
        ...{ dataset: own[0]!.dataset, method: own[0]!.method },
        correlation: rankCorrelation(
          own.map(({ published }) => published),
          own.map((row) => row.here),
        ),
        networks: own.length,
        isHighestKept: there.at(-1) === here.at(-1),
        isLowestKept: there[0] === here[0],
      }
    })
}
