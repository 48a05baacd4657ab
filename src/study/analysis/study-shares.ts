import { factorShares } from '../../statistics/index.js'
import type { CellScores } from '../cell-scores.js'
import { ownGroups } from './own-groups.js'

/** The parts of the variance of single sequences' scores, in [0, 1], that add up to 1. */
export interface StudyShares {
  readonly dataset: string
  readonly measure: string
  readonly network: number
  readonly method: number
  readonly seed: number
  /** Of the sequence within its seed: each seed has sequences of its own. */
  readonly sequence: number
  /** Interactions and noise. */
  readonly residual: number
  /** How many seeds took part, those that have every network and method, and how many sequences of each. */
  readonly seeds: number
  readonly sequences: number
  /** How many sequences of a seed were left out, at the most, since a score of theirs is no finite number or other seeds have fewer. */
  readonly leftOut: number
}

/** What is compared: the scores by one measure, of which networks by which methods. */
export interface Compared {
  readonly measure: string
  readonly methods: readonly string[]
  readonly networks: readonly string[]
}

/**
 * What the scores of single sequences depend on: network, method, seed, or the sequence within the seed.
 *
 * @returns none of a dataset where fewer than two seeds have all networks and methods
 */
export function studyShares(
  cells: readonly CellScores[],
  { measure, methods, networks }: Compared,
): StudyShares[] {
  const groups = methods.map((method) => ({ method, groups: ownGroups(cells, { method, measure }) }))
  const datasets = [...new Set(groups.flatMap(({ groups }) => groups.map(({ dataset }) => dataset)))]
  return datasets.flatMap((dataset) => {
    const columns = groups.flatMap(({ method, groups }) =>
      networks.map((network) => {
        const own = groups.find((group) => group.dataset === dataset && group.network === network)
        return { method, network, seeds: new Map(own?.seeds.map(({ seed, scores }) => [seed, scores])) }
      }),
    )
    const shares = sharesOf(columns)
    return shares === null ? [] : [{ dataset, measure, ...shares }]
  })
}

/** The scores of a network by a method, by seed. */
interface Column {
  readonly method: string
  readonly network: string
  readonly seeds: ReadonlyMap<number, Float32Array>
}

function sharesOf(columns: readonly Column[]): Omit<StudyShares, 'dataset' | 'measure'> | null {
  const seeds = [...(columns[0]?.seeds.keys() ?? [])].filter((seed) =>
    columns.every(({ seeds }) => seeds.has(seed)),
  )
  if (seeds.length < 2) return null
  const whole = seeds.map((seed) => wholeSequences(columns.map(({ seeds }) => seeds.get(seed)!)))
  const count = Math.min(...whole.map(({ length }) => length))
  if (count < 2) return null
  const values: number[] = []
  const labels = {
    network: [] as string[],
    method: [] as string[],
    seed: [] as number[],
    unit: [] as string[],
  }
  for (const [s, seed] of seeds.entries())
    for (const { method, network, seeds } of columns)
      for (const i of whole[s]!.slice(0, count)) {
        values.push(seeds.get(seed)![i]!)
        labels.network.push(network)
        labels.method.push(method)
        labels.seed.push(seed)
        labels.unit.push(`${seed}/${i}`)
      }
  const { network, method } = labels
  const bySeed = factorShares(values, { network, method, seed: labels.seed })
  const byUnit = factorShares(values, { network, method, unit: labels.unit })
  const most = Math.max(...columns.flatMap(({ seeds: own }) => seeds.map((seed) => own.get(seed)!.length)))
  return {
    ...{ network: bySeed.network, method: bySeed.method, seed: bySeed.seed },
    // A unit is a seed and a sequence: what it explains beyond the seed is the sequence's.
    ...{ sequence: byUnit.unit - bySeed.seed, residual: byUnit.residual },
    ...{ seeds: seeds.length, sequences: count, leftOut: most - count },
  }
}

/** The places at which every list has a finite number. */
const wholeSequences = (lists: readonly Float32Array[]): number[] =>
  Array.from({ length: Math.min(...lists.map(({ length }) => length)) }, (_, i) => i).filter((i) =>
    lists.every((scores) => Number.isFinite(scores[i])),
  )
