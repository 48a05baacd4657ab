// The scripts that a debugger knows: cells, by a name made from their text, and sources of the project. Places in them are those of
// TypeScript.
const fs = require('node:fs')
const path = require('node:path')
const { fileURLToPath } = require('node:url')
const { AnyMap, GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND, generatedPositionFor, originalPositionFor } =
  require('@jridgewell/trace-mapping')
const { murmur2 } = require('./murmur2.cjs')
const { isInside, isPackageFile, PROJECT_ROOT } = require('./project-paths.cjs')
const { compileSource } = require('./source-compiler.cjs')

/**
 * @import { TraceMap } from '@jridgewell/trace-mapping'
 * @typedef {{id: string, path: string, text: string, map: TraceMap}} Script
 */

const SEED = 0xc70f6907
const CELL = /^cell \[/
const INLINE = 'data:application/json;base64,'

/** The folder that JupyterLab thinks cells are written to; none are. */
const CELL_PREFIX = '/thesis-cells/'
const CELL_SUFFIX = '.ts'

/** @param {string} text */
const pathOfCell = (text) => `${CELL_PREFIX}${murmur2(text, SEED)}${CELL_SUFFIX}`

class DebuggedScripts {
  /** @type {Map<string, Script>} */
  #byId = new Map()
  /** Sources that were parsed, and are read when something is asked about them. @type {Map<string, string>} */
  #sources = new Map()

  /**
   * Takes note of a script.
   * @param {{scriptId: string, url: string, sourceMapURL?: string}} parsed
   */
  add({ scriptId, url, sourceMapURL = '' }) {
    if (CELL.test(url) && sourceMapURL.startsWith(INLINE)) {
      const json = JSON.parse(Buffer.from(sourceMapURL.slice(INLINE.length), 'base64').toString())
      const text = json.sourcesContent[0]
      this.#byId.set(scriptId, {
        id: scriptId,
        path: pathOfCell(text),
        text,
        map: AnyMap(json),
      })
      return
    }
    // The inspector tells of files by URL.
    const file = url.startsWith('file:') ? fileURLToPath(url) : url
    if (isOwnSource(file)) this.#sources.set(scriptId, file)
  }

  /**
   * @param {string} id
   * @returns {Script | undefined}
   */
  get(id) {
    const known = this.#byId.get(id)
    const file = this.#sources.get(id)
    if (known || file === undefined) return known
    this.#sources.delete(id)
    const text = fs.readFileSync(file, 'utf8')
    const script = {
      id,
      path: file,
      text,
      map: AnyMap(JSON.parse(compileSource(file, text).map)),
    }
    this.#byId.set(id, script)
    return script
  }

  /**
   * The scripts of a path; of a cell that ran several times, all.
   * @param {string} wanted
   */
  ofPath(wanted) {
    const ids = [...this.#sources].filter(([, file]) => file === wanted).map(([id]) => id)
    for (const id of ids) this.get(id)
    return [...this.#byId.values()].filter((script) => script.path === wanted)
  }

  /**
   * The text of a path: of a cell's, what ran.
   * @param {string} wanted
   */
  textOf(wanted) {
    const [script] = this.ofPath(wanted)
    if (script) return script.text
    return isOwnSource(wanted) && fs.existsSync(wanted) ? fs.readFileSync(wanted, 'utf8') : undefined
  }

  /**
   * Where a script's code came from, with lines and columns from 1; undefined for what the compiler added.
   * @param {{scriptId: string, lineNumber: number, columnNumber?: number}} location
   */
  originalOf({ scriptId, lineNumber, columnNumber = 0 }) {
    const script = this.get(scriptId)
    if (!script) return undefined
    const found = originalPositionFor(script.map, {
      line: lineNumber + 1,
      column: columnNumber,
      bias: GREATEST_LOWER_BOUND,
    })
    // What the compiler put behind a cell is no line of it.
    if (found.line === null || found.line > script.text.split('\n').length) return undefined
    return { path: script.path, line: found.line, column: found.column + 1 }
  }

  /**
   * Where the code of a line is, or of the first one after it that has some.
   * @param {Script} script
   * @param {number} line from 1
   */
  generatedOf({ id, map }, line) {
    const source = map.sources[0] ?? ''
    const found = generatedPositionFor(map, { source, line, column: 0, bias: LEAST_UPPER_BOUND })
    if (found.line === null) return undefined
    return { scriptId: id, lineNumber: found.line - 1, columnNumber: found.column }
  }
}

/** @param {string} file */
const isOwnSource = (file) =>
  path.isAbsolute(file) &&
  /\.tsx?$/.test(file) &&
  isInside(PROJECT_ROOT, file) &&
  !isPackageFile(file) &&
  !isInside(__dirname, file)

module.exports = { CELL_PREFIX, CELL_SUFFIX, DebuggedScripts, SEED, pathOfCell }
