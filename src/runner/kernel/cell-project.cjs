// The TypeScript program in which cells are type-checked, and what an editor asks of it. Each cell is a module: the one that runs
// next, and earlier ones of whose names something is still in use. Parsed files are kept until they change on disk, and only the
// cell and the sources edited since the kernel started are checked.
const path = require('node:path')
const { CELL_OPTIONS, GLOBALS_FILES, ts } = require('./cell-compiler.cjs')
const { isPackageFile } = require('./project-paths.cjs')
const { createSourceHost } = require('./source-host.cjs')

/**
 * @import { CompilerOptions, Diagnostic, DocumentRegistry, LanguageService, LanguageServiceHost, Program, SourceFile } from 'typescript'
 * @import { BoundSourceFile } from './kernel-types.js'
 */

const NO_SUCH_MODULE = 2307

/** @param {{category: number}} diagnostic */
const isError = ({ category }) => category === ts.DiagnosticCategory.Error

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
    for (const literal of file.imports ?? []) {
      const target = resolvedFile(program, file, literal)
      if (!target || found.has(target) || isPackageFile(target)) continue
      const imported = program.getSourceFile(target)
      if (!imported || imported.isDeclarationFile) continue
      found.set(target, imported)
      visit(/** @type {BoundSourceFile} */ (imported))
    }
  }
  visit(/** @type {BoundSourceFile} */ (sourceFile))
  return [...found.values()]
}

/**
 * @param {Program} program
 * @param {BoundSourceFile} file
 * @param {import('typescript').StringLiteralLike} literal
 */
const resolvedFile = (program, file, literal) =>
  /** @type {import('./kernel-types.js').ResolvingProgram} */ (program).getResolvedModule(
    file,
    literal.text,
    ts.getModeForUsageLocation(file, literal, CELL_OPTIONS),
  )?.resolvedModule?.resolvedFileName

class CellProject {
  #folder
  #options
  #globals
  #cellFile
  /** The texts of cells by file name. @type {Map<string, {text: string, version: string}>} */
  #texts = new Map()
  #version = 0
  #source
  /** @type {LanguageService} */
  #service
  /** Files edited since the kernel started and not found correct since then. @type {Set<string>} */
  #unchecked = new Set()
  /** How often sources were found edited. */
  #edits = 0
  #checkEverything = process.env.THESIS_KERNEL_CHECK === 'all'

  /**
   * @param {string} folder from which cells import
   * @param {{options?: CompilerOptions, globals?: readonly string[]}} [settings] of the compiler, and the files of global declarations
   */
  constructor(folder, { options = CELL_OPTIONS, globals = GLOBALS_FILES } = {}) {
    this.#folder = folder.replaceAll('\\', '/')
    this.#options = options
    this.#globals = globals
    this.#cellFile = this.fileOf('./__cell__')
    this.#texts.set(this.#cellFile, { text: '', version: '0' })
    this.#source = createSourceHost(options, this.#folder, (file) => this.#texts.get(file)?.text)
    this.#service = ts.createLanguageService(this.#host(), this.#registry())
  }

  get folder() {
    return this.#folder
  }

