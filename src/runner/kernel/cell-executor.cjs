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

/** A value with this method says itself which MIME types it shows as; other Jupyter kernels for JavaScript use it too. */
const DISPLAY = Symbol.for('Jupyter.display')

/** tslab puts this line before each cell to make it a module. */
const LINES_BEFORE_CELL = 1

/**
 * The variables of the cells so far. A compiled cell reads and writes those of earlier cells here.
 */
const createSharedVariables = () => {
  const variables = {}
  return {
    // A compiled cell defines imported names by getters, and a later cell may declare the name anew.
    proxy: new Proxy(variables, {
      defineProperty(_, name, descriptor) {
        if (name !== '__esModule') variables[name] = descriptor.get ? descriptor.get() : descriptor.value
        return true
      },
    }),
    /** Forgets the names that the next cell declares. */
    forget(names) {
      for (const name of names) delete variables[name]
    },
    /** Ties names to a cell's own variables, so that its functions and later cells see the same values. */
    share(accessors) {
      for (const [name, [get, set]] of Object.entries(accessors)) {
        Object.defineProperty(variables, name, { get, set, configurable: true, enumerable: true })
      }
    },
    take(name) {
      const value = variables[name]
      delete variables[name]
      return value
    },
  }
}

const displayData = async (value) => {
  const own =
    typeof value === 'object' && typeof value[DISPLAY] === 'function' ? await value[DISPLAY]() : undefined
  return own ?? { 'text/plain': typeof value === 'string' ? value : inspect(value) }
}

const readProjectFile = (name) => {
  const file = path.resolve(PROJECT_ROOT, name)
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}

/**
 * @param converter tslab's converter
 * @param interrupts of interrupt.cjs
 * @param display tslab's own module, which cells may import as `tslab`
 */
const createCellExecutor = (converter, interrupts, display) => {
  const variables = createSharedVariables()
  const requireFromNotebook = Module.createRequire(path.join(process.cwd(), 'cell.cjs'))
  const requireInCell = (id) => (id === 'tslab' ? display : requireFromNotebook(id))
  globalThis[Symbol.for('thesis.cell')] = [variables.proxy, requireInCell, variables.share]
  let declarations = ''

  const run = async (name, text, converted) => {
    const prefix = `(${converted.hasToplevelAwait ? 'async ' : ''}function (exports, require, share) { `
    registerSourceMaps(name, {
      maps: converted.sourceMaps,
      prefixLength: prefix.length,
      lineCount: converted.output.split('\n').length - 1,
      linesBefore: LINES_BEFORE_CELL,
      text,
      isCell: true,
    })
    const accessors = converted.mutableNames.map((n) => `${n}: [() => ${n}, (value) => { ${n} = value }]`)
    variables.forget(converted.declaredNames)
    const code = `${prefix}${converted.output}\nshare({ ${accessors.join(', ')} })\n})(...globalThis[Symbol.for("thesis.cell")])`
    try {
      // breakOnSigint lets an interrupt end a cell that never returns to the event loop.
      const result = vm.runInThisContext(code, { filename: name, breakOnSigint: true, displayErrors: false })
      if (converted.hasToplevelAwait) await interrupts.guard(result)
    } catch (error) {
      throw error?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' ? new Interrupted() : error
    }
  }

  return {
    /**
     * @param {string} name the cell's name in messages
     * @param {string} text
     * @returns {Promise<{data?: Record<string, unknown>, error?: {ename: string, evalue: string, traceback: string[]}}>}
     *   `data` is the value of a last expression
     */
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
    close: () => converter.close(),
  }
}

module.exports = { createCellExecutor }
