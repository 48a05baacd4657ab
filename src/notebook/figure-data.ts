import type { Figure } from '../figures/kit/figure.js'
import { csvText, csvValue } from './csv-value.js'
import type { CsvColumn } from './table-about.js'

/** The numbers of a figure, a line for each. */
export interface FigureData {
  readonly csv: string
  readonly columns: readonly CsvColumn[]
}

type Row = Readonly<Record<string, unknown>>

/**
 * The data of a figure as tidy CSV with plain numbers: its rows, where it was made of rows, a line for each number of the longest list in a
 * row, with the place in the list; else what its traces draw. Null where it draws no numbers.
 */
export function figureData(figure: Figure): FigureData | null {
  const rows =
    figure.rows?.().map((row) => row as Row) ?? figure.data.flatMap((trace) => tracePoints(trace as Row))
  const lines = rows.flatMap(tidy)
  const headings = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  if (headings.length === 0) return null
  const cells = lines.map((line) => headings.map((heading) => csvValue(line[heading])))
  const columns = headings.map((heading) => ({
    heading,
    isNumeric: lines.every((line) => line[heading] === undefined || typeof line[heading] === 'number'),
  }))
  return { csv: csvText([headings, ...cells]), columns }
}

type List = ArrayLike<unknown>

const isList = (value: unknown): value is List => Array.isArray(value) || ArrayBuffer.isView(value)

/** A row as lines of plain values. */
function tidy(row: Row): Row[] {
  const flat = Object.fromEntries(Object.entries(row).flatMap(flattened))
  const lists = Object.entries(flat).filter((entry): entry is [string, List] => isNumbers(entry[1]))
  const length = Math.max(0, ...lists.map(([, list]) => list.length))
  if (length < 3) return [flat]
  const long = lists.filter(([, list]) => list.length === length).map(([name]) => name)
  const { rows, columns } = flat
  const isRaster = typeof rows === 'number' && typeof columns === 'number' && rows * columns === length
  return Array.from({ length }, (_, i): Row => {
    const place = isRaster ? { row: Math.floor(i / columns), column: i % columns } : { place: i + 1 }
    const shared = Object.entries(flat).filter(
      ([name]) => !long.includes(name) && !(isRaster && (name === 'rows' || name === 'columns')),
    )
    const own = long.map((name) => [name, plainNumber((flat[name] as List)[i], flat[name])])
    return { ...Object.fromEntries(shared), ...place, ...Object.fromEntries(own) }
  })
}

const isNumbers = (value: unknown): value is List =>
  isList(value) && Array.from(value).every((one) => typeof one === 'number')

/** Scores of several measures become a column each. */
function flattened([name, value]: readonly [string, unknown]): (readonly [string, unknown])[] {
  if (typeof value === 'string') return [[name, value.replace(/<[^>]*>/g, '')]]
  if (!Array.isArray(value) || value.length === 0 || !value.every(isScore)) return [[name, value]]
  return value.map(({ measure, value: score }) => [measure, score])
}

const isScore = (value: unknown): value is { measure: string; value: number } =>
  typeof value === 'object' && value !== null && 'measure' in value && 'value' in value

/** Numbers of 32 bits have nine digits; further ones are artefacts. */
const plainNumber = (value: unknown, list: unknown): unknown =>
  list instanceof Float32Array ? Number((value as number).toPrecision(9)) : value

/** What a trace draws: its points, or the cells of its map. */
function tracePoints(trace: Row): Row[] {
  const { name = '', x, y, z } = trace
  if (isList(z))
    return Array.from(z).flatMap((cells, row) =>
      isList(cells) ? Array.from(cells, (value, column) => ({ trace: name, row, column, value })) : [],
    )
  if (!isList(y)) return []
  return Array.from(y, (value, i) => ({ trace: name, x: isList(x) ? x[i] : i, y: value })).filter(
    ({ y: value }) => value !== null && value !== undefined,
  )
}
