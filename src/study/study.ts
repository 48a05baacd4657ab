import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTextSync } from '../files/read-whole.js'
import { writeTogether } from '../files/write-together.js'
import { type Cell, cellsOf } from './cell.js'
import { type CellChoice, checkDesign, type Design, extended } from './design.js'
import { checkStudyName, ownStudy, studyFolders } from './study-folder.js'

/** The file of a study's design, and that of its cells, made from it. */
export const DESIGN = 'design.json'
export const CELLS = 'cells.json'

/** A cell as it stands in the list of cells: enough to compute it, and to know whether it is finished. */
export interface ListedCell extends CellChoice {
  readonly id: string
  /** The folder of its checkpoint in `results/checkpoints`; null where nothing is trained. */
  readonly checkpoint: string | null
}

/**
 * The design of a study; null where there is none.
 *
 * @throws Error naming the file that cannot be read, or what is wrong with it
 */
export function readDesign(name: string): Design | null {
  const file = fileOf(name, DESIGN)
  if (file === null) return null
  try {
    return checkDesign(JSON.parse(readTextSync(file)))
  } catch (error) {
    throw new Error(`${file} is no design of a study: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * The cells of a planned study, as they are listed.
 *
 * @throws Error naming the file that is missing or damaged, and the cell that is not what its id says
 */
export function readCells(name: string): ListedCell[] {
  return readList(name, isListed, 'lacks what its id says of it')
}

/** The ids of the cells of a planned study. */
export const readCellIds = (name: string): string[] =>
  readList(name, (cell) => typeof cell?.id === 'string', 'has no id').map(({ id }) => id)

function readList(name: string, isRight: (cell: ListedCell | null) => boolean, wrong: string): ListedCell[] {
  const file = fileOf(name, CELLS)
  if (file === null)
    throw new Error(`study '${name}' is not planned; plan it with npm run study -- plan --study ${name}`)
  try {
    const cells: unknown = JSON.parse(readTextSync(file))
    if (!Array.isArray(cells)) throw new Error('it must be a list of cells')
    for (const [i, cell] of cells.entries()) if (!isRight(cell)) throw new Error(`cell ${i + 1} ${wrong}`)
    return cells
  } catch (error) {
    throw new Error(
      `${file} is no list of a study's cells: ${error instanceof Error ? error.message : error}; plan the study again to make it anew`,
    )
  }
}

/** Whether what a listed cell says of itself is what its id says; the address at its end says the rest when it is computed. */
function isListed(cell: ListedCell | null): boolean {
  if (typeof cell !== 'object' || cell === null) return false
  const { id, network, dataset, variant, seed, fold, checkpoint } = cell
  const place = fold === undefined ? '' : `-f${fold?.index + 1}of${fold?.of}`
  return (
    [network, dataset].every((text) => typeof text === 'string' && text !== '') &&
    typeof id === 'string' &&
    id.replace(/-[0-9a-f]{12}$/, '').endsWith(`-${variant}-s${seed}${place}`) &&
    (checkpoint === null || (typeof checkpoint === 'string' && checkpoint !== ''))
  )
}

const fileOf = (name: string, file: string): string | null => {
  checkStudyName(name)
  return (
    studyFolders(name)
      .map((folder) => join(folder, file))
      .find(existsSync) ?? null
  )
}

/**
 * Writes a study's design, extended by more where there is one already that has not all of it, and the list of its cells.
 *
 * @returns the whole study, and the ids of those of its cells that `more` asks for: all of them where it is null
 */
export async function planStudy(
  name: string,
  more: Design | null,
): Promise<{
  readonly design: Design
  readonly cells: readonly Cell[]
  readonly asked: ReadonlySet<string>
}> {
  const known = readDesign(name)
  const design = known === null ? more : more === null ? known : extended(known, more)
  if (design === null) throw new Error(`study '${name}' has no design yet; say which networks it is of`)
  const cells = await cellsOf(design)
  const asked = new Set((more === null ? cells : await cellsOf(more)).map(({ id }) => id))
  const folder = ownStudy(name)
  writeTogether([
    [join(folder, DESIGN), jsonOf(design)],
    [join(folder, CELLS), jsonOf(cells.map(listed))],
  ])
  return { design, cells, asked }
}

const listed = ({ id, choice, checkpoint }: Cell): ListedCell => ({ id, ...choice, checkpoint })

const jsonOf = (content: unknown): Buffer => Buffer.from(`${JSON.stringify(content, null, 1)}\n`)
