import { mean, pairedT } from '../../statistics/index.js'
import type { StudyRow } from '../study-table.js'

/** How a network's explanations by a method do by a measure over seeds. */
export interface SeedRow {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  readonly items: number
  readonly method: string
  readonly measure: string
  /** The mean over seeds of each seed's mean, and its 95 % interval by Student's t; the mean itself for a single seed. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** The mean of each seed, in their order. */
  readonly seeds: readonly number[]
  readonly chance: number
  /** How many seeds have no finite mean; they are left out of it. */
  readonly missing: number
}

/** Sums a study's rows up over seeds. Rows of folds are left out. */
export function seedSummary(rows: readonly StudyRow[]): SeedRow[] {
  const groups = new Map<string, StudyRow[]>()
  for (const row of rows) {
    if (row.fold !== null) continue
    const { dataset, network, variant, method, measure } = row
    const key = JSON.stringify([dataset, network, variant, method, measure])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map((own): SeedRow => {
    const [{ dataset, network, variant, items, method, measure, chance }] = own as [StudyRow]
    const sorted = own.toSorted((a, b) => a.seed - b.seed)
    const seeds = sorted.flatMap(({ mean }) => mean ?? [])
    const about = { dataset, network, variant, items, method, measure, chance }
    return { ...about, ...intervalOf(seeds), seeds, missing: own.length - seeds.length }
  })
}

/** The mean of means of seeds with its 95 % interval by Student's t; the mean itself where they do not vary. */
export function intervalOf(values: readonly number[]): { mean: number; low: number; high: number } {
  const isVarying = new Set(values).size > 1
  if (!isVarying) {
    const value = mean(values)
    return { mean: value, low: value, high: value }
  }
  const { estimate, low, high } = pairedT(
    values,
    values.map(() => 0),
  )
  return { mean: estimate, low, high }
}
