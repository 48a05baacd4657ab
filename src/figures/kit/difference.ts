/** JSON values. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * What makes one JSON value of another: another value in its place, or changes of its parts; a list is then told its length, and what an
 * object no longer has is named.
 */
export type Difference =
  | { readonly is: Json }
  | { readonly length?: number; readonly without?: readonly string[]; readonly parts: Differences }

type Differences = Readonly<Record<string, Difference>>

/** What makes `other` of `one`; undefined where they are the same. */
export function difference(one: Json, other: Json): Difference | undefined {
  if (one === other) return undefined
  if (isList(one) && isList(other)) {
    const parts = partsOf(Object.fromEntries(Object.entries(one)), Object.fromEntries(Object.entries(other)))
    if (one.length === other.length && Object.keys(parts).length === 0) return undefined
    return { length: other.length, parts }
  }
  if (!isObject(one) || !isObject(other)) return { is: other }
  const parts = partsOf(one, other)
  const without = Object.keys(one).filter((key) => !Object.hasOwn(other, key))
  if (without.length === 0 && Object.keys(parts).length === 0) return undefined
  return { ...(without.length > 0 ? { without } : {}), parts }
}

/** Makes the other value of `one` and the difference between both. */
export function applied(one: Json, changes: Difference | undefined): Json {
  if (changes === undefined) return one
  if ('is' in changes) return changes.is
  const { length, without = [], parts } = changes
  if (length !== undefined) {
    const list = isList(one) ? one : []
    return Array.from({ length }, (_, i) => applied(list[i] ?? null, parts[i]))
  }
  const object = isObject(one) ? one : {}
  const kept = Object.entries(object).filter(([key]) => !without.includes(key))
  const changed = Object.entries(parts).map(([key, part]): [string, Json] => [
    key,
    applied(object[key] ?? null, part),
  ])
  return Object.fromEntries([...kept, ...changed])
}

function partsOf(
  one: { readonly [key: string]: Json },
  other: { readonly [key: string]: Json },
): Differences {
  const parts: Record<string, Difference> = {}
  for (const [key, value] of Object.entries(other)) {
    const part = Object.hasOwn(one, key) ? difference(one[key]!, value) : { is: value }
    if (part !== undefined) parts[key] = part
  }
  return parts
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
