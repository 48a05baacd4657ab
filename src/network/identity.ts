const identities = new WeakMap<object, number>()
let next = 0

/** A number that this object alone has in this process. */
export function identityOf(object: object): number {
  const identity = identities.get(object) ?? next++
  identities.set(object, identity)
  return identity
}
