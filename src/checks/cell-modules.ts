import type { Node, Symbol as TypeScriptSymbol } from '@tslab/typescript-for-tslab'
import { ts } from '../runner/kernel/cell-compiler.cjs'
import { localsOf } from '../runner/kernel/cell-syntax.cjs'
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

interface Declaration {
  /** How other modules of the notebook import it. */
  readonly module: string
  readonly symbol: TypeScriptSymbol
}

/** The latest declaration of a name, apart for values and for types, since one may be declared anew without the other. */
interface Meanings {
  readonly value?: Declaration
  readonly type?: Declaration
}

type Scope = Map<string, Meanings>

const { Alias, BlockScopedVariable, FunctionScopedVariable, Namespace, Type, Value } = ts.SymbolFlags
const VARIABLE = BlockScopedVariable | FunctionScopedVariable

const isValue = ({ flags }: TypeScriptSymbol): boolean => (flags & (Value | Alias)) !== 0
const isType = ({ flags }: TypeScriptSymbol): boolean => (flags & (Type | Namespace | Alias)) !== 0
const isVariable = ({ flags }: TypeScriptSymbol): boolean =>
  (flags & VARIABLE) !== 0 && (flags & ~VARIABLE) === 0

const isConstant = ({ valueDeclaration }: TypeScriptSymbol): boolean =>
  valueDeclaration !== undefined && (ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.Const) !== 0

/**
 * The cells of a notebook as modules: each sees the names of earlier cells as the kernel shows them, the latest declaration
 * of a name where there are several.
 */
export const cellModules = ({ file, cells }: NotebookCode): CellModule[] => {
  const scope: Scope = new Map()
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return cells.map((cell) => {
    const module = `./${name}.cell-${cell.number}`
    const fileName = `${file}.cell-${cell.number}.ts`
    const locals = localsOf(cell.source, fileName)
    const lines = [exportLine(locals), ...importLines(usedNames(cell.source), locals, scope)]
    for (const [local, symbol] of locals) declare(scope, local, { module, symbol })
    return { fileName, notebook: file, cell, text: `${cell.source}\n${lines.join('\n')}\n` }
  })
}

const declare = (scope: Scope, name: string, declaration: Declaration): void => {
  const { symbol } = declaration
  scope.set(name, {
    ...scope.get(name),
    ...(isValue(symbol) ? { value: declaration } : {}),
    ...(isType(symbol) ? { type: declaration } : {}),
  })
}

const exportLine = (locals: ReadonlyMap<string, TypeScriptSymbol>): string =>
  `export { ${[...locals.keys()].join(', ')} }`

const importLines = (
  used: ReadonlySet<string>,
  locals: ReadonlyMap<string, TypeScriptSymbol>,
  scope: Scope,
): string[] =>
  [...scope].flatMap(([name, { value, type }]) => {
    const local = locals.get(name)
    if (!used.has(name)) return []
    return importOf(
      name,
      local && isValue(local) ? undefined : value,
      local && isType(local) ? undefined : type,
      local !== undefined,
    )
  })

/** What makes a name of earlier cells known; a variable stays one, to which a cell may assign. */
const importOf = (
  name: string,
  value: Declaration | undefined,
  type: Declaration | undefined,
  isPartlyLocal: boolean,
): string[] => {
  if (value && !isVariable(value.symbol))
    return isPartlyLocal ? [] : [`import { ${name} } from '${value.module}'`]
  const variable = value && variableOf(name, value)
  // A class or an enum whose value is another now has no type of its own any more.
  const isTypeOnly = type && !isValue(type.symbol)
  return [
    ...(variable ? [variable] : []),
    ...(type && isTypeOnly ? [`import { ${name} } from '${type.module}'`] : []),
  ]
}

const variableOf = (name: string, { module, symbol }: Declaration): string =>
  `declare ${isConstant(symbol) ? 'const' : 'let'} ${name}: typeof import('${module}').${name}`

const usedNames = (source: string): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022))
  return names
}
