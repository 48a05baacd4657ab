// Runs one cell: tslab's converter types and compiles it, this module executes it and says how it ended.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { inspect } = require('node:util')
const vm = require('node:vm')
const { Interrupted } = require('./interrupt.cjs')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { forgetEditedSources } = require('./source-loader.cjs')
const { describeDiagnostics, describeError, registerSourceMaps } = require('./stack-trace.cjs')

/**
 * @import { CellExecutor, ConvertedCell, Converter, Interrupts } from './kernel-types.js'
 * @typedef {Record<string, [get: () => unknown, set: (value: unknown) => void]>} Accessors of a cell's variables, by name
 */

/** A value with this method says itself which MIME types it shows as; other Jupyter kernels for JavaScript use it too. */
const DISPLAY = Symbol.for('Jupyter.display')

/** tslab puts this line before each cell to make it a module. */
const LINES_BEFORE_CELL = 1

/**
 * The variables of the cells so far. A compiled cell reads and writes those of earlier cells here.
 */
const createSharedVariables = () => {
  /** @type {Record<string, unknown>} */
  const variables = {}
  return {
    // A compiled cell defines imported names by getters, and a later cell may declare the name anew.
    proxy: new Proxy(variables, {
      defineProperty(_, name, descriptor) {
        if (typeof name === 'string' && name !== '__esModule')
          variables[name] = descriptor.get ? descriptor.get() : descriptor.value
        return true
      },
    }),
    /**
     * Forgets the names that the next cell declares.
     * @param {readonly string[]} names
     */
    forget(names) {
      for (const name of names) delete variables[name]
    },
    /**
     * Ties names to a cell's own variables, so that its functions and later cells see the same values.
     * @param {Accessors} accessors
     */
    share(accessors) {
      for (const [name, [get, set]] of Object.entries(accessors)) {
        Object.defineProperty(variables, name, { get, set, configurable: true, enumerable: true })
      }
    },
    /** @param {string} name */
    take(name) {
      const value = variables[name]
      delete variables[name]
      return value
    },
  }
}

/**
 * @param {unknown} value
 * @returns {Promise<Record<string, unknown>>}
 */
const displayData = async (value) => {
  const show = typeof value === 'object' && value !== null ? Reflect.get(value, DISPLAY) : undefined
  const own = typeof show === 'function' ? await show.call(value) : undefined
  return own ?? { 'text/plain': typeof value === 'string' ? value : inspect(value) }
}

/** @param {string} name */
const readProjectFile = (name) => {
  const file = path.resolve(PROJECT_ROOT, name)
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}

/** What a cell calls to share its variables: a name that no cell declares. */
const SHARE = '$shareWithOtherCells'

/**
 * The code that runs a converted cell: a function of what it shares with other cells, called with that at once.
 * @param {ConvertedCell} converted
 */
const wrap = ({ hasToplevelAwait, mutableNames, output }) => {
  const prefix = `(${hasToplevelAwait ? 'async ' : ''}function (exports, require, ${SHARE}) { `
  const accessors = mutableNames.map((n) => `${n}: [() => ${n}, (value) => { ${n} = value }]`)
  const suffix = `\n${SHARE}({ ${accessors.join(', ')} })\n})(...globalThis[Symbol.for("thesis.cell")])`
  return { code: `${prefix}${output}${suffix}`, prefixLength: prefix.length }
}

/** @param {unknown} error */
const isInterruption = (error) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED'

/**
 * @param {Converter} converter tslab's
 * @param {Interrupts} interrupts
 * @param {object} display tslab's own module, which cells may import as `tslab`
 * @returns {CellExecutor}
 */
const createCellExecutor = (converter, interrupts, display) => {
  const variables = createSharedVariables()
  const requireFromNotebook = Module.createRequire(path.join(process.cwd(), 'cell.cjs'))
  const requireInCell = (/** @type {string} */ id) => (id === 'tslab' ? display : requireFromNotebook(id))
  Reflect.set(globalThis, Symbol.for('thesis.cell'), [variables.proxy, requireInCell, variables.share])
  let declarations = ''

  /**
   * @param {string} name
   * @param {string} text
   * @param {ConvertedCell} converted
   */
  const run = async (name, text, converted) => {
    const { code, prefixLength } = wrap(converted)
    registerSourceMaps(name, {
      maps: converted.sourceMaps,
      prefixLength,
      lineCount: converted.output.split('\n').length - 1,
      linesBefore: LINES_BEFORE_CELL,
      text,
      isCell: true,
    })
    variables.forget(converted.declaredNames)
    try {
      // breakOnSigint lets an interrupt end a cell that never returns to the event loop.
      const result = vm.runInThisContext(code, { filename: name, breakOnSigint: true, displayErrors: false })
      if (converted.hasToplevelAwait) await interrupts.guard(result)
    } catch (error) {
      throw isInterruption(error) ? new Interrupted() : error
    }
  }

  return {
    async execute(name, text) {
      try {
        forgetEditedSources()
        const converted = converter.convert(declarations, text)
        if (converted.diagnostics.length > 0) {
          return { error: describeDiagnostics(converted.diagnostics, name, text, readProjectFile) }
        }
        if (converted.output) await run(name, text, converted)
        declarations = converted.declOutput ?? ''
        const value = converted.lastExpressionVar && variables.take(converted.lastExpressionVar)
        return value === undefined || value === null ? {} : { data: await displayData(value) }
      } catch (error) {
        return { error: describeError(error) }
      }
    },
    inspect: (text, position) => converter.inspect(declarations, text, position),
    complete: (text, position) => converter.complete(declarations, text, position),
  }
}

module.exports = { createCellExecutor }
