import { createHash } from 'node:crypto'
import type { Notebook } from './notebook-file.js'

/** What tells one state of a notebook's code from another: the first 12 digits of the SHA-256 of its code cells. */
export const codeDigest = ({ cells }: Pick<Notebook, 'cells'>): string => {
  const code = cells.flatMap(({ cell_type: type, source }) => (type === 'code' ? [source] : []))
  return createHash('sha256').update(JSON.stringify(code)).digest('hex').slice(0, 12)
}
