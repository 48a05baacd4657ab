import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { recordMimeType } from '../notebook/record.js'
import { tagsOf } from '../runner/cell-tags.js'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectField,
  parseJson,
  textField,
} from '../runner/json.js'
import { type Notebook, parseNotebook } from '../runner/notebook-file.js'
import { parameterValues } from '../runner/parameterise.js'
import { type CsvTable, parseCsv } from './csv.js'

/** What an executed notebook leaves as data. */
export interface Run {
  /** All parameters whose values are literals. */
  readonly parameters: JsonObject
  /** The numbers that it recorded, in their order. */
  readonly numbers: ReadonlyMap<string, number>
  /** The tables that it exported, by name. */
  readonly tables: ReadonlyMap<string, CsvTable>
  /** The digests of the pictures that it shows, by the name under which they were saved, or else by cell. */
  readonly figures: ReadonlyMap<string, string>
  /** The digests of the figures saved in a results folder of its own, by name; null where it has none. */
  readonly saved: ReadonlyMap<string, string> | null
  /** The sources of its code cells by id, but for the one with the parameters. */
  readonly code: ReadonlyMap<string, string>
}

/** Reads an executed notebook. Throws an Error that names the file and what is wrong with it. */
export function readRun(file: string): Run {
  try {
    return runIn(readFileSync(file, 'utf8'), file)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function runIn(text: string, file: string): Run {
  const notebook = parseNotebook(text)
  const json = parseJson(text)
  const cells = isJsonObject(json) && Array.isArray(json.cells) ? json.cells : []
  const numbers = new Map<string, number>()
  const tables = new Map<string, CsvTable>()
  const figures = new Map<string, string>()
  for (const [i, cell] of cells.entries()) {
    const id = notebook.cells[i]?.id ?? String(i + 1)
    const outputs = isJsonObject(cell) && Array.isArray(cell.outputs) ? cell.outputs.filter(isJsonObject) : []
    for (const [name, value] of outputs.flatMap(recordedNumbers)) numbers.set(name, value)
    for (const [name, table] of outputs.flatMap(exportedTables)) tables.set(name, table)
    for (const [name, digest] of shownFigures(id, outputs)) figures.set(name, digest)
  }
  return {
    parameters: valuesOf(notebook),
    numbers,
    tables,
    figures,
    saved: savedFigures(dirname(file)),
    code: new Map(
      notebook.cells.flatMap((cell) =>
        cell.cell_type === 'code' && !tagsOf(cell).includes('parameters') ? [[cell.id, cell.source]] : [],
      ),
    ),
  }
}

function valuesOf(notebook: Notebook): JsonObject {
  try {
    return parameterValues(notebook)
  } catch {
    return {} // a parameters cell of another form than the project's
  }
}

function recordedNumbers(output: JsonObject): [string, number][] {
  const { numbers } = objectField(objectField(output, 'data'), recordMimeType)
  return (Array.isArray(numbers) ? numbers : []).flatMap((one: Json): [string, number][] =>
    isJsonObject(one) && typeof one.name === 'string' ? [[one.name, Number(one.value)]] : [],
  )
}

const htmlOf = (output: JsonObject): string => textField(objectField(output, 'data'), 'text/html')

function exportedTables(output: JsonObject): [string, CsvTable][] {
  const links = htmlOf(output).matchAll(/href="data:text\/csv;base64,([^"]*)" download="([^"]+)\.csv"/g)
  return [...links].map(([, content, name]) => [
    name!,
    parseCsv(Buffer.from(content!, 'base64').toString('utf8')),
  ])
}

/** Each picture of a cell; the links that download a figure stand right behind its picture and name it. */
function shownFigures(cell: string, outputs: readonly JsonObject[]): [string, string][] {
  const found: { name: string; digest: string; isNamed: boolean }[] = []
  for (const output of outputs) {
    const picture = textField(objectField(output, 'data'), 'image/png').replace(/\s/g, '')
    if (picture !== '')
      found.push({ name: `${cell} ${found.length + 1}`, digest: digestOf(picture), isNamed: false })
    const name = /download="([^"]+)\.(?:pdf|svg|png)"/.exec(htmlOf(output))?.[1]
    const last = found.at(-1)
    if (name !== undefined && last && !last.isNamed) Object.assign(last, { name, isNamed: true })
  }
  return found.map(({ name, digest }) => [name, digest])
}

const FORMATS = ['.svg', '.pdf', '.png']

/** One format stands for all, since they are drawn from the same figure. */
function savedFigures(runFolder: string): ReadonlyMap<string, string> | null {
  if (!existsSync(join(runFolder, 'run.json'))) return null
  const folder = join(runFolder, 'figures')
  const files = existsSync(folder) ? readdirSync(folder).map((file) => parse(file)) : []
  const names = [...new Set(files.filter(({ ext }) => FORMATS.includes(ext)).map(({ name }) => name))].sort()
  return new Map(
    names.map((name) => {
      const format = FORMATS.find((ext) => files.some((file) => file.name === name && file.ext === ext))!
      return [name, digestOf(readFileSync(join(folder, `${name}${format}`)))]
    }),
  )
}

const digestOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12)
