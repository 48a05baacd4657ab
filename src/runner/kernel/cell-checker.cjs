// Type-checks a cell against the names that earlier cells left, and compiles it.
const { ts } = require('./cell-compiler.cjs')
const { emitCell } = require('./cell-emit.cjs')
const { isValue, moduleLines, valuesByModule } = require('./cell-scope.cjs')
const {
  declaresResources,
  globalNames,
  hasTopLevelAwait,
  importedModules,
  isConstant,
  isVariable,
  localsOf,
  parseCell,
  refuseExports,
  usedNames,
} = require('./cell-syntax.cjs')
const { displayName } = require('./project-paths.cjs')

/**
 * @import { Diagnostic, SourceFile, Symbol, TypeChecker } from 'typescript'
 * @import { CellProject } from './cell-project.cjs'
 * @import { CellSession } from './cell-session.cjs'
 * @import { BoundSourceFile, CellDiagnostic, CheckedCell, CompiledCell, DeclaredName } from './kernel-types.js'
 */

const { SymbolFlags } = ts
const UNKNOWN_NAMES = new Set([2304, 2552, 18004])

/**
 * @param {CellProject} project
 * @param {CellSession} session
 * @param {string} text
 * @param {number} number of the cell's module, which no other cell has
 * @returns {CheckedCell}
 */
const checkCell = (project, session, text, number) => {
  const alone = parseCell(text)
  const wrong = [...(alone.parseDiagnostics ?? [])]
  const exported = wrong.length === 0 ? refuseExports(alone) : undefined
  if (exported) return { diagnostics: [told(exported, alone, session)] }
  if (wrong.length > 0) return { diagnostics: wrong.map((diagnostic) => told(diagnostic, alone, session)) }

  const state = `${project.editsSoFar()}\n${stateOf(alone, session)}`
  const known = session.remembered(text, state)
  if (known) return { diagnostics: [], cell: known }
  const module = `./__cell-${number}__`
  const older = olderModules(alone, session)
  const globals = globalNames(alone)
  // What is declared for all anew, as when its cell runs again, takes the place of what was.
  const others = session.globalModules(globals)
  const lines = [...new Set([...older, ...others])].map((other) => `import '${other}'`)
  const source = [text, moduleLines(alone, session.scope), ...lines].join('\n')
  const { program, file } = project.programOf(source)
  const found = project
    .diagnose(program, file)
    .filter((diagnostic) => diagnostic.file !== file || (diagnostic.start ?? 0) <= text.length)
  if (found.length > 0) return { diagnostics: found.map((diagnostic) => told(diagnostic, file, session)) }

  const checker = program.getTypeChecker()
  const names = namesOf(file, alone, checker, (name) => olderSymbol(project, session, program, name))
  const declared = [...names].filter(([, { meaning }]) => isValue(meaning))
  const { output, map } = emitCell(text, {
    declared: new Map(
      declared.map(([name, { symbol }]) => [name, isVariable(symbol) && !isConstant(symbol)]),
    ),
    used: valuesByModule(alone, session.scope),
  })
  /** @type {CompiledCell} */
  const cell = {
    module,
    text,
    output,
    map,
    names,
    isAsync: hasTopLevelAwait(alone),
    imports: importedModules(alone, (name) => isValue(names.get(name)?.meaning ?? { flags: 0 })),
    dependencies: dependenciesOf(source, text.length),
    globals,
  }
  project.keep(module, source)
  if (names.size === 0 && !/\bimport\b/.test(text) && globals.length === 0) session.remember(state, cell)
  return { diagnostics: [], cell }
}

/**
 * What a cell's types depend on beside its text: the cells whose names it uses, and whether these have values.
 * @param {BoundSourceFile} alone
 * @param {CellSession} session
 */
const stateOf = (alone, session) =>
  [...usedNames(alone)]
    .map((name) => {
      const { value, type } = session.scope.get(name) ?? {}
      return `${name} ${value?.module} ${type?.module} ${value?.isUnset?.()}`
    })
    .concat(session.globalModules([]))
    .join('\n')

/**
 * The modules of the names that a cell declares anew, whose types are compared with the new ones.
 * @param {BoundSourceFile} alone
 * @param {CellSession} session
 */
const olderModules = (alone, session) =>
  [...localsOf(alone).keys()].flatMap((name) => {
    const value = session.scope.get(name)?.value
    return value ? [value.module] : []
  })

/**
 * @param {CellProject} project
 * @param {CellSession} session
 * @param {import('typescript').Program} program
 * @param {string} name
 */
const olderSymbol = (project, session, program, name) => {
  const module = session.scope.get(name)?.value?.module
  const file = module && program.getSourceFile(project.fileOf(module))
  const symbol = file && /** @type {BoundSourceFile} */ (file).locals?.get(ts.escapeLeadingUnderscores(name))
  return module && symbol ? { module, symbol } : undefined
}

/**
 * What a cell declares, as later cells need to know it.
 * @param {BoundSourceFile} file the cell's module
 * @param {BoundSourceFile} alone the cell by itself
 * @param {TypeChecker} checker
 * @param {(name: string) => {module: string, symbol: Symbol} | undefined} olderOf
 * @returns {Map<string, DeclaredName>}
 */
