import type { Kind } from '../../values/registry.js'
import { NOUN } from '../values/kinds.js'

/** Throws a RangeError where two values of a kind have one id, so that their numbers could not be told apart. */
export function checkDistinct(kind: Kind, values: readonly { readonly id: string }[]): void {
  const twice = values.find(({ id }, i) => values.findIndex((other) => other.id === id) < i)
  if (twice !== undefined)
    throw new RangeError(`two ${NOUN[kind]}s have the id '${twice.id}'; give one of them another id`)
}
