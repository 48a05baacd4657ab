// The compiler of cells, which is the project's own TypeScript, and its settings. The kernel uses both, and so does the check
// of all notebooks.
const path = require('node:path')
const ts = /** @type {TypeScript} */ (require('typescript'))

/** @import { TypeScript } from './kernel-types.js' */

/** The declarations of what cells find without importing it: Node's, and the kernel's own. */
const GLOBALS_FILES = [
  require.resolve('@types/node/index.d.ts'),
  path.join(__dirname, 'cell-globals.d.ts'),
].map((file) => file.replaceAll('\\', '/'))

/**
 * How cells are type-checked: strictly, like the sources that they import.
 * @type {import('typescript').CompilerOptions}
 */
const CELL_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.React,
  allowJs: true,
  checkJs: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  // No stray global types from every @types package; Node's are named among the files.
  types: [],
}

/**
 * How a checked cell becomes JavaScript: the body of a function in strict mode, which finds what it imports by `require`.
 * @type {import('typescript').CompilerOptions}
 */
const EMIT_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleDetection: ts.ModuleDetectionKind.Force,
  esModuleInterop: true,
  jsx: ts.JsxEmit.React,
  newLine: ts.NewLineKind.LineFeed,
  sourceMap: true,
}

module.exports = { CELL_OPTIONS, EMIT_OPTIONS, GLOBALS_FILES, ts }
