// What the text of a cell says by itself, without the types of what it uses.
const { CELL_OPTIONS, ts } = require('./cell-compiler.cjs')

/**
 * @import { BindingName, Node, ScriptTarget, ShorthandPropertyAssignment, SourceFile, Statement, Symbol } from '@tslab/typescript-for-tslab'
 * @import { BoundSourceFile, SourceMapText } from './kernel-types.js'
 */

const NO_EXPORTS = {
  messageText: 'A cell exports nothing: later cells see its names as they are. Remove "export".',
  code: 'export',
  category: ts.DiagnosticCategory.Error,
}

/** @param {Statement} statement */
const isExported = (statement) =>
  ts.isExportAssignment(statement) ||
  (ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true)

/**
 * The refusal of a cell's first exported statement, if there is one.
 * @param {SourceFile} sourceFile
 */
const refuseExports = (sourceFile) => {
  const exported = sourceFile.statements.find(isExported)
  return exported && { ...NO_EXPORTS, file: sourceFile, start: exported.getStart(sourceFile), length: 6 }
}

/**
 * The names that a cell declares, by parsing and binding it alone.
 * @param {string} text
 * @param {string} [fileName]
 * @returns {ReadonlyMap<string, Symbol>}
 */
const localsOf = (text, fileName = 'cell.ts') => {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022)
  ts.bindSourceFile(file, CELL_OPTIONS)
  const { locals = new Map() } = /** @type {BoundSourceFile} */ (file)
  return new Map([...locals].map(([name, symbol]) => [ts.unescapeLeadingUnderscores(name), symbol]))
}

/** @param {SourceFile} sourceFile */
const hasTopLevelAwait = (sourceFile) => {
  /**
   * @param {Node} node
   * @returns {boolean}
   */
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)) return false
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true
    return ts.forEachChild(node, visit) ?? false
  }
  return visit(sourceFile)
}

/**
 * The names that a cell can assign again after it ran.
 * @param {SourceFile} sourceFile
 */
const mutableNames = (sourceFile) => {
  /** @type {string[]} */
  const names = []
  /** @param {BindingName} name */
  const collect = (name) => {
    if (ts.isIdentifier(name)) names.push(name.text)
    else for (const element of name.elements) if (ts.isBindingElement(element)) collect(element.name)
  }
  for (const statement of sourceFile.statements) {
    if (!ts.isVariableStatement(statement)) continue
    const { flags, declarations } = statement.declarationList
    if (!(flags & ts.NodeFlags.Const)) for (const { name } of declarations) collect(name)
  }
  return names
}

/**
 * `{ a }` as `{ a: exports.a }`, and in an assignment pattern `{ a = 1 }` as `{ a: exports.a = 1 }`.
 * @param {ShorthandPropertyAssignment} property
 */
const expandShorthand = ({ name, objectAssignmentInitializer: fallback }) => {
  const variable = ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier('exports'), name)
  const value = fallback ? ts.factory.createAssignment(variable, fallback) : variable
  return ts.factory.createPropertyAssignment(name, value)
}

/** @param {string} code */
const withoutMapComment = (code) => code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')

/**
 * The second compilation of a cell, with both maps: CommonJS → ES module → TypeScript.
 * @param {string} code
 * @param {string} map
 * @param {ScriptTarget} target
 * @returns {{output: string, sourceMaps: SourceMapText[]}}
 */
const toCommonJs = (code, map, target) => {
  const { outputText, sourceMapText = '' } = ts.transpileModule(withoutMapComment(code), {
    fileName: 'cell.js',
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      target,
      newLine: ts.NewLineKind.LineFeed,
      noImplicitUseStrict: true,
      sourceMap: true,
    },
  })
  return { output: withoutMapComment(outputText), sourceMaps: [sourceMapText, map] }
}

module.exports = { expandShorthand, hasTopLevelAwait, localsOf, mutableNames, refuseExports, toCommonJs }
