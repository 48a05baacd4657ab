// Runs cells: each is type-checked and compiled, run as a function of its own, and what it leaves is kept for later cells.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { inspect } = require('node:util')
const vm = require('node:vm')
const { checkCell } = require('./cell-checker.cjs')
const { IMPORT, LAST, META, NAMES } = require('./cell-emit.cjs')
const { CellProject } = require('./cell-project.cjs')
const { CellSession } = require('./cell-session.cjs')
const { Interrupted } = require('./interrupt.cjs')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { forgetEditedSources, importModule, toNamespace } = require('./source-loader.cjs')
const { describeDiagnostics, describeError, registerSourceMaps } = require('./stack-trace.cjs')
const { tableData } = require('./table-data.cjs')

/**
 * @import { CellResult, CompiledCell } from './kernel-types.js'
 * @typedef {{name: string, cell?: CompiledCell, isOver: boolean}} Run of a cell
 */

/** A value with this method says itself which MIME types it shows as; other Jupyter kernels for JavaScript use it too. */
const DISPLAY = Symbol.for('Jupyter.display')

/** Where the notebook's functions find the text of the running cell, to name its lines. */
const CELL_TEXT = Symbol.for('thesis.cellText')

/** Where a compiled cell finds what it is called with. */
const CALL = Symbol.for('thesis.cell')

const WORKING_FOLDER = process.cwd()

/**
 * @param {unknown} value
 * @returns {Promise<Record<string, unknown>>}
 */
const displayData = async (value) => {
  const show = typeof value === 'object' && value !== null ? Reflect.get(value, DISPLAY) : undefined
  const own = typeof show === 'function' ? await show.call(value) : await tableData(value)
  return own ?? { 'text/plain': typeof value === 'string' ? value : inspect(value) }
}

/** @param {string} name */
const readProjectFile = (name) => {
  const file = path.resolve(PROJECT_ROOT, name)
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}

/** The notebook's file where the front end names it, and else one that could be it: what is beside it counts. */
const notebookFile = () =>
  path.resolve(WORKING_FOLDER, path.basename(process.env.JPY_SESSION_NAME || 'notebook.ipynb'))

/** What a cell knows of where it is, as a module does. */
const importMeta = () => {
  const filename = notebookFile()
  return {
    url: pathToFileURL(filename).href,
    filename,
    dirname: path.dirname(filename),
    resolve: (/** @type {string} */ specifier) =>
      /^\.\.?\//.test(specifier)
        ? new URL(specifier, pathToFileURL(filename)).href
        : pathToFileURL(Module.createRequire(filename).resolve(specifier)).href,
  }
}

/**
 * The code that runs a compiled cell: a function in strict mode, called at once, whose variables are those of the cell.
 * @param {CompiledCell} cell
 */
const wrap = ({ isAsync, output, map, text }) => {
  const parameters = [
    '$enter',
    LAST,
    IMPORT,
    META,
    '$require',
    'exports',
    'require',
    'module',
    '__filename',
    '__dirname',
  ]
  // In a function of its own, so that a cell may declare what is a parameter here.
  const inner = `return (${isAsync ? 'async ' : ''}function () { "use strict"; $enter(${NAMES}());`
  const prefix = `(function (${parameters.join(', ')}) { ${inner}`
  const call = '\n})()})(...globalThis[Symbol.for("thesis.cell")])'
  return { code: `${prefix}${output}${call}\n${inlineMap(map, text)}`, prefixLength: prefix.length }
}

/**
 * The comment by which a debugger finds a cell's own text.
 * @param {string} map
 * @param {string} text
 */
