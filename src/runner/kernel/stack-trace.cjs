// Errors as a reader of the notebook needs them: in lines of the cells and of the TypeScript sources, with these lines'
// text, and without the frames of the kernel, of Node and of the inside of packages.
const { SourceMap } = require('node:module')
const path = require('node:path')
const { fileURLToPath } = require('node:url')
const { inspect } = require('node:util')
const { displayName, isPackageFile } = require('./project-paths.cjs')

const KERNEL_FOLDER = __dirname + path.sep
const MAX_FRAMES_SHOWN = 12

/**
 * @import { CellDiagnostic, ErrorContent, GeneratedCode } from './kernel-types.js'
 * @typedef {{line: number, column: number}} Position from 1
 * @typedef {{hidden: boolean, inPackage: boolean, text: string, quote: string[]}} Frame
 * @typedef {{code: GeneratedCode, parsed?: SourceMap[], lines?: string[]}} Generated what was read of it is kept
 */

/** @type {Map<string, Generated>} */
const generated = new Map()

/**
 * Makes positions in `filename` be shown as positions of what it was compiled from.
 * @param {string} filename
 * @param {GeneratedCode} code
 */
const registerSourceMaps = (filename, code) => generated.set(filename, { code })

/** @param {string} filename */
const forgetSourceMap = (filename) => generated.delete(filename)

/** @param {Generated} entry */
const parsedMaps = (entry) => {
  entry.parsed ??= entry.code.maps.map((map) => new SourceMap(JSON.parse(map)))
  return entry.parsed
}

/** @param {Generated} entry */
const linesOf = (entry) => {
  entry.lines ??= (entry.code.text ?? parsedMaps(entry).at(-1)?.payload.sourcesContent[0] ?? '').split('\n')
  return entry.lines
}

/**
 * The original position, or none where the code has no counterpart in the original text.
 * @param {Generated} entry
 * @param {number} line
 * @param {number} column
 * @returns {Position | undefined}
 */
const originalPosition = (entry, line, column) => {
  const { prefixLength = 0, linesBefore = 0 } = entry.code
  let position = { line: line - 1, column: column - 1 - (line === 1 ? prefixLength : 0) }
  for (const map of parsedMaps(entry)) {
    const found = map.findEntry(position.line, Math.max(0, position.column))
    if (!('originalLine' in found)) return undefined
    position = { line: found.originalLine, column: found.originalColumn }
  }
  const lineInText = position.line - linesBefore
  return lineInText < 0 ? undefined : { line: lineInText + 1, column: position.column + 1 }
}

/** @param {string} file */
const isHidden = (file) =>
  !file ||
  file.startsWith('node:') ||
  file.startsWith(KERNEL_FOLDER) ||
  /[\\/]node_modules[\\/]@?tslab[\\/]/.test(file)

/**
 * Where a frame is, in the original text if there is one.
 * @param {NodeJS.CallSite} callSite
 * @param {Generated | undefined} entry
 */
const positionOf = (callSite, entry) => {
  const [line, column] = [callSite.getLineNumber(), callSite.getColumnNumber()]
  if (!line || !column) return undefined
  return entry ? originalPosition(entry, line, column) : { line, column }
}

/**
 * One frame: what was called, where, and the text of that line if it is the project's own.
 * @param {NodeJS.CallSite} callSite
 * @returns {Frame}
 */
const readFrame = (callSite) => {
  const file = callSite.getFileName() ?? callSite.getScriptNameOrSourceURL() ?? ''
  const entry = generated.get(file)
  const isCell = entry?.code.isCell === true
  const name =
    isCell || isHidden(file) ? file : displayName(file.startsWith('file:') ? fileURLToPath(file) : file)
  const position = positionOf(callSite, entry)
  const location = position ? `${name}:${position.line}:${position.column}` : name
  const text = callSite.toString()
  // A cell calls functions of earlier cells through the proxy of the shared variables, which means nothing to a reader.
  const caller = /^(.*) \(.*\)$/s.exec(text)?.[1]?.replace(/^(async )?Proxy\./, '$1')
  const isTop = isCell && (caller === undefined || caller === 'async')
  return {
    hidden:
      isHidden(file) || (callSite.getLineNumber() ?? 0) > (entry?.code.lineCount ?? Number.POSITIVE_INFINITY),
    inPackage: isPackageFile(file),
    text: caller && !isTop ? `    at ${caller} (${location})` : `    at ${location}`,
    quote: entry && position ? quoteLine(linesOf(entry), position) : [],
  }
}

/**
 * @param {readonly string[]} lines
 * @param {Position} position
 */
