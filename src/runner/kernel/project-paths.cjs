// Where things are, and what they are called in messages.
const path = require('node:path')

/** The folder that holds package.json, src/ and notebooks/. */
const PROJECT_ROOT = path.resolve(__dirname, '../../..')

/**
 * Whether a file lies in the folder (or is it).
 * @param {string} folder
 * @param {string} file
 */
const isInside = (folder, file) => {
  const relative = path.relative(folder, file)
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative))
}

/**
 * Whether a file belongs to an installed package.
 * @param {string} file
 */
const isPackageFile = (file) => /[\\/]node_modules[\\/]/.test(file)

/**
 * A file's name for messages: relative to the project where it lies inside, with forward slashes.
 * @param {string} file
 */
const displayName = (file) =>
  (isInside(PROJECT_ROOT, file) ? path.relative(PROJECT_ROOT, file) : file).replaceAll('\\', '/')

module.exports = { PROJECT_ROOT, displayName, isInside, isPackageFile }