const namesOf = (file, alone, checker, olderOf) => {
  // What stands beside a resource is compiled to variables that are there from the start.
  const hasResources = declaresResources(alone)
  const undefinedType = checker.getUndefinedType()
  return new Map(
    [...localsOf(alone)].map(([name, own]) => {
      const symbol = /** @type {Symbol} */ (file.locals?.get(ts.escapeLeadingUnderscores(name)))
      // What stands behind the cell gives a type a value of earlier cells beside it, which is not the cell's.
      const meaning = own.flags & SymbolFlags.Alias ? meaningOf(symbol, checker) : own
      const type = isValue(meaning) ? typeOf(symbol, checker) : undefined
      const found = type && olderOf(name)
      // Who uses a variable means that one, to which it may assign.
      const older = found && isVariable(found.symbol) && !isConstant(found.symbol) ? undefined : found
      const fits = older && type && checker.isTypeAssignableTo(type, typeOf(older.symbol, checker))
      return [
        name,
        {
          symbol,
          meaning,
          admitsUndefined: type !== undefined && checker.isTypeAssignableTo(undefinedType, type),
          isAmbient: isAmbient(own),
          isHoisted: hasResources || isHoisted(symbol),
          fits: fits ? [older.module] : [],
        },
      ]
    }),
  )
}

/**
 * @param {Symbol} symbol
 * @param {TypeChecker} checker
 */
const typeOf = (symbol, checker) =>
  checker.getTypeOfSymbol(
    symbol.flags & SymbolFlags.Alias && !(symbol.flags & SymbolFlags.Value)
      ? checker.getAliasedSymbol(symbol)
      : symbol,
  )

/**
 * Whether a name is only said to be there.
 * @param {Pick<Symbol, 'valueDeclaration'>} symbol
 */
const isAmbient = ({ valueDeclaration }) =>
  valueDeclaration !== undefined &&
  (ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Ambient) !== 0

/** @param {Symbol} symbol */
const isHoisted = ({ flags }) =>
  (flags & (SymbolFlags.FunctionScopedVariable | SymbolFlags.Enum | SymbolFlags.ValueModule)) !== 0

/**
 * What a name brings: an import, what is imported; and a value beside an imported type of its name, both.
 * @param {Symbol} symbol
 * @param {TypeChecker} checker
 * @returns {Pick<Symbol, 'flags' | 'valueDeclaration'>}
 */
const meaningOf = (symbol, checker) => {
  if (!(symbol.flags & SymbolFlags.Alias)) return symbol
  const { flags, valueDeclaration } = meaningOfImport(symbol, checker)
  const own = symbol.flags & ~SymbolFlags.Alias
  return own ? { flags: flags | own, valueDeclaration: symbol.valueDeclaration } : { flags, valueDeclaration }
}

/**
 * What an import brings, told by flags: a value that cannot be assigned to, a type, or both.
 * @param {Symbol} symbol
 * @param {TypeChecker} checker
 * @returns {Pick<Symbol, 'flags' | 'valueDeclaration'>}
 */
const meaningOfImport = (symbol, checker) => {
  const { flags } = checker.getAliasedSymbol(symbol)
  const isTypeOnly = symbol.declarations?.some((declaration) =>
    ts.isTypeOnlyImportOrExportDeclaration(declaration),
  )
  const value = !isTypeOnly && flags & SymbolFlags.Value ? SymbolFlags.Function : 0
  const isNamed = flags & (SymbolFlags.Type | SymbolFlags.Namespace)
  const type = isNamed || isTypeOnly ? SymbolFlags.Interface : 0
  // Of a module without types nothing is known.
  const none = value === 0 && type === 0 ? SymbolFlags.Function | SymbolFlags.Interface : 0
  return { flags: value | type | none, valueDeclaration: undefined }
}

/**
 * The cells that a cell's module imports.
 * @param {string} source
 * @param {number} end of the cell's own text
 */
const dependenciesOf = (source, end) => [
  ...new Set(
    [...source.slice(end).matchAll(/'(\.\/__cell-\d+__)'/g)].map(
      ([, module]) => /** @type {string} */ (module),
    ),
  ),
]

/**
 * @param {Pick<Diagnostic, 'messageText' | 'category' | 'start' | 'file'> & {code: number | string}} diagnostic
 * @param {SourceFile} cell
 * @param {CellSession} session
 * @returns {CellDiagnostic}
 */
const told = ({ messageText, code, start = 0, file }, cell, session) => {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n')
  const name = typeof code === 'number' && UNKNOWN_NAMES.has(code) ? /'([^']+)'/.exec(text)?.[1] : undefined
  const lost = name === undefined ? undefined : session.lost.get(name)
  const position = (file ?? cell).getLineAndCharacterOfPosition(start)
  return {
    messageText: lost === undefined ? text : `${text.replace(/\.$/, '')}: ${lost}`,
    code,
    start: position,
    ...(file && file !== cell ? { fileName: displayName(file.fileName) } : {}),
  }
}

module.exports = { checkCell }
