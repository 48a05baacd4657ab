import { isRecord } from './json.js'

/** What a model's file does not say. */
export interface Wiring {
  /** Rows of a frame or image. */
  readonly rows?: number
  /** Columns read at a step. */
  readonly stepColumns?: number
  readonly steps?: number
  /** Whether the first layer gets the sequence step by step or as one image. */
  readonly input?: 'steps' | 'image'
  /** The range of the pixels that the model was trained on. Default: [−1, 1], this project's. */
  readonly pixels?: readonly [low: number, high: number]
  /** Default: the model's name, or that of its folder. */
  readonly id?: string
  /** In text. Default: the id. */
  readonly title?: string
  /** PyTorch only: the modules in the order in which they compute. */
  readonly layers?: readonly unknown[]
  /** PyTorch only: tensors that take no part. */
  readonly ignore?: readonly string[]
}

const SIZES = ['rows', 'stepColumns', 'steps'] as const
const KEYS = [...SIZES, 'input', 'pixels', 'id', 'title', 'layers', 'ignore']
const ID = /^[A-Za-z][A-Za-z0-9-]*$/

/**
 * Wiring as it was read from JSON.
 *
 * @throws Error naming the file and the key that is unknown or has a value that is not allowed
 */
export function checkWiring(wiring: unknown, file: string): Wiring {
  const wrong = (what: string) => new Error(`${file}: ${what}`)
  if (!isRecord(wiring)) throw wrong('wiring must be an object')
  const unknown = Object.keys(wiring).find((key) => !KEYS.includes(key))
  if (unknown !== undefined)
    throw wrong(`wiring has the unknown key '${unknown}'; there are ${KEYS.join(', ')}`)
  for (const key of SIZES) {
    const size = wiring[key]
    if (size !== undefined && !(Number.isInteger(size) && (size as number) >= 1))
      throw wrong(`${key} is ${JSON.stringify(size)}; it must be a whole number of at least 1`)
  }
  if (wiring.input !== undefined && wiring.input !== 'steps' && wiring.input !== 'image')
    throw wrong(`input is ${JSON.stringify(wiring.input)}; allowed are steps and image`)
  if (wiring.pixels !== undefined && !isRange(wiring.pixels))
    throw wrong(`pixels is ${JSON.stringify(wiring.pixels)}; it must be a range such as [0, 1] or [0, 255]`)
  if (wiring.id !== undefined && !(typeof wiring.id === 'string' && ID.test(wiring.id)))
    throw wrong(`id is ${JSON.stringify(wiring.id)}; it must be letters, digits and hyphens, a letter first`)
  if (wiring.title !== undefined && typeof wiring.title !== 'string')
    throw wrong(`title is ${JSON.stringify(wiring.title)}; it must be text`)
  if (wiring.layers !== undefined && !Array.isArray(wiring.layers)) throw wrong('layers must be a list')
  const { ignore } = wiring
  if (ignore !== undefined && !(Array.isArray(ignore) && ignore.every((name) => typeof name === 'string')))
    throw wrong('ignore must be a list of names of tensors')
  return wiring
}

const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1]

/** An id made of any name. */
export function idOf(name: string): string {
  const id = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return /^[a-z]/.test(id) ? id : `model-${id}`.replace(/-$/, '')
}
