// What was run, kept between sessions inside the project: a line of JSON for each cell, of which the oldest go some day.
const { randomUUID } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')

/**
 * @import { HistoryContent } from './kernel-types.js'
 * @typedef {{session: string, line: number, source: string}} Entry
 * @typedef {[session: number, line: number, source: string | [string, null]]} Told as Jupyter has it
 */

const MOST_BYTES = 4_000_000

class History {
  #file
  #session = randomUUID()

  /** @param {string} file */
  constructor(file) {
    this.#file = file
  }

  /**
   * @param {number} line the cell's count
   * @param {string} source
   */
  add(line, source) {
    if (source.trim() === '') return
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true })
      this.#shorten()
      // One write, so that the lines of two kernels do not mix.
      fs.appendFileSync(this.#file, `${JSON.stringify({ session: this.#session, line, source })}\n`)
    } catch {
      // A project that cannot be written to has no history, and runs cells all the same.
    }
  }

  /** Drops the older half of a file that has grown large. */
  #shorten() {
    const size = fs.statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
    if (size < MOST_BYTES) return
    const lines = fs.readFileSync(this.#file, 'utf8').split('\n')
    const temporary = `${this.#file}.${process.pid}.tmp`
    fs.writeFileSync(temporary, lines.slice(Math.floor(lines.length / 2)).join('\n'))
    fs.renameSync(temporary, this.#file)
  }

  /** @returns {Entry[]} */
  #entries() {
    if (!fs.existsSync(this.#file)) return []
    return fs
      .readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [/** @type {Entry} */ (JSON.parse(line))]
        } catch {
          return [] // the end of the file, or a line cut off with its process
        }
      })
  }

  /**
   * The content of a history_reply. Sessions count from 1 by age; 0 is this one, -1 the one before.
   * @param {HistoryContent} request
   * @returns {Told[]}
   */
  answer({
    hist_access_type: kind,
    output = false,
    session = 0,
    start = 1,
    stop,
    n,
    pattern = '*',
    unique = false,
  }) {
    const entries = this.#entries()
    const sessions = [...new Set([...entries.map((entry) => entry.session), this.#session])]
    const numbers = new Map(sessions.map((id, i) => [id, i + 1]))
    const own = numbers.get(this.#session) ?? sessions.length
    // What a reader ran here is the latest, whatever other kernels of the project run at the same time.
    const ordered = [...entries.filter(isOther(this.#session)), ...entries.filter(isOf(this.#session))]
    const numbered = ordered.map(({ session: id, line, source }) => ({
      number: numbers.get(id) ?? 0,
      line,
      source,
    }))
    /** @type {(entry: {number: number, line: number, source: string}) => Told} */
    const told = ({ number, line, source }) => [number, line, output ? [source, null] : source]
    if (kind === 'range') {
      const wanted = session > 0 ? session : own + session
      return numbered
        .filter(
          ({ number, line }) =>
            number === wanted && line >= start && (stop === undefined || stop === null || line < stop),
        )
        .map(told)
    }
    const found = kind === 'search' ? numbered.filter(({ source }) => globOf(pattern).test(source)) : numbered
    const distinct = unique ? [...new Map(found.map((entry) => [entry.source, entry])).values()] : found
    return (n === undefined || n === null ? distinct : n === 0 ? [] : distinct.slice(-n)).map(told)
  }
}

/** @type {(session: string) => (entry: Entry) => boolean} */
const isOf = (session) => (entry) => entry.session === session

/** @type {(session: string) => (entry: Entry) => boolean} */
const isOther = (session) => (entry) => entry.session !== session

/**
 * A pattern with `*` and `?` as a regular expression.
 * @param {string} pattern
 */
const globOf = (pattern) => {
  const parts = [...pattern].map((c) =>
    c === '*' ? '[^]*' : c === '?' ? '[^]' : c.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  )
  return new RegExp(`^${parts.join('')}$`, 'u')
}

module.exports = { History }
