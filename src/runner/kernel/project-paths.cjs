// Where files are, what they are called in messages, and whether they changed.
const fs = require('node:fs')
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

/**
 * Whether an import names a package, not a file.
 * @param {string} request
 */
const isBare = (request) => !/^\.\.?(\/|$)/.test(request) && !path.isAbsolute(request)

/**
 * What tells one state of a file on the disk from another; undefined if it is not there.
 * @param {string} file
 */
const stampOf = (file) => {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat ? `${stat.mtimeMs}:${stat.size}` : undefined
}

module.exports = { PROJECT_ROOT, displayName, isBare, isInside, isPackageFile, stampOf }
