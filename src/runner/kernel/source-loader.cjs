// Lets `require` load the project's TypeScript, which is compiled when it is first asked for.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { types } = require('node:util')
const vm = require('node:vm')
const { fileURLToPath, pathToFileURL } = require('node:url')
const { sourceOfOwnPackage } = require('./own-package.cjs')
const { isBare, isInside, isPackageFile, PROJECT_ROOT, stampOf } = require('./project-paths.cjs')
const { compileSource } = require('./source-compiler.cjs')
const { forgetSourceMap, registerSourceMaps } = require('./stack-trace.cjs')

/** @import { AsyncModuleError, CommonJsModule, ModuleInternals } from './kernel-types.js' */

/**
 * Loaded sources by file name, with the state of the disk they were read from.
 * @type {Map<string, string | undefined>}
 */
const loaded = new Map()

/**
 * Which sources asked for which by URL, as only `import(url)` does: they ask anew each time, and so hold nothing old.
 * @type {Set<string>}
 */
const askedByUrl = new Set()

/** @type {(importer: string, filename: string) => string} */
const askedPair = (importer, filename) => `${importer}\0${filename}`

/** What Node says of a module that `require` cannot give since it awaits, and what is said here of a source that does. */
const ASYNC_MODULE = 'ERR_REQUIRE_ASYNC_MODULE'

/**
 * @param {CommonJsModule} module
 * @param {string} filename
 */
const loadSource = (module, filename) => {
  loaded.set(filename, stampOf(filename))
  const source = fs.readFileSync(filename, 'utf8')
  const { code, map } = compileOrRefuse(filename, source)
  registerSourceMaps(filename, { maps: [map] })
  module._compile(code, filename)
}

/**
 * @param {string} filename
 * @param {string} source
 */
const compileOrRefuse = (filename, source) => {
  try {
    return compileSource(filename, source)
  } catch (error) {
    if (!/Top-level await/.test(String(error))) throw error
    const refusal = new Error(`${filename} awaits at its top, and is to be imported, not required`)
    throw Object.assign(refusal, { code: ASYNC_MODULE, asyncModule: filename })
  }
}

/**
 * ES modules that await at their top, once they are loaded.
 * @type {Map<string, unknown>}
 */
const awaited = new Map()

/**
 * The name by which TypeScript compiles a file to CommonJS, whatever the file's own says.
 * @param {string} filename
 */
const nameAsSource = (filename) => (/\.tsx?$/.test(filename) ? filename : `${filename}.ts`)

/**
 * Loads a module that awaits at its top.
 * @param {string} filename
 */
const loadAwaiting = async (filename) => {
  if (isPackageFile(filename)) {
    awaited.set(filename, await import(pathToFileURL(filename).href))
    return
  }
  const { emit, IMPORT, META } = require('./cell-emit.cjs')
  const { output, map } = emit(fs.readFileSync(filename, 'utf8'), nameAsSource(filename))
  const prefix = `(async function (exports, require, module, __filename, __dirname, ${IMPORT}, ${META}) {`
  registerSourceMaps(filename, { maps: [map], prefixLength: prefix.length })
  const module = new Module(filename)
  module.filename = filename
  const requireHere = Module.createRequire(filename)
  const run = vm.runInThisContext(`${prefix}${output}\n})`, { filename })
  const importHere = async (/** @type {string} */ id) =>
    toNamespace(await importModule(() => requireHere(id)))
  const meta = { url: pathToFileURL(filename).href, filename, dirname: path.dirname(filename) }
  await run(module.exports, requireHere, module, filename, path.dirname(filename), importHere, meta)
  module.loaded = true
  loaded.set(filename, stampOf(filename))
  require.cache[filename] = module
}

/**
 * Loads a module that awaits at its top, after those below it that do.
 * @param {string} filename
 */
const loadAwaitingAndBelow = async (filename) => {
  const seen = new Set()
  for (;;) {
    try {
      return await loadAwaiting(filename)
    } catch (error) {
      if (!isAsyncModule(error) || error.asyncModule === undefined || seen.has(error.asyncModule)) throw error
      seen.add(error.asyncModule)
      await loadAwaitingAndBelow(error.asyncModule)
    }
  }
}

/**
 * What `load` gives, after the modules below it that await at their top have been loaded.
 *
 * @template T
 * @param {() => T} load requires a module
 * @returns {Promise<T>}
 */
const importModule = async (load) => {
  const seen = new Set()
  for (;;) {
    try {
      return load()
    } catch (error) {
      const { code, asyncModule } = /** @type {AsyncModuleError} */ (error ?? {})
      if (code !== ASYNC_MODULE || asyncModule === undefined || seen.has(asyncModule)) throw error
      seen.add(asyncModule)
      await loadAwaitingAndBelow(asyncModule)
    }
  }
}

/**
 * A module as `import()` gives it.
 * @param {unknown} exports
 */
const toNamespace = (exports) => {
  if (types.isModuleNamespaceObject(exports)) return exports
  const isObject = (typeof exports === 'object' && exports !== null) || typeof exports === 'function'
  if (isObject && Reflect.get(exports, '__esModule')) return exports
  return { ...(isObject ? exports : {}), default: exports }
}

/**
 * `./x.js` written in TypeScript names `./x.ts`, and the project's name its source.
 * @param {string} request
 * @param {NodeJS.Module | null | undefined} parent
 */
