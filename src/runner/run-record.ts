import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectField,
  parseJson,
  stringifyLikeJupyter,
} from './json.js'

/**
 * The metadata of a notebook or a cell without what an earlier run left there: when it ran, for how long and with which
 * parameters (`papermill`), and by which versions (`thesis.run`).
 */
export const withoutRecord = ({ papermill: _, ...metadata }: JsonObject): JsonObject => {
  if (!isJsonObject(metadata.thesis)) return metadata
  const { run: __, ...thesis } = metadata.thesis
  return { ...metadata, thesis }
}

/** The text of an executed notebook without the record of its run, so that the same outputs are the same bytes. Throws SyntaxError. */
export const withoutRunRecord = (text: string): string => {
  const notebook = parseJson(text)
  if (!isJsonObject(notebook) || !Array.isArray(notebook.cells)) return text
  const strip = (json: JsonObject): JsonObject => ({
    ...json,
    metadata: withoutRecord(objectField(json, 'metadata')),
  })
  const cells = notebook.cells.map((cell: Json) => (isJsonObject(cell) ? strip(cell) : cell))
  return stringifyLikeJupyter({ ...strip(notebook), cells })
}
