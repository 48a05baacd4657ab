import type { PixelReading } from '../image-bytes.js'

/** The kinds of files a dataset's images can lie in. */
export const FORMATS = ['idx', 'npz', 'png'] as const
export type Format = (typeof FORMATS)[number]

/** What a `dataset.json` says. */
export interface DatasetDescription extends PixelReading {
  /** Default: the name of its folder. */
  readonly id?: string
  readonly title: string
  /** Where there is little room. Default: the title. */
  readonly short?: string
  /** The name of each class, by its number. */
  readonly classes: readonly string[]
  readonly rows: number
  readonly columns: number
  readonly format: Format
  /** Names of the files where they are not the usual ones: see `IDX_FILES`; for npz `{ "archive": … }`. */
  readonly files?: Readonly<Record<string, string>>
  /** PNGs without folders train and test: the part of each class that is tested on. Default: 0.2. */
  readonly testShare?: number
  /** PNGs without folders train and test: which images are tested on. Default: 1. */
  readonly seed?: number
  /** SHA-256 of files as they lie in the folder, in hexadecimal, by name. */
  readonly checksums?: Readonly<Record<string, string>>
}

/** The usual names of IDX files, which lie in the folder plain or gzipped, by their keys in `files`. */
export const IDX_FILES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const

/** The keys of `files` for each format. */
const FILE_KEYS: Readonly<Record<Format, readonly string[]>> = {
  idx: Object.keys(IDX_FILES),
  npz: ['archive'],
  png: [],
}

interface Key {
  readonly must: string
  readonly holds: (value: unknown) => boolean
  readonly needed?: true
  /** The formats for which it means something. Default: all. */
  readonly formats?: readonly Format[]
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''
const isSize = (value: unknown) => Number.isInteger(value) && Number(value) >= 1
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isTextMap = (value: unknown, holds: (value: string) => boolean) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => typeof text === 'string' && holds(text))

const KEYS: Readonly<Record<keyof DatasetDescription, Key>> = {
  id: { must: 'a text of letters, digits and hyphens, a letter first', holds: isText },
  title: { must: 'a text', holds: isText, needed: true },
  short: { must: 'a text', holds: isText },
  classes: {
    must: 'a list of 2 to 256 different names, by the number of the class',
    holds: (value) =>
      Array.isArray(value) &&
      value.length >= 2 &&
      value.length <= 256 &&
      value.every(isText) &&
      new Set(value).size === value.length,
    needed: true,
  },
  rows: { must: 'a whole number of at least 1', holds: isSize, needed: true },
  columns: { must: 'a whole number of at least 1', holds: isSize, needed: true },
  format: {
    must: `one of ${FORMATS.join(', ')}`,
    holds: (value) => FORMATS.some((format) => format === value),
    needed: true,
  },
  files: {
    must: 'an object of file names in the folder',
    holds: (value) => isTextMap(value, isText),
    formats: ['idx', 'npz'],
  },
  range: {
    must: '[low, high], the values of background and ink, such as [0, 1]',
    holds: (value) =>
      Array.isArray(value) && value.length === 2 && value.every(isNumber) && value[0] < value[1],
    formats: ['npz'],
  },
  invert: { must: 'true or false', holds: (value) => typeof value === 'boolean' },
  testShare: {
    must: 'a number above 0 and below 1',
    holds: (value) => isNumber(value) && value > 0 && value < 1,
    formats: ['png'],
  },
  seed: { must: 'a whole number', holds: Number.isSafeInteger, formats: ['png'] },
  checksums: {
    must: 'an object of SHA-256 sums, 64 hexadecimal digits each, by file name',
    holds: (value) => isTextMap(value, (text) => /^[0-9a-f]{64}$/i.test(text)),
  },
}

/**
 * Reads the text of a `dataset.json`.
 *
 * @param file the name that errors carry
 * @throws Error naming the file and the key that is missing, unknown or out of range, and what is allowed
 */
export function parseDatasetJson(text: string, file: string): DatasetDescription {
  const wrong = (what: string) => new Error(`${file}: ${what}`)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw wrong(`it is not JSON: ${error instanceof Error ? error.message : error}`)
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw wrong('it must hold an object, {"title": …}')
  const given = new Map<string, unknown>(Object.entries(content))
  const unknown = [...given.keys()].find((key) => !Object.hasOwn(KEYS, key))
  if (unknown !== undefined)
    throw wrong(`${brief(unknown)} is unknown; there are ${Object.keys(KEYS).join(', ')}`)
  for (const [key, { must, holds, needed }] of Object.entries(KEYS)) {
    if (!given.has(key) && needed) throw wrong(`"${key}" is missing; it must be ${must}`)
    if (given.has(key) && !holds(given.get(key)))
      throw wrong(`"${key}" is ${brief(given.get(key))}; it must be ${must}`)
  }
  const description = content as DatasetDescription // every key was checked above
  checkForFormat(description, wrong)
  return description
}

/** A value as JSON, cut where it is long. */
function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function checkForFormat(description: DatasetDescription, wrong: (what: string) => Error): void {
  const { format, files = {} } = description
  for (const [key, { formats = FORMATS }] of Object.entries(KEYS))
    if (Object.hasOwn(description, key) && !formats.includes(format))
      throw wrong(`"${key}" means nothing with the format ${format}; it belongs to ${formats.join(' and ')}`)
  const unknown = Object.keys(files).find((key) => !FILE_KEYS[format].includes(key))
  if (unknown !== undefined)
    throw wrong(`"files" has no ${unknown} with the format ${format}; it has ${FILE_KEYS[format].join(', ')}`)
}
