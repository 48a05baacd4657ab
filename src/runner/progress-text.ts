import { type JsonObject, objectField, textField } from './json.js'

/**
 * The line in which something shown says how far a cell is; undefined for what reports no progress. Whoever shows progress
 * says so in the output's metadata, `thesis.progress`, a share in [0, 1].
 */
export const progressText = (content: JsonObject): string | undefined => {
  const { progress } = objectField(objectField(content, 'metadata'), 'thesis')
  if (typeof progress !== 'number') return undefined
  return textField(objectField(content, 'data'), 'text/plain') || undefined
}
