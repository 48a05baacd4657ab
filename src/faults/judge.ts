import { basename } from 'node:path'

/**
 * What came of a damaged file: a clear error or made anew; an error that helps nobody; read with the right value; read as another valid file,
 * where the format has no checksum; read with a wrong value, or another file of the user's was changed.
 */
export const verdicts = ['clear', 'unclear', 'accepted', 'other', 'lost'] as const
export type Verdict = (typeof verdicts)[number]

/** Words of JavaScript and the system in place of a sentence about the file. */
const INTERNAL =
  /\n {4}at |is not a function|is not iterable|Cannot (read|set|destructure|convert|access|mix)|undefined \(|\[object|Invalid (array|typed array) length|out of (range|bounds)|Maximum call stack|^(Unexpected|Expected) |ERR_[A-Z_]+|assert/i

/** The errors that a program throws at itself. */
const OWN_FAULTS = ['TypeError', 'ReferenceError', 'SyntaxError', 'AssertionError', 'URIError']

/** Whether an error is a sentence that names a file or key and does not come from inside. */
export function isClear(error: unknown, names: readonly string[], isCode = false): boolean {
  if (!(error instanceof Error)) return false
  const { message, name } = error
  const isNamed = names.some((one) => message.includes(one) || message.includes(basename(one)))
  if (!isNamed || message.length > 2000) return false
  return isCode || (!OWN_FAULTS.includes(name) && !INTERNAL.test(message))
}
