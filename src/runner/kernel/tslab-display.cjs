// tslab's module of display functions, which cells import as `tslab`. It is used as published; what it shows goes where this kernel
// says.
const Module = require('node:module')
const path = require('node:path')

/** @import { DisplayWriter, ModuleInternals, TslabDisplay } from './kernel-types.js' */

/** The only tslab version that this was written for. */
const REQUIRED_VERSION = '1.0.22'

/**
 * Loads tslab's display functions.
 * @param {DisplayWriter} write
 * @returns {TslabDisplay}
 * @throws {Error} if tslab is another version
 */
const loadTslabDisplay = (write) => {
  const packageFile = require.resolve('tslab/package.json')
  const { version } = require(packageFile)
  if (version !== REQUIRED_VERSION)
    throw new Error(
      `The notebook kernel needs tslab ${REQUIRED_VERSION}, and found tslab ${version}. Run "npm ci" to install the pinned version.`,
    )
  const folder = path.join(path.dirname(packageFile), 'dist')
  const display = withCompilerOfProject(() => require(path.join(folder, 'public.js')))
  // Where tslab's own display functions, and the notebook's, send what they show.
  require(path.join(folder, 'jupyter.js')).lastWriteDisplayData = write
  return { version, display }
}

/**
 * tslab asks for a TypeScript of its own, 5.0.4, of which the display functions only need the version: they get the one that cells
 * are compiled with, and the kernel does not load a second.
 * @template T
 * @param {() => T} load
 */
const withCompilerOfProject = (load) => {
  const internals = /** @type {ModuleInternals} */ (/** @type {unknown} */ (Module))
  const original = internals._load
  internals._load = (request, parent, isMain) =>
    original(request === '@tslab/typescript-for-tslab' ? 'typescript' : request, parent, isMain)
  try {
    return load()
  } finally {
    internals._load = original
  }
}

module.exports = { loadTslabDisplay }
