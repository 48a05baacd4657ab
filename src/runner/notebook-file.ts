import { readFileSync } from 'node:fs'
import { writeAtomicallySync } from '../files/write-atomically.js'
import { cellIds } from './cell-ids.js'
import { NOT_RUN, tagsOf } from './cell-tags.js'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  joinLines,
  objectField,
  parseJson,
  stringifyLikeJupyter,
} from './json.js'
import type { Output } from './outputs.js'
import { withoutRecord } from './run-record.js'

/** The first minor version of nbformat 4 in which cells have ids: what is older is saved as this one. */
const OLDEST_MINOR = 5

/** A code cell; its source is one string here. */
export interface CodeCell {
  readonly cell_type: 'code'
  readonly id: string
  readonly metadata: JsonObject
  readonly source: string
  readonly outputs: readonly Output[]
  readonly execution_count: number | null
  /** The outputs as the file holds them, in place of `outputs`, where the cell is not to be run. */
  readonly kept?: readonly Json[]
  /** Fields that nbformat does not know. */
  readonly further?: JsonObject
}

/** A cell of text; its source is one string here. */
export interface TextCell {
  readonly cell_type: 'markdown' | 'raw'
  readonly id: string
  readonly metadata: JsonObject
  readonly source: string
  readonly attachments?: JsonObject
  readonly further?: JsonObject
}

export type Cell = CodeCell | TextCell

/** A notebook of nbformat 4.5 or later. */
export interface Notebook {
  readonly cells: readonly Cell[]
  readonly metadata: JsonObject
  /** The minor version of nbformat 4. Default: 5, the first in which cells have ids */
  readonly minor?: number
  /** Fields that nbformat does not know. */
  readonly further?: JsonObject
}

/** Reads a notebook without its outputs, but for those of cells that are not to be run. Throws an error that names the file and what is wrong with it. */
export const readNotebook = (file: string): Notebook => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`The notebook ${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  try {
    return parseNotebook(text)
  } catch (error) {
    const what =
      error instanceof SyntaxError ? `it is not JSON: ${error.message}` : String((error as Error).message)
    throw new Error(`${file} is not a notebook: ${what}`)
  }
}

/** Parses the text of an .ipynb file, without its outputs. Throws if it is not nbformat 4. */
export const parseNotebook = (text: string): Notebook => {
  const json = parseJson(text)
  if (!isJsonObject(json)) throw new Error('its JSON is not an object')
  if (json.nbformat !== 4)
    throw new Error(`its "nbformat" is ${JSON.stringify(json.nbformat)}, and 4 is needed`)
  if (!Array.isArray(json.cells)) throw new Error('its "cells" is not an array')
  const { cells: _, metadata: __, nbformat: ___, nbformat_minor: minor, ...further } = json
  // JupyterLab stores the state of widgets, whose views go with the outputs.
  const { widgets: ____, ...metadata } = objectField(json, 'metadata')
  const ids = cellIds(json.cells.map((cell) => (isJsonObject(cell) ? cell.id : undefined)))
  return {
    cells: json.cells.map((cell, i) => readCell(cell, i, ids[i]!)),
    metadata: withoutRecord(metadata),
    ...(typeof minor === 'number' && minor > OLDEST_MINOR ? { minor } : {}),
    ...(Object.keys(further).length > 0 ? { further } : {}),
  }
}

const readCell = (json: Json, index: number, id: string): Cell => {
  if (!isJsonObject(json)) throw new Error(`its cell ${index + 1} is not an object`)
  const text = joinLines(json.source)
  if (text === undefined) throw new Error(`the source of its cell ${index + 1} is not text`)
  const { cell_type: type, id: _, metadata: __, source: ___, outputs, ...fields } = json
  const { execution_count: count, attachments, ...further } = fields
  // Jupyter stores when a cell ran here, which says nothing about the new run.
  const { execution: ____, ...metadata } = objectField(json, 'metadata')
  const common = {
    id,
    metadata: withoutRecord(metadata),
    source: text,
    ...(Object.keys(further).length > 0 ? { further } : {}),
  }
  if (type === 'code') {
    const isKept = tagsOf(common).includes(NOT_RUN)
    return {
      ...common,
      cell_type: 'code',
      outputs: [],
      execution_count: isKept && typeof count === 'number' ? count : null,
      ...(isKept && Array.isArray(outputs) ? { kept: outputs } : {}),
    }
  }
  if (type !== 'markdown' && type !== 'raw') {
    throw new Error(`its cell ${index + 1} is of the unknown type ${JSON.stringify(type)}`)
  }
  return { ...common, ...(isJsonObject(attachments) ? { attachments } : {}), cell_type: type }
}

/** The text of an .ipynb file: the same notebook gives the same bytes, in the form that Jupyter saves. */
export const formatNotebook = (notebook: Notebook): string =>
  stringifyLikeJupyter({
    ...notebook.further,
    cells: notebook.cells.map(formatCell),
    metadata: notebook.metadata,
    nbformat: 4,
    nbformat_minor: notebook.minor ?? OLDEST_MINOR,
  })

const formatCell = ({ further, ...cell }: Cell): JsonObject => {
  const source = splitLines(cell.source)
  if (cell.cell_type !== 'code') return { ...further, ...cell, source }
  const { kept, outputs, ...rest } = cell
  return { ...further, ...rest, source, outputs: kept ?? outputs.map(formatOutput) }
}

/** Writes a notebook atomically. Throws an error that names the file if the disk is full, for one. */
export const writeNotebook = (file: string, notebook: Notebook): void => {
  try {
    writeAtomicallySync(file, formatNotebook(notebook))
  } catch (error) {
    throw new Error(
      `The notebook ${file} cannot be written: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    )
  }
}

const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

const formatOutput = (output: Output): JsonObject => {
  if (output.output_type === 'stream') return { ...output, text: splitLines(output.text) }
  if (output.output_type === 'error') return { ...output }
  return { ...output, data: Object.fromEntries(Object.entries(output.data).map(formatMimeData)) }
}

const isTextMimeType = (type: string): boolean =>
  /^text\/|^image\/svg\+xml$|^application\/javascript$/.test(type)

const formatMimeData = ([type, data]: [string, Json]): [string, Json] => [
  type,
  typeof data === 'string' && isTextMimeType(type) ? splitLines(data) : data,
]
