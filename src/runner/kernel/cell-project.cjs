// The TypeScript program that types the cells: the cell, the declarations left by earlier cells, and every
// file these import. tslab's own way is a file-watching compiler that type-checks and emits the whole import tree with
// every cell that imports something. Here parsed files are kept until they change on disk, only the cell is checked
// and emitted, and sources are loaded by source-loader.cjs.
const fs = require('node:fs')
const path = require('node:path')
const { displayName, isPackageFile } = require('./project-paths.cjs')

const withoutMapComment = (code) => code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')

const NO_EXPORTS = {
  messageText: 'A cell exports nothing: later cells see its names as they are. Remove "export".',
  code: 'export',
  category: 1,
}
const isExported = (ts, statement) =>
  ts.isExportAssignment(statement) ||
  (ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))

/** Collects what tslab passes to the compiler it would create. */
const describeProject = (rootNames, options, sys) => ({
  rootNames,
  options,
  sys,
  afterProgramCreate: undefined,
})

/** A parsed source file with the state of the disk it was read from; an installed package never changes. */
const createSourceCache = (parse) => {
  const entries = new Map()
  const stampOf = (fileName) => {
    const stat = fs.statSync(fileName, { throwIfNoEntry: false })
    return stat ? `${stat.mtimeMs}:${stat.size}` : undefined
  }
  return {
    get(fileName, languageVersion) {
      const known = entries.get(fileName)
      if (known) return known.file
      const file = parse(fileName, languageVersion)
      if (file)
        entries.set(fileName, { file, stamp: isPackageFile(fileName) ? undefined : stampOf(fileName) })
      return file
    },
    /** Forgets the files that changed on disk, and tells which. */
    forgetChanged() {
      const changed = []
      for (const [fileName, { stamp }] of entries) {
        if (stamp === undefined || stampOf(fileName) === stamp) continue
        entries.delete(fileName)
        changed.push(fileName)
      }
      return changed
    },
  }
}

/**
 * Finds the declarations that one file of a package imports from another of the same package; packages hold hundreds of
 * these imports, and TypeScript looks at the disk several times for each.
 */
