import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CELLS, DESIGN, type ListedCell } from './study.js'
import { finishedCell, ownStudy, shippedStudy } from './study-folder.js'

/**
 * Copies a study's design and the results of its finished cells to `data/study`, where they are shipped with the project; checkpoints stay.
 *
 * @returns how many cells were copied
 */
export function shipStudy(study: string, cells: readonly ListedCell[]): number {
  const [from, to] = [ownStudy(study), shippedStudy(study)]
  mkdirSync(join(to, 'cells'), { recursive: true })
  for (const file of [DESIGN, CELLS])
    if (existsSync(join(from, file))) cpSync(join(from, file), join(to, file))
  let copied = 0
  for (const { id } of cells) {
    const folder = finishedCell(study, id)
    if (folder === null || folder === join(to, 'cells', id)) continue
    cpSync(folder, join(to, 'cells', id), { recursive: true, preserveTimestamps: true })
    copied++
  }
  return copied
}
