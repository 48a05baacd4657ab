import {
  distinctNames,
  measureName,
  measureShortName,
  methodLongName,
  methodName,
  methodsOf,
  networkName,
  networksOf,
} from '../kit/names.js'
import { fixed } from '../kit/numbers.js'

/** How well an explanation does by one measure, by its id. */
export interface Score {
  readonly measure: string
  readonly value: number
}

/** The relevance map of one method on one network for one sequence. */
export interface HeatmapRow {
  readonly network: string
  readonly method: string
  /** Names the sequence; maps of one sequence stand together. */
  readonly sample: string
  readonly rows: number
  readonly columns: number
  /** Relevance, row-major, `[rows, columns]`. */
  readonly values: Float32Array
  /** The sequence itself, 0…255, in the same order; drawn once as the input and as outlines over the maps. */
  readonly pixels?: Uint8Array
  /** How many items stand side by side in the sequence. Default: that of the options. */
  readonly items?: number
  /** Positions of the relevant items, from 0; they are framed. */
  readonly relevant: readonly number[]
  /** Such as the predicted class and its logit. */
  readonly title?: string
  /** They stand over the map, such as `cos 0.93`. */
  readonly scores?: readonly Score[]
}

/** What stands over a column from a line on. */
export interface Heading {
  readonly text: string
  /** The name in full of a method, for where there is room. */
  readonly full?: string
}

/** One place of the grid: a relevance map, an input, or nothing. */
export interface HeatmapCell {
  readonly map?: HeatmapRow
  readonly input?: HeatmapRow
  /** Stands over the column from here on: a method, a sequence, or "Input". */
  readonly heading?: Heading
}

/** A line of the grid. */
export interface HeatmapLine {
  readonly label: string
  /** What all maps of the line share, such as the prediction. */
  readonly note?: string
  readonly cells: readonly HeatmapCell[]
  /** Whether a new sequence starts here. */
  readonly starts: boolean
}

/**
 * Decides what stands where: networks by methods, sequence after sequence; with one network sequences by methods with the input in
 * front; with one method networks by sequences with the inputs on top.
 */
export function heatmapGrid(rows: readonly HeatmapRow[]): HeatmapLine[] {
  const [networks, methods] = [networksOf(rows), methodsOf(rows)]
  const samples = [...new Set(rows.map((row) => row.sample))]
  if (methods.length === 1 && samples.length > 1) return networksBySamples(rows, networks, samples)
  if (networks.length === 1) return samplesByMethods(rows, samples, methods)
  return samples.flatMap((sample, i) => {
    const own = rows.filter((row) => row.sample === sample)
    return networksByMethods(own, networks, methods, samples.length > 1 ? sample : 'Input', i > 0)
  })
}

function networksBySamples(
  rows: readonly HeatmapRow[],
  networks: readonly string[],
  samples: readonly string[],
): HeatmapLine[] {
  const name = distinctNames('architecture', networks)
  const maps = networks.map((network): HeatmapLine => {
    const own = samples.map((sample) => rows.find((row) => row.network === network && row.sample === sample))
    return { label: name(network), cells: own.map(mapCell), starts: false }
  })
  const inputs = samples.map((sample) => inputCell(rows, sample))
  const [top, ...others] = inputs.some((cell) => cell.input)
    ? [{ label: 'Input', cells: inputs, starts: false }, ...maps]
    : maps
  return [withHeadings(top!, samples.map(asText)), ...others]
}

function samplesByMethods(
  rows: readonly HeatmapRow[],
  samples: readonly string[],
  methods: readonly string[],
): HeatmapLine[] {
  const inputs = samples.map((sample) => inputCell(rows, sample))
  const withInput = inputs.some((cell) => cell.input)
  const lines = samples.map((sample, i): HeatmapLine => {
    const own = methods.map((method) => rows.find((row) => row.method === method && row.sample === sample))
    const cells = withInput ? [inputs[i]!, ...own.map(mapCell)] : own.map(mapCell)
    const label = samples.length > 1 ? sample : networkName(rows[0]!.network)
    return { label, ...sharedTitle(own), cells, starts: false }
  })
  const [top, ...others] = lines
  const named = methodHeadings(methods)
  return [withHeadings(top!, withInput ? [asText('Input'), ...named] : named), ...others]
}

