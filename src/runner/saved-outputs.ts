import { createHash } from 'node:crypto'
import { isJsonObject, type Json, parseJson, stringifyLikeJupyter } from './json.js'

/** What a code cell shows, as an .ipynb file holds it. */
export interface SavedOutputs {
  /** The cell's id, or `cell 3` for a third cell without one. */
  readonly id: string
  /** Execution count and outputs as JSON with sorted keys, the same for the same bytes. */
  readonly shown: string
}

/** The outputs of each code cell in the text of an .ipynb file. Throws SyntaxError if it is not JSON. */
export const savedOutputs = (text: string): SavedOutputs[] => {
  const notebook = parseJson(text)
  const cells = isJsonObject(notebook) && Array.isArray(notebook.cells) ? notebook.cells : []
  return cells.flatMap((cell: Json, index) => {
    if (!isJsonObject(cell) || cell.cell_type !== 'code') return []
    const { id, execution_count: count = null, outputs = [] } = cell
    const shown = stringifyLikeJupyter({ count, outputs })
    return [{ id: typeof id === 'string' ? id : `cell ${index + 1}`, shown }]
  })
}

/** What tells one state of a notebook's outputs from another: the first 12 digits of the SHA-256 of what its cells show. */
export const outputsDigest = (text: string): string =>
  createHash('sha256')
    .update(JSON.stringify(savedOutputs(text).map(({ id, shown }) => [id, shown])))
    .digest('hex')
    .slice(0, 12)

/** The ids of the code cells that show something else in one text of an .ipynb file than in another, or are missing in one. */
export const differingCells = (one: string, other: string): string[] => {
  const [before, after] = [one, other].map(
    (text) => new Map(savedOutputs(text).map(({ id, shown }) => [id, shown])),
  )
  const ids = new Set([...before!.keys(), ...after!.keys()])
  return [...ids].filter((id) => before!.get(id) !== after!.get(id))
}
