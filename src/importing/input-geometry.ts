import type { Geometry } from '../network/geometry.js'
import type { NetworkInput } from './imported-layer.js'
import type { Wiring } from './wiring.js'

/** A size of the input; null where any will do. */
type Length = number | null

type Size = 'rows' | 'stepColumns' | 'steps'

/** How a model reads sequences and in what sizes; classes are known by its last layer. */
export interface InputGeometry {
  readonly input: Omit<NetworkInput, 'trainedOn'>
  readonly geometry: Omit<Geometry, 'classes'>
}

const SHAPES =
  'read are steps [steps, pixels], [steps, rows, columns] or [steps, rows, columns, 1], and images [pixels], [rows, columns] or [rows, columns, 1]'
const WHAT: Readonly<Record<Size, string>> = {
  rows: 'how many rows a frame has',
  stepColumns: 'how many columns a step has',
  steps: 'how many steps a sequence has',
}

/**
 * Geometry from the shape of a model's input and, where that does not say it, from the wiring.
 *
 * Pixels are row-major. By default a matrix is a sequence of steps, and what ends in one channel and has three axes an image.
 *
 * @throws Error naming the file and the size that is missing or does not fit
 */
export function inputGeometry(shape: readonly Length[], wiring: Wiring, file: string): InputGeometry {
  const wrong = (what: string) =>
    new Error(`${file}: the model's input is [${shape.map((length) => length ?? 'any').join(', ')}]; ${what}`)
  const reads = wiring.input ?? defaultReading(shape)
  const axes = reads === 'steps' ? shape.slice(1) : shape
  if (axes.length < 1 || axes.length > 3) throw wrong(SHAPES)
  if (axes.length === 3 && axes[2] !== 1) throw wrong('images must have 1 channel')

  /** A size by all who tell it, who have to agree. */
  const agreed = (name: Size, ...told: (Length | undefined)[]): number => {
    const sizes = [wiring[name], ...told].filter((size): size is number => size != null)
    const [size] = sizes
    if (size === undefined) throw wrong(`say ${WHAT[name]} in the wiring, e.g. { "${name}": 28 }`)
    if (sizes.some((other) => other !== size))
      throw wrong(`that does not fit ${name} = ${size} of the wiring`)
    if (!Number.isInteger(size)) throw wrong(`that gives ${name} = ${size}, which is no whole number`)
    return size
  }

  const steps = reads === 'steps' ? agreed('steps', shape[0]) : (wiring.steps ?? 1)
  // An image holds the columns of all steps, a frame those of one.
  const parts = reads === 'steps' ? 1 : steps
  const share = (size: Length | undefined, by: number | undefined) =>
    size == null || by === undefined ? undefined : size / by
  if (axes.length > 1) {
    const rows = agreed('rows', axes[0])
    const stepColumns = agreed('stepColumns', share(axes[1], parts))
    const pixels = axes.length === 2 ? 'matrix' : 'channel'
    return { input: { reads, pixels }, geometry: { rows, stepColumns, steps } }
  }
  const frame = share(axes[0], parts)
  const { stepColumns: toldColumns } = wiring
  const rows = agreed('rows', share(frame, toldColumns))
  const stepColumns = agreed('stepColumns', share(frame, rows))
  return { input: { reads, pixels: 'row' }, geometry: { rows, stepColumns, steps } }
}

const defaultReading = (shape: readonly Length[]): 'steps' | 'image' =>
  shape.length === 1 || (shape.length === 3 && shape[2] === 1) ? 'image' : 'steps'