const sourceOf = (request, parent) => {
  if (!parent?.filename || isPackageFile(parent.filename)) return undefined
  if (isBare(request)) return sourceOfOwnPackage(request)
  const file = path.resolve(path.dirname(parent.filename), request)
  if (isPackageFile(file)) return undefined
  // By whatever name a source is asked for, it has one path: Node would follow links for this one alone.
  if (/\.tsx?$/.test(request)) return fs.existsSync(file) ? file : undefined
  if (!request.endsWith('.js')) return undefined
  const stem = file.slice(0, -'.js'.length)
  return [`${stem}.ts`, `${stem}.tsx`].find((file) => fs.existsSync(file))
}

const requireFromProject = Module.createRequire(path.join(PROJECT_ROOT, 'package.json'))

/**
 * The project's own installation of a package, for a file that lies elsewhere.
 * @param {string} request
 * @param {NodeJS.Module | null | undefined} parent
 */
const resolveFromProject = (request, parent) => {
  if (!isBare(request) || !parent?.filename) return undefined
  if (isPackageFile(parent.filename) || isInside(PROJECT_ROOT, parent.filename)) return undefined
  try {
    return requireFromProject.resolve(request)
  } catch {
    return undefined // the file's own folders are what the error should speak of
  }
}

/** @param {string} filename */
const isOwn = (filename) => !isPackageFile(filename) && !isInside(__dirname, filename)

/**
 * Whether a script is an ES module, which its first words say.
 * @param {string} filename
 */
const isModule = (filename) =>
  filename.endsWith('.js') && /^\s*(import|export)\b/m.test(fs.readFileSync(filename, 'utf8'))

const installSourceLoader = () => {
  const internals = /** @type {ModuleInternals} */ (/** @type {unknown} */ (Module))
  internals._extensions['.ts'] = loadSource
  internals._extensions['.tsx'] = loadSource
  const [loadScript, loadJson] = [internals._extensions['.js'], internals._extensions['.json']]
  if (!loadScript || !loadJson) throw new Error('This Node has no loaders of modules that can be replaced.')
  // The reader's own ES modules are loaded as sources are, so that they can be loaded anew: Node itself never forgets one.
  internals._extensions['.mjs'] = (module, filename) =>
    isOwn(filename) ? loadSource(module, filename) : loadScript(module, filename)
  internals._extensions['.js'] = (module, filename) => {
    if (isOwn(filename) && isModule(filename)) return loadSource(module, filename)
    if (isOwn(filename)) loaded.set(filename, stampOf(filename))
    return loadScript(module, filename)
  }
  internals._extensions['.json'] = (module, filename) => {
    if (isOwn(filename)) loaded.set(filename, stampOf(filename))
    return loadJson(module, filename)
  }
  const load = internals._load
  internals._load = (request, parent, isMain) => {
    const filename = awaited.size > 0 ? resolvedOrNull(internals, request, parent) : null
    if (filename !== null && awaited.has(filename)) return awaited.get(filename)
    try {
      return load(request, parent, isMain)
    } catch (error) {
      // Node does not say which module it was.
      if (isAsyncModule(error) && error.asyncModule === undefined)
        error.asyncModule = internals._resolveFilename(request, parent, false)
      throw error
    }
  }
  const resolveFilename = internals._resolveFilename
  internals._resolveFilename = (request, parent, ...rest) => {
    const isUrl = request.startsWith('file:')
    const target = isUrl ? fileURLToPath(request) : request
    const source = sourceOf(target, parent)
    const filename = source ?? resolveInstalled(target, parent, rest)
    if (isUrl && parent?.filename) askedByUrl.add(askedPair(parent.filename, filename))
    return filename
  }
  /** @type {(request: string, parent: NodeJS.Module | null | undefined, rest: readonly unknown[]) => string} */
  const resolveInstalled = (request, parent, rest) => {
    try {
      return resolveFilename(request, parent, ...rest)
    } catch (error) {
      const elsewhere = resolveFromProject(request, parent)
      if (elsewhere === undefined) throw error
      return elsewhere
    }
  }
}

/**
 * @param {unknown} error
 * @returns {error is AsyncModuleError}
 */
const isAsyncModule = (error) => error instanceof Error && 'code' in error && error.code === ASYNC_MODULE

/**
 * @param {ModuleInternals} internals
 * @param {string} request
 * @param {NodeJS.Module | null | undefined} parent
 */
const resolvedOrNull = (internals, request, parent) => {
  try {
    return internals._resolveFilename(request, parent, false)
  } catch {
    return null
  }
}

/**
 * Makes the next import of a source that was edited since it was loaded, and of every source that imports it, load
 * it anew. What earlier cells hold stays as it was.
 */
const forgetEditedSources = () => {
  for (const [filename, module] of Object.entries(require.cache))
    if (module && !module.loaded) {
      delete require.cache[filename]
      loaded.delete(filename)
    }
  const stale = [...loaded]
    .filter(([filename, stamp]) => stampOf(filename) !== stamp)
    .map(([filename]) => filename)
  const importers = stale.length > 0 ? importersOfLoaded() : new Map()
  for (let next = stale.pop(); next !== undefined; next = stale.pop()) {
    if (!loaded.delete(next)) continue
    delete require.cache[next]
    forgetSourceMap(next)
    stale.push(...(importers.get(next) ?? []))
  }
}

/** @returns {Map<string, string[]>} */
const importersOfLoaded = () => {
  const importers = new Map()
  for (const importer of loaded.keys()) {
    for (const { filename } of require.cache[importer]?.children ?? []) {
      if (askedByUrl.has(askedPair(importer, filename))) continue
      importers.set(filename, [...(importers.get(filename) ?? []), importer])
    }
  }
  return importers
}

module.exports = { forgetEditedSources, importModule, installSourceLoader, toNamespace }
