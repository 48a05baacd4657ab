import type { Kind } from '../../values/registry.js'
import { type CodeDigest, codeDigest } from './code-digest.js'
import { discover } from './discover.js'
import type { Values } from './kinds.js'
import { fileOf, originOf } from './origin.js'

/**
 * The digest of the code of a value: of the file that exports it and of all that it imports.
 *
 * @returns null for a value that was made in a cell, or that no file was seen to export
 */
export async function codeFingerprint<K extends Kind>(kind: K, value: Values[K]): Promise<CodeDigest | null> {
  if (originOf(value) === null) return null
  // What is shipped is exported by a file of its kind's folder.
  if (fileOf(value) === null) await discover(kind)
  const file = fileOf(value)
  return file === null ? null : codeDigest(file)
}
