import { type JsonObject, objectField, textField } from './json.js'

/**
 * The line in which something shown says how far a cell is; undefined for what reports no progress. It stands in the output's
 * metadata, `thesis.progress`, which no viewer shows.
 */
export const progressText = (content: JsonObject): string | undefined =>
  textField(objectField(objectField(content, 'metadata'), 'thesis'), 'progress') || undefined
