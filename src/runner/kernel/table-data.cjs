// What a table looks like as the last expression of a cell. The project's own sources say so: they are found by their path, and loaded
// when the first table is shown.
const fs = require('node:fs')
const path = require('node:path')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { importModule } = require('./source-loader.cjs')

const SHOWN_VALUE = path.join(PROJECT_ROOT, 'src', 'notebook', 'shown-value.ts')

/**
 * The MIME types that an arquero table shows as; undefined for every other value.
 * @param {unknown} value
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
const tableData = async (value) => {
  const mayBeTable =
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'columnNames') === 'function'
  if (!mayBeTable || !fs.existsSync(SHOWN_VALUE)) return undefined
  const { shownValue } = await importModule(() => require(SHOWN_VALUE))
  return shownValue(value)
}

module.exports = { tableData }
