// Whether a cell can be run as it stands, which a console asks at the end of each line.
const { parseCell } = require('./cell-syntax.cjs')

/** Text in quotes that does not end in its line. */
const UNENDED_QUOTE = 1002

/** Text that begins and does not end: a template, a comment. */
const UNENDED = new Set([1160, 1010])

/**
 * The content of an is_complete_reply.
 * @param {string} code
 * @returns {{status: 'complete' | 'invalid'} | {status: 'incomplete', indent: string}}
 */
const isComplete = (code) => {
  const file = parseCell(code)
  const [first] = [...(file.parseDiagnostics ?? [])].sort((a, b) => a.start - b.start)
  if (!first) return { status: 'complete' }
  // What is missing at the end may still be typed; what is wrong before it stays wrong.
  const isAtEnd =
    first.code !== UNENDED_QUOTE && (first.start >= file.endOfFileToken.pos || UNENDED.has(first.code))
  return isAtEnd ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' }
}

/**
 * How far the next line is indented: one step further after what opens a block.
 * @param {string} code
 */
const indentAfter = (code) => {
  const line = code.trimEnd().split('\n').at(-1) ?? ''
  const own = /^[\t ]*/.exec(line)?.[0] ?? ''
  return /[{([]\s*$|=>\s*$/.test(line) ? `${own}${own.includes('\t') ? '\t' : '  '}` : own
}

module.exports = { isComplete }