function networksByMethods(
  rows: readonly HeatmapRow[],
  networks: readonly string[],
  methods: readonly string[],
  name: string,
  starts: boolean,
): HeatmapLine[] {
  const networkLabel = distinctNames('architecture', networks)
  const maps = networks.map((network): HeatmapLine => {
    const own = methods.map((method) => rows.find((row) => row.network === network && row.method === method))
    return { label: networkLabel(network), ...sharedTitle(own), cells: own.map(mapCell), starts: false }
  })
  const [top, ...others] = maps
  const lines = [withHeadings(top!, methodHeadings(methods)), ...others]
  const input = inputCell(rows, rows[0]!.sample)
  if (!input.input) return [{ ...lines[0]!, starts }, ...lines.slice(1)]
  // Over every column, so that each map has what it explains above it.
  return [{ label: name, cells: methods.map(() => input), starts }, ...lines]
}

const mapCell = (row: HeatmapRow | undefined): HeatmapCell => (row ? { map: row } : {})

function inputCell(rows: readonly HeatmapRow[], sample: string): HeatmapCell {
  const row = rows.find((row) => row.sample === sample && row.pixels)
  return row ? { input: row } : {}
}

const asText = (text: string): Heading => ({ text })

function methodHeadings(methods: readonly string[]): Heading[] {
  const name = distinctNames('method', methods)
  return methods.map((method) => {
    const [text, long] = [name(method), methodLongName(method)]
    return { text, full: long === text ? text : `${long} (${text})` }
  })
}

const withHeadings = (line: HeatmapLine, headings: readonly Heading[]): HeatmapLine => ({
  ...line,
  cells: line.cells.map((cell, column) => ({ ...cell, heading: headings[column]! })),
})

/** A title that all maps of a line share goes to the line's label. */
function sharedTitle(own: readonly (HeatmapRow | undefined)[]): { note?: string } {
  const titles = new Set(own.flatMap((row) => (row ? [row.title] : [])))
  const [title] = titles
  return titles.size === 1 && title ? { note: title } : {}
}

/** The scores of a map in short, such as `cos 0.93`. */
export const scoreTexts = ({ scores }: HeatmapRow): string[] =>
  (scores ?? []).map(({ measure, value }) => `${measureShortName(measure)} ${fixed(value)}`)

/** In words: the networks, methods and number of sequences, and the extremes of each measure's scores. */
export function describeHeatmaps(rows: readonly HeatmapRow[]): string {
  const [networks, methods] = [networksOf(rows), methodsOf(rows)]
  const samples = new Set(rows.map((row) => row.sample)).size
  const scored = rows.flatMap(({ method, network, scores }) =>
    (scores ?? []).map((score) => ({ ...score, of: `${methodName(method)} on ${networkName(network)}` })),
  )
  const ranges = [...new Set(scored.map(({ measure }) => measure))].map((measure) => {
    const own = scored.filter((score) => score.measure === measure).sort((a, b) => a.value - b.value)
    const [worst, best] = [own[0]!, own.at(-1)!]
    return ` ${measureName(measure)} ranges from ${fixed(worst.value)} (${worst.of}) to ${fixed(best.value)} (${best.of}).`
  })
  return (
    `Heatmaps of relevance by ${methods.map(methodName).join(', ')} on ${networks.map(networkName).join(', ')} for ` +
    `${samples} ${samples === 1 ? 'sequence' : 'sequences'}, the relevant items framed.${ranges.join('')}`
  )
}