const inlineMap = (map, text) => {
  const content = JSON.stringify({ ...JSON.parse(map), sourcesContent: [text] })
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(content).toString('base64')}`
}

/** @param {unknown} error */
const isInterruption = (error) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED'

class CellExecutor {
  #display
  #project
  #session = new CellSession((module) => this.#project.drop(module))
  #requireFromNotebook
  #cells = 0
  #isChecking = false
  /** @type {Run | undefined} */
  #run

  /**
   * @param {object} display tslab's own module, which cells may import as `tslab`
   * @param {CellProject} [project] in which cells are type-checked
   */
  constructor(display, project = new CellProject(WORKING_FOLDER)) {
    this.#display = display
    this.#project = project
    this.#requireFromNotebook = Module.createRequire(path.join(project.folder, 'cell.cjs'))
    const { resolve, cache, main, extensions } = this.#requireFromNotebook
    Object.assign(this.#require, { resolve, cache, main, extensions })
  }

  get project() {
    return this.#project
  }

  /** The values of all names, for whoever looks at them from outside of a cell. */
  get variables() {
    return this.#session.variables()
  }

  get session() {
    return this.#session
  }

  /**
   * Runs a cell, known by `name` in messages.
   * @param {string} name
   * @param {string} text
   * @returns {Promise<CellResult>}
   */
  async execute(name, text) {
    /** @type {Run} */
    const run = { name, isOver: false }
    this.#run = run
    try {
      const cell = this.#check(text)
      if ('diagnostics' in cell)
        return { error: describeDiagnostics(cell.diagnostics, name, text, readProjectFile) }
      run.cell = cell
      Reflect.set(globalThis, CELL_TEXT, text)
      const { value } = await this.#call(name, cell)
      this.#settle(run, null)
      return value === undefined || value === null ? {} : { data: await displayData(value) }
    } catch (error) {
      this.#settle(run, `${name}, which declares it, failed before it had a value`)
      return { error: describeError(error) }
    }
  }

  /** The cell that runs is over, whatever it still does: what has a value by now is kept. */
  abandon() {
    const { name } = this.#run ?? {}
    if (this.#run)
      this.#settle(this.#run, `${name}, which declares it, was interrupted before it had a value`)
  }

  /**
   * @param {Run} run
   * @param {string | null} failure
   */
  #settle(run, failure) {
    if (run.isOver) return
    run.isOver = true
    if (run.cell) this.#session.settle(run.cell, failure)
  }

  /** @param {string} text */
  #check(text) {
    forgetEditedSources()
    // A check that was cut off in the middle leaves a program that nothing can be said of.
    if (this.#isChecking) this.#project = this.#project.anew()
    this.#isChecking = true
    this.#cells += 1
    const { diagnostics, cell } = checkCell(this.#project, this.#session, text, this.#cells)
    this.#isChecking = false
    return cell ?? { diagnostics }
  }

  /**
   * @param {string} name
   * @param {CompiledCell} cell
   * @returns {Promise<{value: unknown}>} the value of its last expression
   */
  async #call(name, cell) {
    const { code, prefixLength } = wrap(cell)
    registerSourceMaps(name, {
      maps: [cell.map],
      prefixLength,
      lineCount: cell.output.split('\n').length - 1,
      text: cell.text,
      isCell: true,
    })
    /** @type {unknown} */
    let value
    const { filename, dirname } = importMeta()
    const parameters = [
      (/** @type {Parameters<CellSession['enter']>[1]} */ accessors) => this.#session.enter(cell, accessors),
      (/** @type {unknown} */ last) => {
        value = last
        return last
      },
      this.#import,
      importMeta(),
      this.#require,
      {},
      this.#require,
      {
        id: name,
        filename,
        path: dirname,
        exports: {},
        children: [],
        paths: [],
        loaded: false,
        require: this.#require,
      },
      filename,
      dirname,
    ]
    for (const specifier of cell.imports) await importModule(() => this.#require(specifier))
    Reflect.set(globalThis, CALL, parameters)
    try {
      // An interrupt by a signal ends a cell that does not come to its first await; io-thread.cjs ends all by a message.
      await vm.runInThisContext(code, { filename: name, breakOnSigint: true, displayErrors: false })
    } catch (error) {
      throw isInterruption(error) ? new Interrupted() : error
    }
    // Within an object, since a promise that a cell ends with is shown, not awaited.
    return { value }
  }

  /**
   * @param {string} id
   * @returns {unknown}
   */
  #require = (id) => {
    if (id === 'tslab') return this.#display
    if (/^\.\/__cell-\d+__$/.test(id)) return this.#session.exportsOf(id)
    return this.#requireFromNotebook(id)
  }

  /** @param {string} id */
  #import = async (id) => toNamespace(await importModule(() => this.#require(String(id))))
}

module.exports = { CellExecutor }
