// A source of the project as JavaScript, by esbuild: the compiler of tsx and vitest too, so that a module means the same in a cell,
// in a tool and in a test.
const path = require('node:path')
const esbuild = require('esbuild')

// CommonJS has no import.meta; its three values are made from CommonJS's own.
const IMPORT_META = {
  'import.meta.url': '__importMetaUrl',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
}
const IMPORT_META_URL = 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;'

/** @type {Record<string, 'ts' | 'tsx'>} */
const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' }

/**
 * @param {string} filename
 * @param {string} source
 */
const compileSource = (filename, source) =>
  esbuild.transformSync(source, {
    loader: LOADERS[path.extname(filename)] ?? 'js',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    sourcefile: filename,
    // import() becomes require(), which resolves `.js` to `.ts` and `file:` as source-loader.cjs does.
    supported: { 'dynamic-import': false },
    define: IMPORT_META,
    ...(source.includes('import.meta.url') ? { banner: IMPORT_META_URL } : {}),
    logLevel: 'silent',
  })

module.exports = { compileSource }
