import {
  anova,
  cohensDz,
  gamesHowell,
  holm,
  type Interval,
  pairedPermutation,
  pairedT,
  tukeyHsd,
  wilcoxonSignedRank,
} from '../../statistics/index.js'
import type { StudyRow } from '../study-table.js'
import { FEWEST } from '../verdicts.js'

/** Two networks seed by seed, by every test that asks whether they differ. */
export interface SeedPair {
  readonly dataset: string
  readonly method: string
  readonly measure: string
  readonly a: string
  readonly b: string
  /** How many seeds both have. */
  readonly seeds: number
  /** The mean of b less that of a, with its 95 % interval by Student's t of the differences. */
  readonly difference: Interval
  /** In how many seeds b lies on the side of the mean difference. */
  readonly sameSign: number
  /** Cohen's d_z with its 95 % interval; null where the differences are all the same. */
  readonly effect: Interval | null
  /** The paired t test, adjusted by Holm among the pairs of this dataset and method. */
  readonly t: number
  /** The sign flips of the differences, adjusted likewise. */
  readonly permutation: number
  /** Wilcoxon's signed ranks, adjusted likewise. */
  readonly wilcoxon: number
  /** Tukey's honestly significant difference, of the residual that the analysis of variance with seeds as blocks leaves. */
  readonly tukey: number
  /** Games and Howell's comparison, which takes seeds as independent and variances as different. */
  readonly gamesHowell: number
}

/**
 * Every pair of networks on every dataset by every method, over the seeds that all of them have.
 *
 * @returns none of a dataset and method where a network is missing, or fewer than three seeds have all
 */
export function seedPairs(
  rows: readonly StudyRow[],
  {
    measure,
    methods,
    networks,
  }: { measure: string; methods: readonly string[]; networks: readonly string[] },
): SeedPair[] {
  const own = rows.filter((row) => row.fold === null && row.variant === 'own' && row.measure === measure)
  return [...new Set(own.map(({ dataset }) => dataset))].flatMap((dataset) =>
    methods.flatMap((method) => {
      const means = meansBySeed(
        own.filter((row) => row.dataset === dataset && row.method === method),
        networks,
      )
      return pairsOf(means).map((pair) => ({ dataset, method, measure, ...pair }))
    }),
  )
}

type Tested = Omit<SeedPair, 'dataset' | 'method' | 'measure'>

function pairsOf(means: Readonly<Record<string, readonly number[]>>): Tested[] {
  const names = Object.keys(means)
  const seeds = means[names[0]!]?.length ?? 0
  if (names.length < 2 || seeds < FEWEST) return []
  const pairs = names.flatMap((a, i) =>
    names.slice(i + 1).map((b) => ({ a, b, first: means[a]!, second: means[b]! })),
  )
  const { residual } = anova(
    names.flatMap((name) => means[name]!),
    {
      factors: { network: names.flatMap((name) => means[name]!.map(() => name)) },
      block: names.flatMap((name) => means[name]!.map((_, seed) => seed)),
    },
  )
  const tukey = tukeyHsd(means, { residual })
  const unequal = gamesHowell(means)
  const adjusted = (test: (second: readonly number[], first: readonly number[]) => number) =>
    holm(pairs.map(({ first, second }) => test(second, first)))
  const t = adjusted((second, first) => pairedT(second, first).p)
  const permutation = adjusted((second, first) => pairedPermutation(second, first).p)
  const wilcoxon = adjusted((second, first) => wilcoxonSignedRank(second, first).p)
  return pairs.map(({ a, b, first, second }, i) => {
    const { estimate, low, high } = pairedT(second, first)
    const differences = second.map((value, seed) => value - first[seed]!)
    return {
      ...{ a, b, seeds, difference: { estimate, low, high } },
      sameSign: differences.filter((difference) => Math.sign(difference) === Math.sign(estimate)).length,
      effect: new Set(differences).size > 1 ? cohensDz(second, first) : null,
      ...{ t: t[i]!, permutation: permutation[i]!, wilcoxon: wilcoxon[i]! },
      ...{ tukey: tukey[i]!.p, gamesHowell: unequal[i]!.p },
    }
  })
}

/** The means of each network, of the seeds that all networks have, in their order; none where a network has no row. */
function meansBySeed(
  rows: readonly StudyRow[],
  networks: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  const own = networks.map((network) => {
    const finite = rows.flatMap((row) =>
      row.network === network && row.mean !== null ? [[row.seed, row.mean] as const] : [],
    )
    return [network, new Map(finite)] as const
  })
  const shared = [...(own[0]?.[1].keys() ?? [])]
    .filter((seed) => own.every(([, means]) => means.has(seed)))
    .sort((a, b) => a - b)
  return Object.fromEntries(own.map(([network, means]) => [network, shared.map((seed) => means.get(seed)!)]))
}
