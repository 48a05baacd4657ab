import { fromHalf } from '../../files/safetensors.js'
import { type ParameterValues, sizeOf } from '../../network/parameters.js'
import { areIntegers, isRecord } from '../json.js'

/** One tensor in a model's list of weights. */
interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number }
}

/** The specifications of all weights in the order of their bytes, of model.json or of the artifacts of TensorFlow.js. */
export function weightSpecs(json: Readonly<Record<string, unknown>>, file: string): WeightSpec[] {
  const { weightsManifest, weightSpecs } = json
  const groups = Array.isArray(weightsManifest)
    ? weightsManifest.flatMap((group: unknown) => (isRecord(group) ? [group.weights] : []))
    : [weightSpecs]
  const specs = groups.flatMap((group) => (Array.isArray(group) ? (group as unknown[]) : [null]))
  if (!specs.every(isSpec))
    throw new Error(`${file} has no list of weights with name, shape and dtype in its weightsManifest`)
  return specs
}

const isSpec = (spec: unknown): spec is WeightSpec =>
  isRecord(spec) && typeof spec.name === 'string' && areIntegers(spec.shape) && typeof spec.dtype === 'string'

/** How numbers lie in the file: their bytes, and from bytes to a number. */
interface Format {
  readonly size: number
  read(view: DataView, at: number): number
}

const FORMATS: Readonly<Record<string, Format>> = {
  float32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  int32: { size: 4, read: (view, at) => view.getInt32(at, true) },
  bool: { size: 1, read: (view, at) => view.getUint8(at) },
  uint8: { size: 1, read: (view, at) => view.getUint8(at) },
  uint16: { size: 2, read: (view, at) => view.getUint16(at, true) },
  float16: { size: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
}

/**
 * All weights by name, quantised ones as the numbers they stand for.
 *
 * @param bytes those of all files, one after the other
 * @throws Error naming the file and the weight whose bytes are missing or of an unknown type
 */
export function readWeights(
  specs: readonly WeightSpec[],
  bytes: Uint8Array,
  file: string,
): Map<string, ParameterValues> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const weights = new Map<string, ParameterValues>()
  let at = 0
  for (const { name, shape, dtype, quantization } of specs) {
    const stored = quantization?.dtype ?? dtype
    const format = FORMATS[stored]
    if (format === undefined)
      throw new Error(
        `${file}: weight '${name}' holds ${stored}; read are ${Object.keys(FORMATS).join(', ')}`,
      )
    const count = sizeOf(shape)
    if (at + count * format.size > bytes.length)
      throw new Error(
        `${file}: weight '${name}' [${shape}] ends at byte ${at + count * format.size} of ${bytes.length}; a file of weights is missing or cut off`,
      )
    const { scale = 1, min = 0 } = quantization ?? {}
    const values = Float32Array.from(
      { length: count },
      (_, i) => format.read(view, at + i * format.size) * scale + min,
    )
    at += count * format.size
    weights.set(name.replace(/:0$/, ''), { shape, values })
  }
  if (at !== bytes.length)
    throw new Error(`${file}: its weights take ${at} bytes, and there are ${bytes.length}`)
  return weights
}

/** The weights of one layer by their last name, e.g. `kernel`; `part` is `forward` or `backward` where a layer has two cells. */
export function weightsOfLayer(
  all: ReadonlyMap<string, ParameterValues>,
  path: string,
  part?: 'forward' | 'backward',
): Record<string, ParameterValues> {
  const found = [...all].flatMap(([name, values]) => {
    const below = belowLayer(name, path)
    if (below === null) return []
    if (part !== undefined && !below.some((segment) => segment.startsWith(part))) return []
    return [[below[below.length - 1]!, values] as const]
  })
  return Object.fromEntries(found)
}

/** What of a weight's name follows a layer's; null where it is another layer's. */
function belowLayer(name: string, path: string): string[] | null {
  const at = `/${name}`.indexOf(`/${path}/`)
  return at < 0 ? null : name.slice(at + path.length + 1).split('/')
}
