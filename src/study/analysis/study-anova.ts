import { type Anova, type Assumptions, anova, assumptionsOf } from '../../statistics/index.js'
import type { StudyRow } from '../study-table.js'

/** What explains the means of a study: architecture, method and dataset, with the seed as a block. */
export interface StudyAnova {
  readonly table: Anova
  /** Of the residuals. */
  readonly assumptions: Assumptions
  /** The seeds of which every cell is there; others take no part. */
  readonly seeds: readonly number[]
}

/**
 * The analysis of variance of a study's means by a measure: network × method × dataset, with the seed as a block.
 *
 * @returns null where fewer than two seeds have all cells, or a factor has a single level
 */
export function studyAnova(
  rows: readonly StudyRow[],
  {
    measure,
    networks,
    methods,
  }: { measure: string; networks: readonly string[]; methods: readonly string[] },
): StudyAnova | null {
  const own = rows.filter(
    (row) =>
      row.fold === null &&
      row.variant === 'own' &&
      row.measure === measure &&
      row.mean !== null &&
      networks.includes(row.network) &&
      methods.includes(row.method),
  )
  const datasets = [...new Set(own.map(({ dataset }) => dataset))]
  if ([networks, methods, datasets].some((levels) => levels.length < 2)) return null
  const all = networks.length * methods.length * datasets.length
  const seeds = [...new Set(own.map(({ seed }) => seed))]
    .filter((seed) => own.filter((row) => row.seed === seed).length === all)
    .sort((a, b) => a - b)
  if (seeds.length < 2) return null
  const complete = own.filter(({ seed }) => seeds.includes(seed))
  const table = anova(
    complete.map(({ mean }) => mean!),
    {
      factors: {
        network: complete.map(({ network }) => network),
        method: complete.map(({ method }) => method),
        dataset: complete.map(({ dataset }) => dataset),
      },
      block: complete.map(({ seed }) => seed),
    },
  )
  return { table, assumptions: assumptionsOf({ residuals: table.residuals }), seeds }
}
