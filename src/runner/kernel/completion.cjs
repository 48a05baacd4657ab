// Names and literals that may stand at a place of a cell.
const { ts } = require('./cell-compiler.cjs')
const { toCharacters, toIndex } = require('./code-points.cjs')
const { openInEditor } = require('./editor-cell.cjs')

/**
 * @import { CompletionEntry } from 'typescript'
 * @import { CompleteContent } from './kernel-types.js'
 * @import { CellExecutor } from './cell-executor.cjs'
 */

const PREFERENCES = {
  includeCompletionsForModuleExports: false,
  includeCompletionsWithInsertText: false,
  includeCompletionsWithSnippetText: false,
}

/**
 * The content of a complete_reply.
 * @param {CellExecutor} executor
 * @param {CompleteContent} request
 */
const complete = (executor, { code, cursor_pos: cursor }) => {
  const position = cursor === undefined ? code.length : toIndex(code, cursor)
  const { fileName, service, offset } = openInEditor(executor, code)
  const found = service.getCompletionsAtPosition(fileName, offset + position, PREFERENCES)
  const typed = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, position))?.[0] ?? ''
  const span = found?.entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan
  const start = span ? span.start - offset : position - typed.length
  const end = span ? Math.max(start + span.length, position) : endOfWord(code, position)
  const prefix = code.slice(start, position)
  const entries = (found?.entries ?? []).flatMap((entry) => {
    const rank = rankOf(entry.name, prefix)
    return rank === undefined || entry.kind === ts.ScriptElementKind.warning ? [] : [{ entry, rank }]
  })
  // What is nearer in scope comes first, and of the same scope what begins as it was typed.
  entries.sort(
    (a, b) =>
      a.rank - b.rank ||
      compare(a.entry.sortText, b.entry.sortText) ||
      compare(a.entry.name.toLowerCase(), b.entry.name.toLowerCase()),
  )
  const [from, to] = [toCharacters(code, start), toCharacters(code, end)]
  return {
    status: 'ok',
    matches: entries.map(({ entry }) => entry.name),
    cursor_start: from,
    cursor_end: to,
    metadata: {
      _jupyter_types_experimental: entries.map(({ entry }) => ({
        start: from,
        end: to,
        text: entry.name,
        type: kindOf(entry),
      })),
    },
  }
}

/**
 * @param {string} code
 * @param {number} position
 */
const endOfWord = (code, position) =>
  position + (/^[\p{ID_Continue}$\u200c\u200d]*/u.exec(code.slice(position))?.[0].length ?? 0)

/**
 * How well a name fits what was typed; undefined where it does not.
 * @param {string} name
 * @param {string} prefix
 */
const rankOf = (name, prefix) => {
  if (name.startsWith(prefix)) return 0
  const [lowerName, lowerPrefix] = [name.toLowerCase(), prefix.toLowerCase()]
  if (lowerName.startsWith(lowerPrefix)) return 1
  return lowerName.includes(lowerPrefix) ? 2 : undefined
}

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What front ends show beside a name.
 * @param {CompletionEntry} entry
 */
const kindOf = ({ kind }) =>
  /** @type {Record<string, string>} */ ({
    const: 'variable',
    let: 'variable',
    var: 'variable',
    alias: 'import',
    method: 'method',
    function: 'function',
    class: 'class',
    interface: 'interface',
    type: 'type',
    enum: 'enum',
    'enum member': 'enum',
    property: 'property',
    getter: 'property',
    module: 'module',
    keyword: 'keyword',
    string: 'value',
  })[kind] ?? kind

module.exports = { complete }
