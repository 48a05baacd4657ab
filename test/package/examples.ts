import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

/** The code of an `@example` in a docstring. */
export interface Example {
  /** Where it stands, such as `src/thesis/explain.ts:12`. */
  readonly place: string
  readonly code: string
}

/** All examples in the docstrings of a folder's sources. */
export function examplesIn(project: string, folder: string): Example[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .flatMap((name) => examplesOf(join(project, folder, name), project))
}

function examplesOf(file: string, project: string): Example[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^ *\/\*\*[\s\S]*?\*\//gm)].flatMap(([docstring]) => {
    const at = text.indexOf(docstring)
    const [, ...codes] = docstring
      .replace(/\s*\*\/$/, '')
      .replace(/^ *(\/\*\*| \*) ?/gm, '')
      .split(/^@example\b ?/m)
    return codes.map((code) => ({
      place: `${relative(project, file).replaceAll('\\', '/')}:${text.slice(0, at).split('\n').length}`,
      code: code.replace(/^@[\s\S]*/m, '').trim(),
    }))
  })
}

/** An example as a module: it imports from the context what it names and does not declare. */
export function moduleOf({ code }: Example, known: ReadonlySet<string>, context: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const declared = new Set(source.statements.flatMap(namesOfStatement))
  const named = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) named.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const needed = [...named].filter((name) => known.has(name) && !declared.has(name)).sort()
  return `import { ${needed.join(', ')} } from '${context}'\n${code}\nexport {}\n`
}

function namesOfStatement(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOfBinding(name))
  if (ts.isFunctionDeclaration(statement) && statement.name) return [statement.name.text]
  return []
}

function namesOfBinding(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesOfBinding(element.name) : [],
  )
}

/** The compiler's options of the project, for other files than its own. */
function optionsOf(project: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile)
  return ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, project).options
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/** A program of files and of modules that lie nowhere; what programs have in common is parsed once. */
function programOf(
  project: string,
  files: readonly string[],
  modules: ReadonlyMap<string, string>,
): ts.Program {
  // An example shows what it makes, and does not always use it.
  const options = { ...optionsOf(project), noEmit: true, noUnusedLocals: false, noUnusedParameters: false }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => modules.has(name) || fileExists(name)
  host.readFile = (name) => modules.get(name) ?? readFile(name)
  host.getSourceFile = (name, target, ...others) => {
    const text = modules.get(name)
    if (text !== undefined) return ts.createSourceFile(name, text, target, true)
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, target, ...others))
    return parsed.get(name)
  }
  return ts.createProgram([...files, ...modules.keys()], options, host)
}

/** What is wrong with each of some modules that lie nowhere, beside the project's own. */
export function errorsOf(project: string, modules: ReadonlyMap<string, string>): Map<string, string[]> {
  const program = programOf(project, [], modules)
  return new Map(
    [...modules.keys()].map((name) => {
      const source = program.getSourceFile(name)
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return [name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))]
    }),
  )
}

/** What a module exports for more than its type, by name. */
export function exportsOf(project: string, file: string): Map<string, ts.Symbol> {
  const program = programOf(project, [join(project, file)], new Map())
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(project, file))!)!
  const all = checker.getExportsOfModule(module).map((symbol): [string, ts.Symbol] => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return [symbol.name, meant]
  })
  return new Map(all.filter(([, { flags }]) => flags & ts.SymbolFlags.Value))
}

/** Whether an export is called. */
export function isFunction({ declarations = [] }: ts.Symbol): boolean {
  const [first] = declarations
  if (first === undefined) return false
  if (ts.isVariableDeclaration(first))
    return first.initializer !== undefined && ts.isArrowFunction(first.initializer)
  return ts.isFunctionDeclaration(first) || ts.isClassDeclaration(first)
}
