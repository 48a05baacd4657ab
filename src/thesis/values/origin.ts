/** Where a value comes from: it is shipped, or a file exports it, or a dataset.json describes it. */
export type Origin =
  | { readonly shipped: string }
  | {
      readonly file: string
      /** The name of the export; none of a dataset.json. */
      readonly export?: string
    }

const origins = new WeakMap<object, Origin>()

/** The dataset.json that a dataset says it is described by. */
const describedIn = (value: object): string | null =>
  'origin' in value && typeof value.origin === 'string' ? value.origin : null

/** Where a value comes from; null for one that was made in a cell, which no other process can load. */
export function originOf(value: object): Origin | null {
  const file = describedIn(value)
  return origins.get(value) ?? (file === null ? null : { file })
}

/** Remembers where a value comes from. */
export const rememberOrigin = (value: object, origin: Origin): void => {
  origins.set(value, origin)
}

/** By what another process finds a value, as `architectureOf` and its like accept it; null where none can. */
export function referenceOf(value: object): string | null {
  const origin = originOf(value)
  if (origin === null) return null
  if ('shipped' in origin) return origin.shipped
  return origin.export === undefined ? origin.file : `${origin.file}#${origin.export}`
}

const files = new WeakMap<object, string>()

/** Remembers the first file that was seen to export a value, which for a shipped one is not its origin. */
export function rememberFile(value: object, file: string): void {
  if (!files.has(value)) files.set(value, file)
}

/** The file that exports a value; null where none was seen to. */
export const fileOf = (value: object): string | null => files.get(value) ?? null
