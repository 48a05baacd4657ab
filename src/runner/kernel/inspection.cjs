// What a name in a cell is: its type, written out, its documentation and, where it was asked for, its source.
const { ts } = require('./cell-compiler.cjs')
const { toIndex } = require('./code-points.cjs')
const { openInEditor } = require('./editor-cell.cjs')
const { displayName } = require('./project-paths.cjs')

/**
 * @import { LanguageService, QuickInfo, SymbolDisplayPart, JSDocTagInfo } from 'typescript'
 * @import { ExpandingService, InspectContent } from './kernel-types.js'
 * @import { CellExecutor } from './cell-executor.cjs'
 */

const MOST_CHARACTERS = 4000

/**
 * The content of an inspect_reply.
 * @param {CellExecutor} executor
 * @param {InspectContent} request
 */
const inspectName = (executor, { code, cursor_pos: cursor, detail_level: detail = 0 }) => {
  const position = cursor === undefined ? code.length : toIndex(code, cursor)
  const { fileName, service, offset } = openInEditor(executor, code)
  const place = placeOf(service, fileName, position + offset, offset)
  const parts =
    place === undefined
      ? signatureAt(service, fileName, position + offset)
      : describe(service, fileName, place, detail)
  if (!parts) return { status: 'ok', found: false, data: {}, metadata: {} }
  const { signature, documentation, source } = parts
  const plain = [signature, documentation, source].filter(Boolean).join('\n\n')
  const code$ = (/** @type {string} */ text) => `\`\`\`ts\n${text}\n\`\`\``
  const markdown = [code$(signature), documentation, source && code$(source)].filter(Boolean).join('\n\n')
  return { status: 'ok', found: true, data: { 'text/plain': plain, 'text/markdown': markdown }, metadata: {} }
}

/**
 * Where the name is that a cursor is at or just behind.
 * @param {LanguageService} service
 * @param {string} fileName
 * @param {number} position
 * @param {number} start of the cell
 */
const placeOf = (service, fileName, position, start) =>
  [position, position - 1].find((place) => place >= start && isKnown(service, fileName, place))

/**
 * Whether a name means something: of an unknown one, TypeScript says `any`.
 * @param {LanguageService} service
 * @param {string} fileName
 * @param {number} place
 */
const isKnown = (service, fileName, place) => {
  const program = service.getProgram()
  const file = program?.getSourceFile(fileName)
  const info = service.getQuickInfoAtPosition(fileName, place)
  if (!program || !file || !info) return false
  const at = info.textSpan.start
  /** @type {import('typescript').Node} */
  let node = file
  for (;;) {
    const inner = ts.forEachChild(node, (child) =>
      child.getStart(file) <= at && at < child.end ? child : undefined,
    )
    if (!inner) break
    node = inner
  }
  if (!ts.isIdentifier(node)) return true
  return program.getTypeChecker().getSymbolAtLocation(node) !== undefined
}

/**
 * @param {LanguageService} service
 * @param {string} fileName
 * @param {number} place
 * @param {number} detail
 */
const describe = (service, fileName, place, detail) => {
  const info = /** @type {QuickInfo} */ (service.getQuickInfoAtPosition(fileName, place))
  const expanding = /** @type {ExpandingService} */ (service)
  let expanded
  try {
    expanded = expanding.getQuickInfoAtPosition(fileName, place, MOST_CHARACTERS, 1)
  } catch {
    expanded = info
  }
  const [short, long] = [info, expanded].map((found) => withoutImport(textOf(found?.displayParts)))
  return {
    signature: !long || long.startsWith(short ?? '') ? (long ?? '') : `${short}\n\n// written out\n${long}`,
    documentation: documentationOf(info),
    source: detail > 0 ? sourceOf(service, fileName, place) : '',
  }
}

/**
 * That a name of an earlier cell is imported is no matter of the reader's.
 * @param {string} signature
 */
const withoutImport = (signature) => signature.replace(/^\(alias\) /, '').replace(/\nimport [^\n]*$/, '')

/**
 * The signature of the call that a cursor is in.
 * @param {LanguageService} service
 * @param {string} fileName
 * @param {number} position
 */
const signatureAt = (service, fileName, position) => {
  const help = service.getSignatureHelpItems(fileName, position, undefined)
  const item = help?.items[help.selectedItemIndex]
  if (!item) return undefined
  const parameters = item.parameters.map(({ displayParts }) => textOf(displayParts))
  const signature = `${textOf(item.prefixDisplayParts)}${parameters.join(textOf(item.separatorDisplayParts))}${textOf(item.suffixDisplayParts)}`
  return { signature, documentation: documentationOf(item), source: '' }
}

/** @param {readonly SymbolDisplayPart[] | undefined} parts */
const textOf = (parts) => ts.displayPartsToString([...(parts ?? [])])

/** @param {{documentation?: SymbolDisplayPart[], tags?: JSDocTagInfo[]}} info */
const documentationOf = ({ documentation, tags = [] }) =>
  [textOf(documentation), ...tags.map(({ name, text }) => `@${name} ${textOf(text)}`.trim())]
    .filter(Boolean)
    .join('\n')

/**
 * The text of the declaration, with where it is.
 * @param {LanguageService} service
 * @param {string} fileName
 * @param {number} place
 */
const sourceOf = (service, fileName, place) => {
  const [found] = service.getDefinitionAtPosition(fileName, place) ?? []
  const file = found && service.getProgram()?.getSourceFile(found.fileName)
  if (!found || !file) return ''
  const { start, length } = found.contextSpan ?? found.textSpan
  const line = file.getLineAndCharacterOfPosition(start).line + 1
  const isCell = /\/__cell(-\d+)?__\.ts$/.test(found.fileName)
  const where = isCell ? 'a cell' : `${displayName(found.fileName)}:${line}`
  return `// ${where}\n${file.text.slice(start, start + Math.min(length, MOST_CHARACTERS))}`
}

module.exports = { inspectName }
