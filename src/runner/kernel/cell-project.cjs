// The TypeScript program that types the cells: the cell, the declarations left by earlier cells, and every
// file these import. tslab's own way is a file-watching compiler that type-checks and emits the whole import tree with
// every cell that imports something. Here parsed files are kept until they change on disk, only the cell is checked
// and emitted, and sources are loaded by source-loader.cjs.
const { CELL_OPTIONS, ts } = require('./cell-compiler.cjs')
const { refuseExports } = require('./cell-syntax.cjs')
const { isPackageFile } = require('./project-paths.cjs')
const { createSourceHost } = require('./source-host.cjs')

/**
 * @import { CompilerOptions, Program, SourceFile, System } from '@tslab/typescript-for-tslab'
 * @import { BoundSourceFile, ProjectDescription } from './kernel-types.js'
 */

/**
 * Collects what tslab passes to the compiler it would create; of its options, those about the output.
 * @param {readonly string[]} rootNames
 * @param {CompilerOptions} options
 * @param {System} sys
 * @returns {ProjectDescription}
 */
const describeProject = (rootNames, { rootDir, outDir, newLine, noImplicitUseStrict }, sys) => ({
  rootNames,
  options: { ...CELL_OPTIONS, rootDir, outDir, newLine, noImplicitUseStrict, sourceMap: true },
  sys,
  afterProgramCreate: undefined,
})

// Only the cell is emitted, so that it does not matter that the sources lie outside its folder.
const NOT_UNDER_ROOT = 6059
const NO_SUCH_MODULE = 2307

/** @param {{category: number, code: number | string}} diagnostic */
const isError = ({ category, code }) => category === ts.DiagnosticCategory.Error && code !== NOT_UNDER_ROOT

/**
 * The project's own files that a file imports, directly or not.
 * @param {Program} program
 * @param {SourceFile} sourceFile
 * @returns {SourceFile[]}
 */
const importedSources = (program, sourceFile) => {
  /** @type {Map<string, SourceFile>} */
  const found = new Map()
  /** @param {BoundSourceFile} file */
  const visit = (file) => {
    for (const { text } of file.imports ?? []) {
      const target = ts.getResolvedModule(file, text, undefined)?.resolvedFileName
      if (!target || found.has(target) || isPackageFile(target)) continue
      const imported = program.getSourceFile(target)
      if (!imported || imported.isDeclarationFile) continue
      found.set(target, imported)
      visit(imported)
    }
  }
  visit(sourceFile)
  return [...found.values()]
}

/** The program of the cell that runs next, made anew from the parsed files of the one before. */
class CellProject {
  #description
  #source
  /** @type {Program} */
  #program
  // Files edited since the kernel started and not found correct since then.
  #unchecked = new Set()
  #checkEverything = process.env.THESIS_KERNEL_CHECK === 'all'

  /**
   * @param {ProjectDescription} description what describeProject collected
   * @param {{cell: string, previous: string}} names the file names of the cell and of the declarations of earlier cells
   */
  constructor(description, { cell, previous }) {
    const { options, sys } = description
    const inMemory = (/** @type {string} */ fileName) =>
      fileName === cell || fileName === previous ? (sys.readFile(fileName) ?? '') : undefined
    this.#description = description
    this.#source = createSourceHost(options, sys.getCurrentDirectory(), inMemory)
    this.#program = this.update()
  }

  /** Makes a program of the cell and the declarations as they are now, and tells the converter of it. */
  update() {
    const { rootNames, options, afterProgramCreate } = this.#description
    for (const fileName of this.#source.forgetChanged()) this.#unchecked.add(fileName)
    const program = ts.createProgram({
      rootNames,
      options,
      host: this.#source.host,
      oldProgram: this.#program,
    })
    program.getTypeChecker()
    this.#program = program
    afterProgramCreate?.({
      getProgram: () => program,
      getSourceFile: (fileName) => program.getSourceFile(fileName),
      emit: (...request) => program.emit(...request),
    })
    return program
  }

  /**
   * What keeps a cell from being run: errors of its own, or of the sources that it imports.
   * @param {SourceFile} sourceFile the cell
   */
  diagnose(sourceFile) {
    const exported = refuseExports(sourceFile)
    if (exported) return [exported]
    const own = [
      ...this.#program.getSyntacticDiagnostics(sourceFile),
      ...this.#program.getSemanticDiagnostics(sourceFile),
    ]
    const found = [...this.#diagnoseImports(sourceFile), ...own].filter(isError)
    // A file that was missing may be there for the next cell.
    if (found.some(({ code }) => code === NO_SUCH_MODULE)) this.#source.forgetResolutions()
    return found.length > 0 ? found : this.#program.getDeclarationDiagnostics(sourceFile).filter(isError)
  }

  /** @param {SourceFile} sourceFile */
  #diagnoseImports(sourceFile) {
    return importedSources(this.#program, sourceFile).flatMap((file) => {
      const syntax = this.#program.getSyntacticDiagnostics(file)
      if (syntax.length > 0 || !(this.#checkEverything || this.#unchecked.has(file.fileName))) return syntax
      const semantics = this.#program.getSemanticDiagnostics(file)
      if (semantics.length === 0) this.#unchecked.delete(file.fileName)
      return semantics
    })
  }

  /**
   * Parses files and all they import ahead of the first cell; `mayGoOn` can end it.
   * @param {readonly string[]} fileNames
   * @param {() => boolean} mayGoOn
   */
  warm(fileNames, mayGoOn) {
    return this.#source.warm(fileNames, mayGoOn)
  }
}

/** @type {CellProject | undefined} */
let current

/**
 * @param {ProjectDescription} description
 * @param {{cell: string, previous: string}} names
 */
const createCellProject = (description, names) => {
  current = new CellProject(description, names)
  return current
}

/** The project of this kernel, which has one. */
const currentProject = () => current

module.exports = { createCellProject, currentProject, describeProject }