const createPackageResolver = () => {
  const listings = new Map()
  const listing = (folder) => {
    if (!listings.has(folder))
      listings.set(folder, new Set(fs.existsSync(folder) ? fs.readdirSync(folder) : []))
    return listings.get(folder)
  }
  return (request, containingFile) => {
    if (!/^\.\.?\//.test(request) || !containingFile.endsWith('.d.ts') || !isPackageFile(containingFile))
      return undefined
    const target = path.posix.join(path.posix.dirname(containingFile), request.replace(/\.js$/, ''))
    const [folder, name] = [path.posix.dirname(target), `${path.posix.basename(target)}.d.ts`]
    if (!listing(folder).has(name) || listing(folder).has(name.replace('.d.ts', '.ts'))) return undefined
    const resolvedFileName = `${folder}/${name}`
    return { resolvedModule: { resolvedFileName, extension: '.d.ts', isExternalLibraryImport: true } }
  }
}

/**
 * @param ts tslab's TypeScript
 * @param description what describeProject collected; `afterProgramCreate` is told of each new program
 * @param {{cell: string, previous: string}} names the file names of the cell and of the declarations of earlier cells
 */
const createCellProject = (ts, description, { cell, previous }) => {
  const { rootNames, options, sys } = description
  const isVirtual = (fileName) => fileName === cell || fileName === previous
  const compilerHost = ts.createCompilerHost(options)
  const parse = compilerHost.getSourceFile
  const cache = createSourceCache((fileName, version) => parse(fileName, version))
  const resolveInPackage = createPackageResolver()
  let resolutions
  const forgetResolutions = () => {
    resolutions = ts.createModuleResolutionCache(sys.getCurrentDirectory(), (name) => name, options)
  }
  forgetResolutions()

  const host = {
    ...compilerHost,
    getCurrentDirectory: sys.getCurrentDirectory,
    // tslab rewrites the trees of the cell and of the earlier declarations, so these are parsed anew each time.
    getSourceFile: (fileName, version) =>
      isVirtual(fileName)
        ? ts.createSourceFile(fileName, sys.readFile(fileName), version)
        : cache.get(fileName, version),
    resolveModuleNameLiterals: (literals, containingFile) =>
      literals.map(
        ({ text }) =>
          resolveInPackage(text, containingFile) ??
          ts.resolveModuleName(text, containingFile, options, host, resolutions),
      ),
  }

  let program
  // Files edited since the kernel started and not found correct since then.
  const unchecked = new Set()
  const checkEverything = process.env.THESIS_KERNEL_CHECK === 'all'

  const update = () => {
    for (const fileName of cache.forgetChanged()) unchecked.add(fileName)
    program = ts.createProgram({ rootNames, options, host, oldProgram: program })
    program.getTypeChecker()
    const current = program
    description.afterProgramCreate({
      getProgram: () => current,
      getSourceFile: (fileName) => current.getSourceFile(fileName),
      emit: (...request) => current.emit(...request),
    })
  }

  /** The project's own files that a file imports, directly or not. */
  const importedSources = (sourceFile) => {
    const found = new Set()
    const visit = (file) => {
      for (const { text } of file.imports ?? []) {
        const target = ts.getResolvedModule(file, text, undefined)?.resolvedFileName
        if (!target || found.has(target) || isPackageFile(target)) continue
        const imported = program.getSourceFile(target)
        if (!imported || imported.isDeclarationFile) continue
        found.add(target)
        visit(imported)
      }
    }
    visit(sourceFile)
    return [...found].map((fileName) => program.getSourceFile(fileName))
  }

  const diagnoseImports = (sourceFile) =>
    importedSources(sourceFile).flatMap((file) => {
      const syntax = program.getSyntacticDiagnostics(file)
      if (syntax.length > 0 || !(checkEverything || unchecked.has(file.fileName))) return syntax
      const semantics = program.getSemanticDiagnostics(file)
      if (semantics.length === 0) unchecked.delete(file.fileName)
      return semantics
    })

  // Only the cell is emitted, so that it does not matter that the sources lie outside its folder.
  const NOT_UNDER_ROOT = 6059
  const isError = ({ category, code }) => category === ts.DiagnosticCategory.Error && code !== NOT_UNDER_ROOT
  const diagnose = (sourceFile) => {
    const exported = sourceFile.statements.find((statement) => isExported(ts, statement))
    if (exported)
      return [{ ...NO_EXPORTS, file: sourceFile, start: exported.getStart(sourceFile), length: 6 }]
    const own = [
      ...program.getSyntacticDiagnostics(sourceFile),
      ...program.getSemanticDiagnostics(sourceFile),
    ]
    const found = [...diagnoseImports(sourceFile), ...own].filter(isError)
    // A file that was missing may be there for the next cell.
    if (found.some(({ code }) => code === 2307)) forgetResolutions()
    return found.length > 0 ? found : program.getDeclarationDiagnostics(sourceFile).filter(isError)
  }

  /** The names that a cell declares, by parsing and binding it alone. */
  const localsOf = (text) => {
    const file = ts.createSourceFile(cell, text, options.target)
    ts.bindSourceFile(file, options)
    return file.locals
  }

  const hasTopLevelAwait = (sourceFile) => {
    const visit = (node) => {
      if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)) return false
      if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true
      return ts.forEachChild(node, visit) ?? false
    }
    return visit(sourceFile)
  }

  /** The names that a cell can assign again after it ran. */
  const mutableNames = (sourceFile) => {
    const names = []
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

  /** `{ a }` as `{ a: exports.a }`, and in an assignment pattern `{ a = 1 }` as `{ a: exports.a = 1 }`. */
  const expandShorthand = ({ name, objectAssignmentInitializer: fallback }) => {
    const variable = ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier('exports'), name)
    const value = fallback ? ts.factory.createAssignment(variable, fallback) : variable
    return ts.factory.createPropertyAssignment(name, value)
  }

  /** The second compilation of a cell, with both maps: CommonJS → ES module → TypeScript. */
  const toCommonJs = (code, map, target) => {
    const { outputText, sourceMapText } = ts.transpileModule(withoutMapComment(code), {
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
    return {
      output: withoutMapComment(outputText),
      sourceMaps: [sourceMapText, map].map((text) => JSON.parse(text)),
    }
  }

  /** Parses files and all they import into the cache, a few milliseconds at a time; `mayGoOn` can end it. */
  const warm = async (fileNames, mayGoOn) => {
    const queue = [...fileNames]
    const seen = new Set(queue)
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (!mayGoOn()) return
      const file = cache.get(next, options.target)
      for (const { text } of file
        ? ts.preProcessFile(file.text).importedFiles.map((i) => ({ text: i.fileName }))
        : []) {
        const [resolved] = host.resolveModuleNameLiterals([{ text }], next)
        const target = resolved.resolvedModule?.resolvedFileName
        if (!target || seen.has(target)) continue
        seen.add(target)
        queue.push(target)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const project = {
    update,
    diagnose,
    localsOf,
    hasTopLevelAwait,
    mutableNames,
    expandShorthand,
    toCommonJs,
    displayName,
    warm,
    close: () => {},
  }
  update()
  module.exports.current = project
  return project
}

module.exports = { createCellProject, describeProject, current: undefined }