  /**
   * The file that a cell's module is, by the specifier that other cells import.
   * @param {string} module
   */
  fileOf(module) {
    return path.posix.join(this.#folder, `${module}.ts`)
  }

  /**
   * A program with a cell's module, and the file of it.
   * @param {string} text
   */
  programOf(text) {
    this.setCell(text)
    this.#forgetEdited()
    this.#version += 1
    const program = /** @type {Program} */ (this.#service.getProgram())
    const file = /** @type {BoundSourceFile} */ (program.getSourceFile(this.#cellFile))
    return { program, file }
  }

  #forgetEdited() {
    const changed = this.#source.forgetChanged()
    for (const fileName of changed) this.#unchecked.add(fileName)
    if (changed.length > 0) this.#edits += 1
  }

  /** Says which state of the sources on disk is the present one. */
  editsSoFar() {
    this.#forgetEdited()
    return this.#edits
  }

  /** A project of the same cells that shares nothing with this one. */
  anew() {
    const project = new CellProject(this.#folder, { options: this.#options, globals: this.#globals })
    for (const [file, entry] of this.#texts) project.#texts.set(file, entry)
    return project
  }

  /**
   * Makes a text the cell that an editor asks about, and returns its file name and the service that answers.
   * @param {string} text
   */
  setCell(text) {
    this.#version += 1
    this.#texts.set(this.#cellFile, { text, version: String(this.#version) })
    return { fileName: this.#cellFile, service: this.#service }
  }

  /**
   * Keeps a cell's module for later cells.
   * @param {string} module
   * @param {string} text
   */
  keep(module, text) {
    this.#version += 1
    this.#texts.set(this.fileOf(module), { text, version: String(this.#version) })
  }

  /** @param {string} module */
  drop(module) {
    this.#texts.delete(this.fileOf(module))
  }

  /**
   * What keeps a cell from being run: errors of its own, or of the sources that it imports.
   * @param {Program} program
   * @param {SourceFile} file the cell's module
   * @returns {Diagnostic[]}
   */
  diagnose(program, file) {
    const found = [...this.#diagnoseImports(program, file), ...program.getSemanticDiagnostics(file)].filter(
      isError,
    )
    // A file that was missing may be there for the next cell.
    if (found.some(({ code }) => code === NO_SUCH_MODULE)) this.#source.forgetResolutions()
    return found
  }

  /**
   * @param {Program} program
   * @param {SourceFile} sourceFile
   * @returns {readonly Diagnostic[]}
   */
  #diagnoseImports(program, sourceFile) {
    return importedSources(program, sourceFile)
      .filter(({ fileName }) => !this.#texts.has(fileName))
      .flatMap((file) => {
        /** @type {readonly Diagnostic[]} */
        const syntax = program.getSyntacticDiagnostics(file)
        if (syntax.length > 0 || !(this.#checkEverything || this.#unchecked.has(file.fileName))) return syntax
        const semantics = program.getSemanticDiagnostics(file)
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

  /** @returns {LanguageServiceHost} */
  #host() {
    const { host, known } = this.#source
    const { writeFile: _, ...files } = host
    return {
      ...files,
      getCompilationSettings: () => this.#options,
      getCurrentDirectory: () => this.#folder,
      // The same files each time, so that most of the program before is used again; earlier cells are there by import.
      getScriptFileNames: () => [this.#cellFile, ...this.#globals],
      getProjectVersion: () => String(this.#version),
      getScriptVersion: (file) => this.#texts.get(file)?.version ?? known(file)?.version ?? '0',
      getScriptSnapshot: (file) => {
        const text = this.#texts.get(file)?.text ?? known(file)?.text ?? host.readFile(file)
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
      },
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      readFile: host.readFile,
      fileExists: host.fileExists,
    }
  }

  /** Gives the service the parsed files that are kept; those of cells are parsed anew. @returns {DocumentRegistry} */
  #registry() {
    /** @type {DocumentRegistry['acquireDocumentWithKey']} */
    const acquire = (fileName, _path, _settings, _key, snapshot, version) => {
      const known = this.#texts.has(fileName) ? undefined : this.#source.host.getSourceFile(fileName, ES2022)
      return known ?? ts.createLanguageServiceSourceFile(fileName, snapshot, ES2022, version, false)
    }
    const key = /** @type {import('typescript').DocumentRegistryBucketKey} */ ('cells')
    return {
      acquireDocument: (fileName, settings, snapshot, version) =>
        acquire(
          fileName,
          /** @type {import('typescript').Path} */ (fileName),
          settings,
          key,
          snapshot,
          version,
        ),
      acquireDocumentWithKey: acquire,
      updateDocument: (fileName, settings, snapshot, version) =>
        acquire(
          fileName,
          /** @type {import('typescript').Path} */ (fileName),
          settings,
          key,
          snapshot,
          version,
        ),
      updateDocumentWithKey: acquire,
      getKeyForCompilationSettings: () => key,
      releaseDocument: () => {},
      releaseDocumentWithKey: () => {},
      reportStats: () => '',
    }
  }
}

const { ES2022 } = ts.ScriptTarget

module.exports = { CellProject }
