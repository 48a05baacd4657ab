import { extname } from 'node:path'
import { type Loader, transform } from 'esbuild'
import type Ts from 'typescript'

/** What of a source file decides what it computes. */
export interface Code {
  /** The code in one fixed layout, without types, comments and presentation. */
  readonly text: string
  /** What it imports for more than its types, as written. */
  readonly imports: readonly string[]
}

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
}

/** The functions to which a definition is given. */
const DEFINES = new Set([
  'defineArchitecture',
  'defineMethod',
  'defineDataset',
  'defineMeasure',
  'propagation',
])

/** The parts of a definition that only figures, tables and text show. */
const PRESENTATION = new Set(['title', 'short', 'style', 'color', 'baselineName'])

/** The code of a file's text; of a file that is no code, or broken, the text itself. */
export async function codeOf(text: string, file: string): Promise<Code> {
  const loader = LOADERS[extname(file)]
  if (loader === undefined) return { text, imports: [] }
  // Loaded where it is needed: it is large.
  const { default: ts } = await import('typescript')
  try {
    const source = withoutPresentation(ts, text, file)
    const { code } = await transform(source, {
      loader,
      minifyWhitespace: true,
      legalComments: 'none',
      logLevel: 'silent',
    })
    const { importedFiles } = ts.preProcessFile(code, true, true)
    return { text: code, imports: importedFiles.map(({ fileName }) => fileName) }
  } catch {
    return { text, imports: [] }
  }
}

/** The text without the constant presentation of the definitions in it. */
function withoutPresentation(ts: typeof Ts, text: string, file: string): string {
  if (![...DEFINES].some((name) => text.includes(`${name}(`))) return text
  const strip: Ts.TransformerFactory<Ts.SourceFile> = (context) => {
    const visit = (node: Ts.Node): Ts.Node =>
      ts.visitEachChild(isDefinition(ts, node) ? withoutTexts(ts, node) : node, visit, context)
    return (root) => ts.visitEachChild(root, visit, context)
  }
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const { transformed } = ts.transform(source, [strip])
  return ts.createPrinter({ removeComments: true }).printFile(transformed[0]!)
}

/** The call of a definition without its constant presentation. */
function withoutTexts(ts: typeof Ts, call: Ts.CallExpression): Ts.CallExpression {
  const [definition, ...others] = call.arguments
  if (definition === undefined || !ts.isObjectLiteralExpression(definition)) return call
  const kept = definition.properties.filter((property) => !isPresentation(ts, property))
  const { factory } = ts
  const rest = factory.updateObjectLiteralExpression(definition, kept)
  return factory.updateCallExpression(call, call.expression, call.typeArguments, [rest, ...others])
}

const isDefinition = (ts: typeof Ts, node: Ts.Node): node is Ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && DEFINES.has(node.expression.text)

const isPresentation = (ts: typeof Ts, node: Ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(node) &&
  (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) &&
  PRESENTATION.has(node.name.text) &&
  isConstant(ts, node.initializer)

/** Whether an expression is text, or an object of texts: nothing that could compute. */
function isConstant(ts: typeof Ts, node: Ts.Expression): boolean {
  if (ts.isStringLiteralLike(node)) return true
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isConstant(ts, node.expression)
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.every(
      (property) => ts.isPropertyAssignment(property) && isConstant(ts, property.initializer),
    )
  )
}
