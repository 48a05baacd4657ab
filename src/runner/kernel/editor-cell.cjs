// The cell that an editor asks about, with the names of all earlier cells. What makes it a module stands before it, so that a call
// or an object that is not finished ends with the text.
const { moduleLines } = require('./cell-scope.cjs')
const { parseCell } = require('./cell-syntax.cjs')

/**
 * @param {import('./cell-executor.cjs').CellExecutor} executor
 * @param {string} text
 * @returns {{fileName: string, service: import('typescript').LanguageService, offset: number}} `offset` is where the text begins
 */
const openInEditor = ({ project, session }, text) => {
  const wanted = new Set(session.scope.keys())
  const others = session.globalModules([]).map((module) => `import '${module}'`)
  const before = `${[moduleLines(parseCell(text), session.scope, wanted), ...others].join('\n')}\n`
  return { ...project.setCell(before + text), offset: before.length }
}

module.exports = { openInEditor }
