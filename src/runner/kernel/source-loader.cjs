// Lets `require` load the project's TypeScript: esbuild turns a file into CommonJS when it is first asked for.
// It is the compiler of tsx and vitest too, so that a module means the same in a cell, in a tool and in a test.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const esbuild = require('esbuild')
const { isPackageFile } = require('./project-paths.cjs')
const { forgetSourceMap, registerSourceMaps } = require('./stack-trace.cjs')

// CommonJS has no import.meta; its three values are made from CommonJS's own.
const IMPORT_META = {
  'import.meta.url': '__importMetaUrl',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
}
const IMPORT_META_URL = 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;'

const compile = (filename, source) =>
  esbuild.transformSync(source, {
    loader: path.extname(filename) === '.tsx' ? 'tsx' : 'ts',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    sourcefile: filename,
    // import() becomes require(), which resolves `.js` to `.ts` as below.
    supported: { 'dynamic-import': false },
    define: IMPORT_META,
    banner: source.includes('import.meta.url') ? IMPORT_META_URL : undefined,
    logLevel: 'silent',
  })

const stampOf = (filename) => {
  const stat = fs.statSync(filename, { throwIfNoEntry: false })
  return stat ? `${stat.mtimeMs}:${stat.size}` : undefined
}

/** Loaded sources by file name, with the state of the disk they were read from. */
const loaded = new Map()

const loadSource = (module, filename) => {
  loaded.set(filename, stampOf(filename))
  const { code, map } = compile(filename, fs.readFileSync(filename, 'utf8'))
  registerSourceMaps(filename, { maps: [map] })
  module._compile(code, filename)
}

/** `./x.js` written in TypeScript names `./x.ts`. */
const sourceOf = (request, parent) => {
  if (!/^\.\.?\//.test(request) || !request.endsWith('.js') || !parent?.filename) return undefined
  if (isPackageFile(parent.filename)) return undefined
  const stem = path.resolve(path.dirname(parent.filename), request.slice(0, -'.js'.length))
  return [`${stem}.ts`, `${stem}.tsx`].find((file) => fs.existsSync(file))
}

const installSourceLoader = () => {
  Module._extensions['.ts'] = loadSource
  Module._extensions['.tsx'] = loadSource
  const resolveFilename = Module._resolveFilename
  Module._resolveFilename = (request, parent, ...rest) =>
    sourceOf(request, parent) ?? resolveFilename(request, parent, ...rest)
}

/**
 * Makes the next import of a source that was edited since it was loaded, and of every source that imports it, load
 * it anew. What earlier cells hold stays as it was.
 */
const forgetEditedSources = () => {
  const stale = [...loaded]
    .filter(([filename, stamp]) => stampOf(filename) !== stamp)
    .map(([filename]) => filename)
  const importers = new Map()
  for (const filename of stale.length > 0 ? loaded.keys() : []) {
    for (const child of require.cache[filename]?.children ?? []) {
      importers.set(child.filename, [...(importers.get(child.filename) ?? []), filename])
    }
  }
  for (let next = stale.pop(); next !== undefined; next = stale.pop()) {
    if (!loaded.delete(next)) continue
    delete require.cache[next]
    forgetSourceMap(next)
    stale.push(...(importers.get(next) ?? []))
  }
}

module.exports = { forgetEditedSources, installSourceLoader }
