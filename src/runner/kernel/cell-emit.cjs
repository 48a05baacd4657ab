// A checked cell as JavaScript.
const { EMIT_OPTIONS, ts } = require('./cell-compiler.cjs')

/**
 * @import { Expression, Node, SourceFile, Statement, TransformerFactory } from 'typescript'
 * @import { SourceMapText } from './kernel-types.js'
 */

/** What compiled cells call; names that begin with $ and say what they do. */
const LAST = '$valueOfCell'
const IMPORT = '$importModule'
const META = '$importMeta'
const NAMES = '$namesOfCell'

const ES_MODULE_MARK = 'Object.defineProperty(exports, "__esModule", { value: true });'

/** How the compiler writes the import of a module. */
const IMPORT_CALL = /^(const \w+ = (?:__import(?:Star|Default)\()?)require\("/gm

/** @param {string} code */
const withoutMapComment = (code) => code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')

/**
 * Makes `import()` and `import.meta` what the kernel gives for them, and hands over the value of the last expression.
 * @param {number} end where the cell's own text ends; 0 for code whose last expression is no matter
 * @returns {TransformerFactory<SourceFile>}
 */
const transformer = (end) => (context) => {
  const { factory } = context
  /**
   * @param {Node} node
   * @returns {Node}
   */
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments
      const visited = specifier ? [/** @type {Expression} */ (ts.visitNode(specifier, visit))] : []
      return factory.createCallExpression(factory.createIdentifier(IMPORT), undefined, visited)
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return factory.createIdentifier(META)
    return ts.visitEachChild(node, visit, context)
  }
  return (file) => {
    const last = file.statements.findLastIndex((statement) => statement.end <= end && !isEmpty(statement))
    const statements = file.statements.map((statement, i) => {
      const visited = /** @type {Statement} */ (ts.visitNode(statement, visit))
      if (i !== last || !ts.isExpressionStatement(visited)) return visited
      const call = factory.createCallExpression(factory.createIdentifier(LAST), undefined, [
        visited.expression,
      ])
      return factory.updateExpressionStatement(visited, ts.setTextRange(call, visited.expression))
    })
    // Imports count before all else, wherever they stand; the compiler leaves them in their places.
    const ordered = [...statements.filter(ts.isImportDeclaration), ...statements.filter(isNoImport)]
    return factory.updateSourceFile(file, ordered)
  }
}

/** @param {Statement} statement */
const isNoImport = (statement) => !ts.isImportDeclaration(statement)

/** @param {Statement} statement */
const isEmpty = (statement) => ts.isEmptyStatement(statement)

/**
 * @param {string} text
 * @param {string} fileName
 * @param {number} [end]
 * @returns {{output: string, map: SourceMapText}}
 */
const emit = (text, fileName, end = 0) => {
  const { outputText, sourceMapText = '' } = ts.transpileModule(text, {
    fileName,
    compilerOptions: EMIT_OPTIONS,
    transformers: { before: [transformer(end)] },
  })
  return { output: withoutMapComment(outputText), map: sourceMapText }
}

/**
 * Compiles a cell to the body of a function.
 *
 * @param {string} text
 * @param {object} names
 * @param {ReadonlyMap<string, boolean>} names.declared the values that it declares, and whether each may be assigned again
 * @param {ReadonlyMap<string, readonly string[]>} names.used the values of earlier cells that it uses, by module
 */
const emitCell = (text, { declared, used }) => {
  const accessors = [...declared].map(([name, isMutable]) =>
    isMutable ? `${name}: [() => ${name}, (value) => { ${name} = value }]` : `${name}: [() => ${name}]`,
  )
  const imports = [...used].map(([module, names]) => `import { ${names.join(', ')} } from '${module}'`)
  const behind = `\nfunction ${NAMES}() { return { ${accessors.join(', ')} } }\n${imports.join('\n')}\n`
  const { output, map } = emit(`${text}${behind}`, 'cell.ts', text.length)
  // A cell exports nothing, and may call something of its own `Object`, `exports` or `require`. The lines stay what they are.
  const plain = output.replace(ES_MODULE_MARK, ';')
  const calls = declared.has('require') ? plain.replaceAll(IMPORT_CALL, '$1$require("') : plain
  return { output: calls, map }
}

module.exports = { IMPORT, LAST, META, NAMES, emit, emitCell }
