// The project by its own name, as files elsewhere import it. What package.json builds for others is the source here, so that
// a file that imports the project by name and one that imports its sources share one instance of it.
const fs = require('node:fs')
const path = require('node:path')
const { PROJECT_ROOT } = require('./project-paths.cjs')

/** @type {{name: string, exports?: Record<string, string | {default?: string}>}} */
const { name, exports: entries = {} } = JSON.parse(
  fs.readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8'),
)

/**
 * The source of an entry of the project's package, such as `executable-thesis` or `executable-thesis/core`.
 * @param {string} request
 */
const sourceOfOwnPackage = (request) => {
  if (request !== name && !request.startsWith(`${name}/`)) return undefined
  const entry = entries[`.${request.slice(name.length)}`]
  const target = typeof entry === 'string' ? entry : entry?.default
  if (target === undefined) return undefined
  const source = path.join(PROJECT_ROOT, target.replace(/^\.\/dist\/(.*)\.js$/, './src/$1.ts'))
  return fs.existsSync(source) ? source : undefined
}

module.exports = { sourceOfOwnPackage }
