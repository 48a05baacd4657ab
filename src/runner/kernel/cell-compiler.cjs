// The compiler of cells and its settings. The kernel uses both, and so does the check of all notebooks.
const path = require('node:path')
const { PROJECT_ROOT } = require('./project-paths.cjs')

/** @import { TypeScript } from './kernel-types.js' */

/**
 * tslab's own TypeScript, which its converter uses too.
 * @type {TypeScript}
 */
const ts = require(
  require.resolve('@tslab/typescript-for-tslab', { paths: [path.dirname(require.resolve('tslab'))] }),
)

/**
 * How cells are type-checked: strictly, like the sources that they import.
 * @type {import('@tslab/typescript-for-tslab').CompilerOptions}
 */
const CELL_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  // Cells run as CommonJS functions, in which "use strict" would come too late.
  alwaysStrict: false,
  esModuleInterop: true,
  experimentalDecorators: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.React,
  allowJs: true,
  checkJs: true,
  skipLibCheck: true,
  // Later cells see the names of earlier ones through their declarations, which must be possible to write down.
  declaration: true,
  // No stray global types from every @types package.
  types: ['node'],
  typeRoots: [path.join(PROJECT_ROOT, 'node_modules', '@types')],
}

module.exports = { CELL_OPTIONS, ts }
