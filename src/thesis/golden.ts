import type { Geometry, Units } from '../network/geometry.js'
import { type ParameterValues, sizeOf } from '../network/parameters.js'

/** A list of numbers with its shape, row-major, as golden files write tensors. */
export interface GoldenTensor {
  readonly shape: number[]
  readonly values: number[]
}

/** A golden file: a small network, sequences, and what an independent float64 implementation computed from them. */
export interface Golden {
  readonly architecture: string
  readonly geometry: Geometry
  readonly units: Units
  readonly inputRange: readonly [number, number]
  readonly parameters: Readonly<Record<string, GoldenTensor>>
  readonly sequences: GoldenTensor
  /** A class per sequence. */
  readonly target: number[]
  readonly logits: GoldenTensor
  readonly relevance: Readonly<Record<string, GoldenTensor>>
}

/** A golden file's parameters as this project holds them. */
export const goldenParameters = ({ parameters }: Golden): Record<string, ParameterValues> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  )

/**
 * Reads the text of a golden file.
 *
 * @throws Error naming the key that is missing or holds something else than it should, and what it should hold
 */
export function parseGolden(text: string): Golden {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error('it is not JSON')
  }
  if (!isRecord(content)) throw new Error('it is not an object')
  const { architecture, geometry, units, inputRange, parameters, sequences, target, logits, relevance } =
    content
  if (typeof architecture !== 'string') throw wrong('architecture', 'the id of an architecture', architecture)
  const sizes = isRecord(geometry) ? geometry : fail('geometry', 'an object', geometry)
  for (const key of ['rows', 'stepColumns', 'steps', 'classes'] as const)
    wholeAt(`geometry.${key}`, sizes[key])
  const neurons = isRecord(units) ? units : fail('units', 'an object of layer sizes', units)
  for (const [layer, size] of Object.entries(neurons)) wholeAt(`units.${layer}`, size)
  if (!isNumbers(inputRange) || inputRange.length !== 2)
    throw wrong('inputRange', 'two numbers, [low, high]', inputRange)
  const { rows, stepColumns, steps, classes } = sizes as unknown as Geometry
  if (!isNumbers(target) || target.length === 0) throw wrong('target', 'a class per sequence', target)
  const pixels = [target.length, rows, steps * stepColumns]
  for (const [name, values] of entriesOf('parameters', parameters)) tensorAt(`parameters.${name}`, values)
  tensorAt('sequences', sequences, pixels)
  tensorAt('logits', logits, [target.length, classes])
  const methods = entriesOf('relevance', relevance)
  if (methods.length === 0) throw wrong('relevance', 'at least one method', relevance)
  for (const [name, values] of methods) tensorAt(`relevance.${name}`, values, pixels)
  return content as unknown as Golden
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number' && Number.isFinite(entry))

const wrong = (key: string, wanted: string, value: unknown): Error =>
  new Error(
    value === undefined
      ? `it has no ${key}; ${wanted} is needed`
      : `its ${key} is ${brief(value)}; it must be ${wanted}`,
  )

function fail(key: string, wanted: string, value: unknown): never {
  throw wrong(key, wanted, value)
}

function wholeAt(key: string, value: unknown): void {
  if (!(typeof value === 'number' && Number.isInteger(value) && value >= 1))
    throw wrong(key, 'a whole number of at least 1', value)
}

const entriesOf = (key: string, value: unknown): [string, unknown][] =>
  isRecord(value) ? Object.entries(value) : fail(key, 'an object of tensors by name', value)

function tensorAt(key: string, value: unknown, wanted?: readonly number[]): void {
  if (!isRecord(value)) throw wrong(key, 'a tensor {shape, values}', value)
  const { shape, values } = value
  if (!isNumbers(shape)) throw wrong(`${key}.shape`, 'a list of lengths', shape)
  if (wanted && shape.join() !== wanted.join()) throw wrong(`${key}.shape`, `[${wanted}]`, shape)
  if (!Array.isArray(values)) throw wrong(`${key}.values`, 'a list of numbers', values)
  if (values.length !== sizeOf(shape))
    throw new Error(`its ${key} holds ${values.length} values; its shape [${shape}] needs ${sizeOf(shape)}`)
  const other = values.findIndex((entry) => typeof entry !== 'number' || !Number.isFinite(entry))
  if (other >= 0) throw wrong(`${key}.values[${other}]`, 'a number', values[other])
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