const quoteLine = (lines, { line, column }) => {
  const text = lines[line - 1]
  if (text === undefined) return []
  const number = String(line).padStart(9)
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ')
  return [`${number} | ${text.trimEnd()}`, `${' '.repeat(9)} | ${indent}^`]
}

/**
 * The frames worth reading: of frames inside packages that follow each other, the outermost one.
 * @param {readonly NodeJS.CallSite[]} callSites
 */
const visibleFrames = (callSites) => {
  const frames = callSites.map(readFrame).filter(({ hidden }) => !hidden)
  return frames
    .filter(({ inPackage }, i) => !inPackage || i === 0 || !frames[i + 1]?.inPackage)
    .slice(0, MAX_FRAMES_SHOWN)
}

/**
 * The frames of each error, read when V8 builds its `stack`.
 * @type {WeakMap<Error, Frame[]>}
 */
const framesOf = new WeakMap()

/** @param {Error} error */
const headline = (error) => {
  try {
    return Error.prototype.toString.call(error)
  } catch {
    return 'Error'
  }
}

/** Makes `error.stack` speak of TypeScript everywhere, console.error in cells included. */
const installStackTraces = () => {
  Error.stackTraceLimit = 60
  Error.prepareStackTrace = (error, callSites) => {
    const visible = visibleFrames(callSites)
    // An error of the kernel itself has only frames that are hidden otherwise.
    if (visible.length === 0)
      return [headline(error), ...callSites.map((site) => `    at ${site}`)].join('\n')
    framesOf.set(error, visible)
    return [headline(error), ...visible.map(({ text }) => text)].join('\n')
  }
}

/** @param {Error} error */
const withFrames = (error) => {
  const stack = String(error.stack ?? '')
  const frames = framesOf.get(error)
  if (!frames) return stack.split('\n').filter((line) => !line.includes(KERNEL_FOLDER))
  const start = stack.indexOf('\n    at ')
  const head = start < 0 ? stack : stack.slice(0, start)
  return [...head.split('\n'), ...frames.flatMap(({ text, quote }) => [text, ...quote])]
}

/**
 * @param {unknown} error
 * @param {Set<Error>} seen
 * @returns {string[]}
 */
const describeParts = (error, seen) => {
  if (!(error instanceof Error) || seen.has(error)) return [inspect(error)]
  seen.add(error)
  const parts = withFrames(error)
  for (const inner of error instanceof AggregateError ? error.errors : []) {
    parts.push('', 'One of the errors:', ...describeParts(inner, seen))
  }
  // Node has no class of it everywhere, and the compiler makes one by its name.
  if (error.name === 'SuppressedError' && 'error' in error && 'suppressed' in error) {
    parts.push('', 'Thrown while a resource was disposed:', ...describeParts(error.error, seen))
    parts.push('', 'Suppressed by it:', ...describeParts(error.suppressed, seen))
  }
  if (error.cause !== undefined) parts.push('', 'Caused by:', ...describeParts(error.cause, seen))
  return parts
}

/**
 * What Jupyter's `error` message says of anything thrown.
 * @param {unknown} thrown
 * @param {string} [circumstance] a first line of the traceback
 * @returns {ErrorContent}
 */
const describeError = (thrown, circumstance) => {
  const isError = thrown instanceof Error
  return {
    ename: isError ? String(thrown.name || 'Error') : 'Thrown',
    evalue: isError ? String(thrown.message) : inspect(thrown),
    traceback: [...(circumstance ? [circumstance] : []), ...describeParts(thrown, new Set())],
  }
}

/**
 * The same for what the compiler finds.
 * @param {readonly CellDiagnostic[]} diagnostics
 * @param {string} cellName
 * @param {string} cellText
 * @param {(name: string) => string | undefined} readSource the text of another file, by the name shown
 * @returns {ErrorContent}
 */
const describeDiagnostics = (diagnostics, cellName, cellText, readSource) => {
  const parts = diagnostics.flatMap(({ messageText, code, fileName, start }) => {
    const position = { line: start.line + 1, column: start.character + 1 }
    const text = fileName === undefined ? cellText : readSource(fileName)
    return [
      `TypeScriptError: ${messageText} (${typeof code === 'number' ? `TS${code}` : code})`,
      `    at ${fileName ?? cellName}:${position.line}:${position.column}`,
      ...(text === undefined ? [] : quoteLine(text.split('\n'), position)),
    ]
  })
  return {
    ename: 'TypeScriptError',
    evalue: diagnostics[0]?.messageText.split('\n')[0] ?? '',
    traceback: parts,
  }
}

module.exports = {
  describeDiagnostics,
  describeError,
  forgetSourceMap,
  installStackTraces,
  registerSourceMaps,
}
