import type { CellScores } from '../cell-scores.js'

/** The scores of networks by one method and one measure, trained by the recipe of the study, by dataset and network and then by seed. */
export interface ScoreGroup {
  readonly dataset: string
  readonly network: string
  /** The scores of each seed's sequences, seeds in their order. */
  readonly seeds: readonly {
    readonly seed: number
    readonly cell: CellScores
    readonly scores: Float32Array
  }[]
}

/** Groups kept scores by dataset and network. Scores of another variant take no part, nor cells that do not keep these scores. */
export function ownGroups(
  cells: readonly CellScores[],
  { method, measure, variant = 'own' }: { method: string; measure: string; variant?: string },
): ScoreGroup[] {
  const groups = new Map<string, { dataset: string; network: string; seeds: ScoreGroup['seeds'][number][] }>()
  for (const cell of cells) {
    const scores = cell.variant === variant ? cell.scores(method, measure) : null
    if (scores === null) continue
    const { dataset, network, seed } = cell
    const key = JSON.stringify([dataset, network])
    const group = groups.get(key) ?? { dataset, network, seeds: [] }
    group.seeds.push({ seed, cell, scores })
    groups.set(key, group)
  }
  for (const { seeds } of groups.values()) seeds.sort((a, b) => a.seed - b.seed)
  return [...groups.values()]
}
