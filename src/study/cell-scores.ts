import { readResult, readSequences } from './cell-result.js'
import type { ListedCell } from './study.js'
import { finishedCell } from './study-folder.js'

/** The scores that a finished cell keeps of its sequences. */
export interface CellScores {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  readonly seed: number
  /** Images in a sequence. */
  readonly items: number
  /** Of each sequence which items are relevant, from the left: `101` says the outer two of three. */
  readonly relevant: readonly string[]
  /** The score of each sequence, in the order of `relevant`; null where the study does not keep them. */
  scores(method: string, measure: string): Float32Array | null
}

/** The kept scores of a study's finished cells, in the order of its cells. Cells of folds and cells that keep none are left out. */
export async function cellScores(study: string, cells: readonly ListedCell[]): Promise<CellScores[]> {
  const all: CellScores[] = []
  for (const cell of cells) {
    const folder = cell.fold === undefined ? finishedCell(study, cell.id) : null
    if (folder === null) continue
    const result = await readResult(folder)
    const { choice, configuration } = result
    const kept = await readSequences(folder, result)
    if (kept.relevant === undefined) continue
    const { items } = configuration.problem
    all.push({
      ...{ dataset: configuration.dataset, network: configuration.network },
      ...{ variant: choice.variant, seed: choice.seed, items },
      relevant: Array.from(kept.relevant, (bits) => flagsOf(bits, items)),
      scores: (method, measure) => kept[`${method}/${measure}`] ?? null,
    })
  }
  return all
}

/** Which items are relevant as it is written in tables, from the bits of a number. */
export const flagsOf = (bits: number, items: number): string =>
  Array.from({ length: items }, (_, k) => Math.floor(bits / 2 ** k) % 2).join('')
