/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** Whether a value is a JSON object, not null and not an array. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parses JSON text. Throws SyntaxError. */
export const parseJson = (text: string): Json => JSON.parse(text)

/** The object in a field, or an empty one. */
export const objectField = (object: JsonObject, key: string): JsonObject => {
  const value = object[key]
  return isJsonObject(value) ? value : {}
}

/** The text in a field, or an empty one; Jupyter may split text into an array of lines. */
export const textField = (object: JsonObject, key: string): string => joinLines(object[key]) ?? ''

/** The text of a string or of an array of lines. */
export const joinLines = (value: Json | undefined): string | undefined => {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return undefined
  return value.every((line) => typeof line === 'string') ? value.join('') : undefined
}

/** JSON as Jupyter writes it: sorted keys, one space of indentation, a line break at the end. */
export const stringifyLikeJupyter = (value: Json): string => `${JSON.stringify(sortKeys(value), null, 1)}\n`

const sortKeys = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sortKeys(field)]),
  )
}
