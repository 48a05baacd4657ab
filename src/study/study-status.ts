import { isCellLocked } from './cell-lock.js'
import { readRun } from './cell-result.js'
import type { ListedCell } from './study.js'
import { finishedCell } from './study-folder.js'

/** How far a study is. */
export interface StudyStatus {
  readonly cells: number
  readonly finished: number
  /** The ids of cells that processes of this machine compute now. */
  readonly running: readonly string[]
  /** Seconds of one process that the cells which are left take, from what the finished ones like them took; null before there is one. */
  readonly secondsLeft: number | null
  /** By dataset, network and variant. */
  readonly groups: readonly {
    readonly dataset: string
    readonly network: string
    readonly variant: string
    readonly cells: number
    readonly finished: number
  }[]
}

/** Says how far the cells of a study are, by looking for their results alone. */
export async function studyStatus(study: string, cells: readonly ListedCell[]): Promise<StudyStatus> {
  const groups = new Map<
    string,
    { dataset: string; network: string; variant: string; cells: number; finished: number }
  >()
  const seconds = new Map<string, number[]>()
  const left: string[] = []
  const running: string[] = []
  let finished = 0
  for (const cell of cells) {
    const { dataset, network, variant } = cell
    const key = [dataset, network, variant].join(' ')
    const group = groups.get(key) ?? { dataset, network, variant, cells: 0, finished: 0 }
    groups.set(key, group)
    group.cells++
    const folder = finishedCell(study, cell.id)
    if (folder === null) {
      left.push(key)
      if (isCellLocked(study, cell.id)) running.push(cell.id)
      continue
    }
    finished++
    group.finished++
    const run = await readRun(folder)
    if (run !== null) seconds.set(key, [...(seconds.get(key) ?? []), run.training + run.evaluation])
  }
  return {
    cells: cells.length,
    finished,
    running,
    secondsLeft: secondsOf(left, seconds),
    groups: [...groups.values()],
  }
}

/** By the mean of finished cells of the same group, of the same network, or of all. */
function secondsOf(left: readonly string[], known: ReadonlyMap<string, readonly number[]>): number | null {
  if (left.length === 0) return 0
  const all = [...known.values()].flat()
  if (all.length === 0) return null
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const like = (key: string): readonly number[] => {
    const [, network] = key.split(' ')
    const same = [...known]
      .filter(([other]) => other.split(' ')[1] === network)
      .flatMap(([, values]) => values)
    return known.get(key) ?? (same.length > 0 ? same : all)
  }
  return left.reduce((sum, key) => sum + mean(like(key)), 0)
}
