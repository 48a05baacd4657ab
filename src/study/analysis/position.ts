import { type Anova, anova } from '../../statistics/index.js'
import type { CellScores } from '../cell-scores.js'
import { ownGroups } from './own-groups.js'
import { intervalOf } from './seed-summary.js'

/** The mean score of the sequences of a seed whose relevant items stand in the same places. */
export interface PositionRow {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly measure: string
  readonly seed: number
  /** Which items are relevant, from the left: `110` says the first two of three. */
  readonly relevant: string
  readonly mean: number
  readonly count: number
}

/** Mean scores by where the relevant items stand, for each network, method and seed of three-item sequences. */
export function positionRows(
  cells: readonly CellScores[],
  { measure, methods }: { measure: string; methods: readonly string[] },
): PositionRow[] {
  return methods.flatMap((method) =>
    ownGroups(cells, { method, measure }).flatMap(({ dataset, network, seeds }) =>
      seeds.flatMap(({ seed, cell, scores }) =>
        [...new Set(cell.relevant)].toSorted().flatMap((relevant): PositionRow[] => {
          const own = scores.filter((score, i) => cell.relevant[i] === relevant && Number.isFinite(score))
          if (own.length === 0) return []
          const mean = own.reduce((sum, score) => sum + score, 0) / own.length
          return [{ dataset, network, method, measure, seed, relevant, mean, count: own.length }]
        }),
      ),
    ),
  )
}

/** The mean over seeds of a network's scores at one position, with its 95 % interval by Student's t. */
export interface PositionSummary extends Omit<PositionRow, 'seed' | 'count'> {
  readonly low: number
  readonly high: number
  readonly seeds: number
}

/** Sums up over seeds, positions from the first items to the last. */
export function positionSummary(rows: readonly PositionRow[]): PositionSummary[] {
  const groups = new Map<string, PositionRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.dataset, row.network, row.method, row.measure, row.relevant])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
    .map((own): PositionSummary => {
      const [{ dataset, network, method, measure, relevant }] = own as [PositionRow]
      const interval = intervalOf(own.map(({ mean }) => mean))
      return { dataset, network, method, measure, relevant, ...interval, seeds: own.length }
    })
    .sort((a, b) => (a.relevant < b.relevant ? 1 : a.relevant > b.relevant ? -1 : 0))
}

/**
 * The analysis of variance of mean scores on one dataset by one method: network × position of the relevant items, seeds as blocks.
 *
 * @returns null where fewer than two seeds have all networks at all positions
 */
export function positionAnova(
  rows: readonly PositionRow[],
  { dataset, method, networks }: { dataset: string; method: string; networks: readonly string[] },
): { readonly table: Anova; readonly seeds: readonly number[] } | null {
  const own = rows.filter(
    (row) => row.dataset === dataset && row.method === method && networks.includes(row.network),
  )
  const places = new Set(own.map(({ relevant }) => relevant))
  const seeds = [...new Set(own.map(({ seed }) => seed))].filter(
    (seed) => own.filter((row) => row.seed === seed).length === places.size * networks.length,
  )
  if (seeds.length < 2 || places.size < 2 || networks.length < 2) return null
  const complete = own.filter(({ seed }) => seeds.includes(seed))
  const table = anova(
    complete.map(({ mean }) => mean),
    {
      factors: {
        network: complete.map(({ network }) => network),
        position: complete.map(({ relevant }) => relevant),
      },
      block: complete.map(({ seed }) => seed),
    },
  )
  return { table, seeds }
}
