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

/** In how many of the datasets and methods the networks stand in the published order, trained as published. */
export function ordersKept(rows: readonly BesidePublished[]): { readonly kept: number; readonly of: number } {
  const groups = new Map<string, BesidePublished[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.dataset, row.method])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const kept = [...groups.values()].filter((own) => {
    const sorted = own.toSorted((a, b) => a.published - b.published)
    return sorted.every(({ here }, i) => i === 0 || sorted[i - 1]!.here <= here)
  })
  return { kept: kept.length, of: groups.size }
}
