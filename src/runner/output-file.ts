import { accessSync, constants, mkdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readNotebook } from './notebook-file.js'
import { UsageError } from './usage-error.js'

/**
 * Refuses, before anything runs, a place where an executed notebook cannot be saved or would replace something else.
 *
 * @param out where it should go; its folder is made
 * @param notebook the notebook that is executed
 * @throws {UsageError} if `out` names no file, or is the notebook itself, a folder, a device or an existing file that is not a notebook, or if
 *   its folder cannot be made or written to
 */
export const checkOutput = (out: string, notebook: string): void => {
  if (out === '' || /[\\/]$/.test(out))
    throw new UsageError(
      `The output ${JSON.stringify(out)} names no file: name one, such as ${join(out, basename(notebook))}.`,
    )
  prepareFolder(dirname(out))
  const found = statSync(out, { throwIfNoEntry: false })
  if (found) checkExisting(out, found, notebook)
}

const checkExisting = (out: string, found: Stats, notebook: string): void => {
  if (found.isDirectory()) {
    throw new UsageError(
      `The output ${out} is a folder: name a file in it, such as ${join(out, basename(notebook))}.`,
    )
  }
  if (!found.isFile()) throw new UsageError(`The output ${out} exists and is not a file, so not a notebook.`)
  if (isSameFile(out, notebook)) {
    throw new UsageError(`The output ${out} is the notebook itself, which would be overwritten.`)
  }
  if (!isNotebook(out)) {
    throw new UsageError(`The output ${out} exists and is not a notebook: name a file that may be replaced.`)
  }
}

const isSameFile = (one: string, other: string): boolean => {
  const isThere = statSync(other, { throwIfNoEntry: false }) !== undefined
  return isThere && realpathSync(one) === realpathSync(other)
}

const isNotebook = (file: string): boolean => {
  try {
    readNotebook(file)
    return true
  } catch {
    return false
  }
}

const prepareFolder = (folder: string): void => {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`The executed notebook cannot be saved in the folder ${folder}: ${reason}`)
  }
}

// As mkdir with `recursive`, which never comes back from places such as /proc.
const makeFolder = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
