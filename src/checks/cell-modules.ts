import type { Symbol as TypeScriptSymbol } from 'typescript'
import { declare, moduleLines } from '../runner/kernel/cell-scope.cjs'
import { localsOf, parseCell } from '../runner/kernel/cell-syntax.cjs'
import type { CellScope } from '../runner/kernel/kernel-types.js'
import type { Cell, NotebookCode } from './notebook-cells.js'

/** A cell as a module, which exports what it declares and imports what it uses of earlier cells. */
export interface CellModule {
  /** Where it would lie, so that its relative imports are those of the notebook. */
  readonly fileName: string
  /** The cell's text, and behind it what makes it a module. */
  readonly text: string
  readonly notebook: string
  readonly cell: Cell
}

/**
 * The cells of a notebook as modules: each sees the names of earlier cells as the kernel shows them, the latest declaration
 * of a name where there are several.
 */
export const cellModules = ({ file, cells }: NotebookCode): CellModule[] => {
  const scope: CellScope = new Map()
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return cells.map((cell) => {
    const module = `./${name}.cell-${cell.number}`
    const fileName = `${file}.cell-${cell.number}.ts`
    const alone = parseCell(cell.source, fileName)
    const lines = moduleLines(alone, scope)
    const locals: ReadonlyMap<string, TypeScriptSymbol> = localsOf(alone)
    for (const [local, symbol] of locals) declare(scope, local, { module, symbol })
    return { fileName, notebook: file, cell, text: `${cell.source}\n${lines}\n` }
  })
}
