import { readFileSync } from 'node:fs'
import { writeAtomicallySync } from '../files/write-atomically.js'
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

/** A code cell; its source is one string here. */
export interface CodeCell {
  readonly cell_type: 'code'
  readonly id: string
  readonly metadata: JsonObject
  readonly source: string
  readonly outputs: readonly Output[]
  readonly execution_count: number | null
}

/** A cell of text; its source is one string here. */
export interface TextCell {
  readonly cell_type: 'markdown' | 'raw'
  readonly id: string
  readonly metadata: JsonObject
  readonly source: string
  readonly attachments?: JsonObject
}

export type Cell = CodeCell | TextCell

/** A notebook of nbformat 4.5. */
export interface Notebook {
  readonly cells: readonly Cell[]
  readonly metadata: JsonObject
}

/** Reads a notebook without its outputs. Throws an error that names the file and what is wrong with it. */
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
    throw new Error(`${file} is not a notebook: ${error instanceof Error ? error.message : error}`)
  }
}

/** Parses the text of an .ipynb file, without its outputs. Throws if it is not nbformat 4. */
export const parseNotebook = (text: string): Notebook => {
  const json = parseJson(text)
  if (!isJsonObject(json)) throw new Error('its JSON is not an object')
  if (json.nbformat !== 4)
    throw new Error(`its "nbformat" is ${JSON.stringify(json.nbformat)}, and 4 is needed`)
  if (!Array.isArray(json.cells)) throw new Error('its "cells" is not an array')
  // JupyterLab stores the state of widgets, whose views go with the outputs.
  const { widgets: _, ...metadata } = objectField(json, 'metadata')
  return { cells: json.cells.map(readCell), metadata }
}

const readCell = (json: Json, index: number): Cell => {
  if (!isJsonObject(json)) throw new Error(`its cell ${index + 1} is not an object`)
  const source = joinLines(json.source)
  if (source === undefined) throw new Error(`the source of its cell ${index + 1} is not text`)
  const id = typeof json.id === 'string' ? json.id : `cell-${index + 1}`
  // Jupyter stores when a cell ran here, which says nothing about the new run.
  const { execution: _, ...metadata } = objectField(json, 'metadata')
  const common = { id, metadata, source }
  if (json.cell_type === 'code') return { ...common, cell_type: 'code', outputs: [], execution_count: null }
  if (json.cell_type !== 'markdown' && json.cell_type !== 'raw') {
    throw new Error(`its cell ${index + 1} is of the unknown type ${JSON.stringify(json.cell_type)}`)
  }
  const attachments = isJsonObject(json.attachments) ? { attachments: json.attachments } : {}
  return { ...common, ...attachments, cell_type: json.cell_type }
}

/** The text of an .ipynb file: the same notebook gives the same bytes, in the form that Jupyter saves. */
export const formatNotebook = (notebook: Notebook): string =>
  stringifyLikeJupyter({
    cells: notebook.cells.map(formatCell),
    metadata: notebook.metadata,
    nbformat: 4,
    nbformat_minor: 5,
  })

const formatCell = (cell: Cell): JsonObject => {
  const source = splitLines(cell.source)
  return cell.cell_type === 'code'
    ? { ...cell, source, outputs: cell.outputs.map(formatOutput) }
    : { ...cell, source }
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
