import { createHash } from 'node:crypto'
import type { NamedValues } from '../../network/parameters.js'

/** The SHA-256 of a network's parameters, in hexadecimal. */
export function parametersDigest(parameters: NamedValues): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(parameters).sort()) {
    const { shape, values } = parameters[name]!
    hash.update(JSON.stringify([name, shape])).update(values)
  }
  return hash.digest('hex')
}
