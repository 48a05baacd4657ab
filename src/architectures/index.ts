import type { Architecture } from './architecture.js'
import { convDeep } from './conv-deep.js'
import { convRLstm } from './conv-r-lstm.js'
import { deep } from './deep.js'
import { rLstm } from './r-lstm.js'
import { shallow } from './shallow.js'

export type { Architecture } from './architecture.js'
export { convDeep, convRLstm, deep, rLstm, shallow }

/** The thesis's five architectures, from shallow to deep, then the LSTM types. */
export const architectures: readonly Architecture[] = [shallow, deep, convDeep, rLstm, convRLstm]

/** The architecture of a name; throws an Error listing the names there are. */
export function architecture(name: string): Architecture {
  const found = architectures.find((candidate) => candidate.id === name)
  if (found === undefined) {
    throw new Error(
      `architecture '${name}' is unknown; there are ${architectures.map(({ id }) => id).join(', ')}`,
    )
  }
  return found
}
