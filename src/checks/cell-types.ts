import { dirname } from 'node:path'
import type { Diagnostic, Program, SourceFile } from 'typescript'
import { CELL_OPTIONS, GLOBALS_FILES, ts } from '../runner/kernel/cell-compiler.cjs'
import { parseCell, refuseExports } from '../runner/kernel/cell-syntax.cjs'
import { isPackageFile } from '../runner/kernel/project-paths.cjs'
import { createSourceHost } from '../runner/kernel/source-host.cjs'
import { type CellModule, cellModules } from './cell-modules.js'
import type { NotebookCode, Problem } from './notebook-cells.js'

/**
 * Type-checks the cells of notebooks as the kernel would, in one program, together with the syntax of the sources that they
 * import. No cell runs.
 */
export const checkCellTypes = (notebooks: readonly NotebookCode[]): Problem[] => {
  const modules = new Map(notebooks.flatMap(cellModules).map((module) => [module.fileName, module]))
  const [first] = notebooks
  if (!first) return []
  const { host } = createSourceHost(CELL_OPTIONS, dirname(first.file), (file) => modules.get(file)?.text)
  const program = ts.createProgram({
    rootNames: [...modules.keys(), ...GLOBALS_FILES],
    options: CELL_OPTIONS,
    host,
  })
  return [
    ...program.getSourceFiles().filter(isOwnSource(modules)).flatMap(checkSyntax(program)),
    ...[...modules.values()].flatMap(checkCell(program)),
  ]
}

const isOwnSource =
  (modules: ReadonlyMap<string, CellModule>) =>
  ({ fileName, isDeclarationFile }: SourceFile): boolean =>
    !isDeclarationFile && !isPackageFile(fileName) && !modules.has(fileName)

const checkSyntax =
  (program: Program) =>
  (file: SourceFile): Problem[] =>
    program.getSyntacticDiagnostics(file).map((diagnostic) => ({
      file: file.fileName,
      line: lineOf(file, diagnostic),
      message: messageOf(diagnostic),
    }))

const checkCell =
  (program: Program) =>
  ({ fileName, notebook, cell }: CellModule): Problem[] => {
    const file = program.getSourceFile(fileName)
    if (!file) throw new Error(`The compiler has not read ${fileName}.`)
    const lines = cell.source.split('\n').length
    return diagnosticsOf(program, file, cell.source).map((diagnostic) => ({
      file: notebook,
      cell: cell.number,
      // What is wrong with the lines behind a cell, such as a name that it declares twice, is wrong with the whole of it.
      line: Math.min(lineOf(file, diagnostic), lines),
      message: messageOf(diagnostic),
    }))
  }

type Found = Pick<Diagnostic, 'messageText' | 'category' | 'start'> & { readonly code: number | string }

const diagnosticsOf = (program: Program, file: SourceFile, source: string): readonly Found[] => {
  const exported = refuseExports(parseCell(source))
  if (exported) return [exported]
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].filter(isError)
}

const isError = ({ category }: Diagnostic): boolean => category === ts.DiagnosticCategory.Error

const lineOf = (file: SourceFile, { start = 0 }: Pick<Diagnostic, 'start'>): number =>
  file.getLineAndCharacterOfPosition(start).line + 1

const messageOf = ({ messageText, code }: Found): string =>
  `${ts.flattenDiagnosticMessageText(messageText, '\n')}${typeof code === 'number' ? ` (TS${code})` : ''}`
