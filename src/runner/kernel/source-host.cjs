// Where the compiler of cells gets its files from: the disk, whose parsed files are kept until they change, and memory.
const fs = require('node:fs')
const path = require('node:path')
const { fileURLToPath } = require('node:url')
const { CELL_OPTIONS, ts } = require('./cell-compiler.cjs')
const { sourceOfOwnPackage } = require('./own-package.cjs')
const { isBare, isInside, isPackageFile, PROJECT_ROOT, stampOf } = require('./project-paths.cjs')

/**
 * @import { CompilerHost, CompilerOptions, ResolvedModuleWithFailedLookupLocations } from 'typescript'
 * @import { BoundSourceFile } from './kernel-types.js'
 * @typedef {Pick<ResolvedModuleWithFailedLookupLocations, 'resolvedModule'>} Resolution
 * @typedef {CompilerHost['getSourceFile']} Parse
 * @typedef {Parameters<Parse>[1]} LanguageVersion
 */

/**
 * Parsed source files with the state of the disk they were read from; an installed package never changes.
 * @param {Parse} parse
 */
const createSourceCache = (parse) => {
  /** @type {Map<string, {file: BoundSourceFile, stamp: string | undefined}>} */
  const entries = new Map()
  return {
    /**
     * @param {string} fileName
     * @param {LanguageVersion} languageVersion
     */
    get(fileName, languageVersion) {
      const known = entries.get(fileName)
      if (known) return known.file
      const file = /** @type {BoundSourceFile | undefined} */ (parse(fileName, languageVersion))
      if (!file) return undefined
      const stamp = isPackageFile(fileName) ? undefined : stampOf(fileName)
      // By this a language service knows that the file is the one it has.
      file.version = stamp ?? 'installed'
      entries.set(fileName, { file, stamp })
      return file
    },
    /** @param {string} fileName */
    known: (fileName) => entries.get(fileName)?.file,
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
  /** @type {Map<string, Set<string>>} */
  const listings = new Map()
  /** @param {string} folder */
  const listing = (folder) => {
    const known = listings.get(folder)
    if (known) return known
    const names = new Set(fs.existsSync(folder) ? fs.readdirSync(folder) : [])
    listings.set(folder, names)
    return names
  }
  /**
   * @param {string} request
   * @param {string} containingFile
   * @returns {Resolution | undefined}
   */
  const resolve = (request, containingFile) => {
    if (!/^\.\.?\//.test(request) || !containingFile.endsWith('.d.ts') || !isPackageFile(containingFile))
      return undefined
    const target = path.posix.join(path.posix.dirname(containingFile), request.replace(/\.js$/, ''))
    const [folder, name] = [path.posix.dirname(target), `${path.posix.basename(target)}.d.ts`]
    if (!listing(folder).has(name) || listing(folder).has(name.replace('.d.ts', '.ts'))) return undefined
    const resolvedFileName = `${folder}/${name}`
    return { resolvedModule: { resolvedFileName, extension: '.d.ts', isExternalLibraryImport: true } }
  }
  return resolve
}

/**
 * Resolves modules as source-loader.cjs does: also by URL, by the project's name, and from its packages for a file elsewhere.
 * @param {(request: string, containingFile: string) => Resolution} resolve as TypeScript does
 */
const createResolver = (resolve) => {
  const resolveInPackage = createPackageResolver()
  /**
   * @param {string} file
   * @param {string} containingFile
   */
  const resolveFile = (file, containingFile) => {
    const { resolvedModule } = resolve(file, containingFile)
    // TypeScript refuses an import that ends in `.ts`, as these do not or have to.
    return { resolvedModule: resolvedModule && { ...resolvedModule, resolvedUsingTsExtension: false } }
  }
  /** @type {(request: string, containingFile: string) => Resolution} */
  return (request, containingFile) => {
    const inPackage = resolveInPackage(request, containingFile)
    if (inPackage) return inPackage
    if (request.startsWith('file:///')) return resolveFile(fileURLToPath(request), containingFile)
    const own = isPackageFile(containingFile) ? undefined : sourceOfOwnPackage(request)
    if (own) return resolveFile(own, containingFile)
    const found = resolve(request, containingFile)
    const isElsewhere = isBare(request) && !isInside(PROJECT_ROOT, containingFile)
    return found.resolvedModule || !isElsewhere ? found : resolve(request, path.join(PROJECT_ROOT, 'cell.ts'))
  }
}

/**
 * @param {CompilerOptions} options
 * @param {string} folder the working folder of the compiler
 * @param {(fileName: string) => string | undefined} inMemory the text of a file that exists in memory only
 */
const createSourceHost = (options, folder, inMemory) => {
  const disk = ts.createCompilerHost(options)
  const cache = createSourceCache(disk.getSourceFile)
  const createResolutions = () => ts.createModuleResolutionCache(folder, (name) => name, options)
  let resolutions = createResolutions()

  const resolve = createResolver((request, containingFile) =>
    ts.resolveModuleName(request, containingFile, options, host, resolutions),
  )

  /** @type {CompilerHost} */
  const host = {
    ...disk,
    getCurrentDirectory: () => folder,
    fileExists: (fileName) => inMemory(fileName) !== undefined || disk.fileExists(fileName),
    getSourceFile: (fileName, version) => {
      const text = inMemory(fileName)
      return text === undefined ? cache.get(fileName, version) : ts.createSourceFile(fileName, text, version)
    },
    resolveModuleNameLiterals: (literals, containingFile) =>
      literals.map(({ text }) => resolve(text, containingFile)),
    // Also asked for the package.json of each file, which is else read anew for each program.
    getModuleResolutionCache: () => resolutions,
  }

  /**
   * Parses files and all they import into the cache, a few milliseconds at a time.
   * @param {readonly string[]} fileNames
   * @param {() => boolean} mayGoOn
   */
  const warm = async (fileNames, mayGoOn) => {
    const queue = [...fileNames]
    const seen = new Set(queue)
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (!mayGoOn()) return
      const file = cache.get(next, CELL_OPTIONS.target ?? ts.ScriptTarget.ES2022)
      for (const { fileName } of file ? ts.preProcessFile(file.text).importedFiles : []) {
        const target = resolve(fileName, next).resolvedModule?.resolvedFileName
        if (!target || seen.has(target)) continue
        seen.add(target)
        queue.push(target)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return {
    host,
    warm,
    /** The parsed file that is kept, if there is one. */
    known: cache.known,
    forgetChanged: () => cache.forgetChanged(),
    /** Makes what was missing be looked for again. */
    forgetResolutions: () => {
      resolutions = createResolutions()
    },
  }
}

module.exports = { createSourceHost }
