// What the text of a cell says by itself, without the types of what it uses.
const { CELL_OPTIONS, ts } = require('./cell-compiler.cjs')

/**
 * @import { Node, SourceFile, Statement, Symbol } from 'typescript'
 * @import { BoundSourceFile } from './kernel-types.js'
 */

const NO_EXPORTS = {
  messageText: 'A cell exports nothing: later cells see its names as they are. Remove "export".',
  code: 'export',
  category: ts.DiagnosticCategory.Error,
}

/** @param {Statement} statement */
const isExported = (statement) =>
  ts.isExportAssignment(statement) ||
  ts.isExportDeclaration(statement) ||
  (ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true)

/**
 * The refusal of a cell's first exported statement, if there is one.
 * @param {SourceFile} sourceFile the cell alone
 */
const refuseExports = (sourceFile) => {
  const exported = sourceFile.statements.find(isExported)
  return exported && { ...NO_EXPORTS, file: sourceFile, start: exported.getStart(sourceFile), length: 6 }
}

/**
 * A cell by itself, parsed and bound.
 * @param {string} text
 * @param {string} [fileName]
 * @returns {BoundSourceFile}
 */
const parseCell = (text, fileName = 'cell.ts') => {
  // The implied format makes the binder see a module, in which `await` stands anywhere.
  const options = { languageVersion: ts.ScriptTarget.ES2022, setExternalModuleIndicator: asModule }
  const file = ts.createSourceFile(fileName, text, options, true)
  ts.bindSourceFile(file, CELL_OPTIONS)
  return /** @type {BoundSourceFile} */ (file)
}

/** @param {SourceFile} file */
const asModule = (file) => {
  Reflect.set(file, 'externalModuleIndicator', true)
}

/**
 * The names that a cell declares.
 * @param {BoundSourceFile} file
 * @returns {ReadonlyMap<string, Symbol>}
 */
const localsOf = ({ locals = new Map() }) =>
  new Map(
    [...locals]
      // `declare global` and `declare module 'x'` are no names.
      .filter(([name]) => name !== ts.InternalSymbolName.Global && !/^["']/.test(String(name)))
      .map(([name, symbol]) => [ts.unescapeLeadingUnderscores(name), symbol]),
  )

/**
 * Every word of a cell that may be the name of something.
 * @param {Node} file
 * @returns {Set<string>}
 */
const usedNames = (file) => {
  /** @type {Set<string>} */
  const names = new Set()
  /** @param {Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return names
}

/** @param {Node} sourceFile */
const hasTopLevelAwait = (sourceFile) => {
  /**
   * @param {Node} node
   * @returns {boolean}
   */
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node))
      return [node.name, ...(ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [])].some(
        (part) => part !== undefined && visit(part),
      )
    if (ts.isClassStaticBlockDeclaration(node)) return false
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true
    if (
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    )
      return true
    return ts.forEachChild(node, visit) ?? false
  }
  return visit(sourceFile)
}

/** @param {Pick<Symbol, 'flags'>} symbol */
const isVariable = ({ flags }) => {
  const variable = ts.SymbolFlags.BlockScopedVariable | ts.SymbolFlags.FunctionScopedVariable
  return (flags & variable) !== 0 && (flags & ts.SymbolFlags.Value & ~variable) === 0
}

/** @param {Pick<Symbol, 'valueDeclaration'>} symbol */
const isConstant = ({ valueDeclaration }) =>
  valueDeclaration !== undefined &&
  (ts.getCombinedNodeFlags(valueDeclaration) & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0

/**
 * The specifiers of the modules that a cell imports by statements, in their order, but for those of which only types are used.
 * @param {SourceFile} file
 * @param {(name: string) => boolean} isValue whether a name of the cell is a value
 */
const importedModules = (file, isValue) =>
  file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const { importClause } = statement
    const isUsed = importClause === undefined || boundNames(importClause).some(isValue)
    return isUsed ? [statement.moduleSpecifier.text] : []
  })

/**
 * @param {import('typescript').ImportClause} clause
 * @returns {string[]}
 */
const boundNames = ({ name, namedBindings }) => {
  const own = name ? [name.text] : []
  if (!namedBindings) return own
  if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text]
  return [...own, ...namedBindings.elements.map((element) => element.name.text)]
}

/**
 * What a cell declares for all modules, as `declare global` does: names, and modules that it adds to.
 * @param {SourceFile} file
 * @returns {string[]}
 */
const globalNames = (file) =>
  file.statements.flatMap((statement) => {
    if (!ts.isModuleDeclaration(statement)) return []
    if (ts.isStringLiteral(statement.name)) return [statement.name.text]
    const { body } = statement
    if ((statement.flags & ts.NodeFlags.GlobalAugmentation) === 0 || !body || !ts.isModuleBlock(body))
      return []
    return ['global', ...body.statements.flatMap(namesOfDeclaration)]
  })

/**
 * @param {Statement} statement
 * @returns {string[]}
 */
const namesOfDeclaration = (statement) => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  const { name } = /** @type {{name?: Node}} */ (/** @type {unknown} */ (statement))
  return name ? [name.getText()] : []
}

/**
 * Whether a cell declares something by `using` among its own statements.
 * @param {SourceFile} file
 */
const declaresResources = (file) =>
  file.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Using) !== 0,
  )

module.exports = {
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
}
