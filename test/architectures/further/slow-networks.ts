import type { Geometry, Units } from '../../../src/network/geometry.js'

// The further networks written out, one sequence and one neuron at a time, in double precision and without any tensor.

type Vector = readonly number[]

/** Parameters in single or double precision. */
export type SlowValues = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: ArrayLike<number> }>
>

/** What a network computes one sequence with. */
export interface SlowNetwork {
  readonly values: SlowValues
  readonly geometry: Geometry
  readonly units: Units
}

/** Logits of one sequence, from its frames in the order in which they are read, each row-major. */
type SlowForward = (network: SlowNetwork, frames: readonly Vector[]) => number[]

const zeros = (count: number): number[] => new Array<number>(count).fill(0)
const positive = (x: number) => Math.max(0, x)
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const times = (a: Vector, b: Vector) => a.map((value, i) => value * b[i]!)
const plus = (a: Vector, b: Vector) => a.map((value, i) => value + b[i]!)

/** [x₁, x₂, …]·W + b, with the rows of W in the order of the inputs. */
function dense({ values }: SlowNetwork, layer: string, ...inputs: readonly Vector[]): number[] {
  const [kernel, bias] = [values[`${layer}.kernel`]!, values[`${layer}.bias`]!]
  const x = inputs.flat()
  const outs = bias.values.length
  if (x.length !== kernel.shape[0])
    throw new Error(`${layer} reads ${kernel.shape[0]} numbers, not ${x.length}`)
  return Array.from(bias.values, (b, j) =>
    x.reduce((sum, value, i) => sum + value * kernel.values[i * outs + j]!, b),
  )
}

/** The states of an Elman recurrence with ReLU over its inputs, in their order. */
function elmanStates(
  network: SlowNetwork,
  layer: string,
  units: number,
  inputs: readonly Vector[],
): number[][] {
  const states: number[][] = []
  let h = zeros(units)
  for (const input of inputs) {
    h = dense(network, layer, input, h).map(positive)
    states.push(h)
  }
  return states
}

/** relu of a SAME convolution with stride 1 of one channel, `[row][column][map]`. */
function convolved({ values, geometry }: SlowNetwork, layer: string, frame: Vector): number[][][] {
  const [kernel, bias] = [values[`${layer}.kernel`]!, values[`${layer}.bias`]!]
  const [height, width, , maps] = kernel.shape as [number, number, number, number]
  const at = (row: number, column: number) =>
    row < 0 || row >= geometry.rows || column < 0 || column >= geometry.stepColumns
      ? 0
      : frame[row * geometry.stepColumns + column]!
  return Array.from({ length: geometry.rows }, (_, row) =>
    Array.from({ length: geometry.stepColumns }, (_, column) =>
      Array.from({ length: maps }, (_, map) => {
        let sum: number = bias.values[map]!
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++)
            sum +=
              at(row + i - (height - 1) / 2, column + j - (width - 1) / 2) *
              kernel.values[(i * width + j) * maps + map]!
        return positive(sum)
      }),
    ),
  )
}

/** The largest of 2×2 blocks of maps, row-major. */
function maxima(maps: readonly (readonly (readonly number[])[])[]): number[] {
  const result: number[] = []
  for (let row = 0; row < maps.length; row += 2)
    for (let column = 0; column < maps[0]!.length; column += 2)
      for (let map = 0; map < maps[0]![0]!.length; map++) {
        const covered = [maps[row], maps[row + 1]].flatMap((line) => [line?.[column], line?.[column + 1]])
        result.push(Math.max(...covered.flatMap((pixel) => (pixel ? [pixel[map]!] : []))))
      }
  return result
}

/** By the networks' ids. */
export const slowForwards: Readonly<Record<string, SlowForward>> = {
  elman: (network, frames) =>
    dense(network, 'readout', elmanStates(network, 'hidden', network.units.hidden!, frames).at(-1)!),

  gru(network, frames) {
    let h = zeros(network.units.state!)
    for (const frame of frames) {
      const z = dense(network, 'update', frame, h).map(sigmoid)
      const r = dense(network, 'reset', frame, h).map(sigmoid)
      const candidate = dense(network, 'candidate', frame, times(r, h)).map(positive)
      h = plus(
        times(z, h),
        times(
          z.map((share) => 1 - share),
          candidate,
        ),
      )
    }
    return dense(network, 'readout', h)
  },

  'two-levels'(network, frames) {
    const lower = elmanStates(network, 'lower', network.units.lower!, frames)
    return dense(network, 'readout', elmanStates(network, 'upper', network.units.upper!, lower).at(-1)!)
  },

  bidirectional(network, frames) {
    const onward = elmanStates(network, 'onward', network.units.onward!, frames).at(-1)!
    const backward = elmanStates(network, 'backward', network.units.backward!, [...frames].reverse()).at(-1)!
    return dense(network, 'readout', onward, backward)
  },

  'every-step'(network, frames) {
    const states = elmanStates(network, 'hidden', network.units.hidden!, frames)
    // The bias counts once, and the readout is linear in the state.
    const total = states.reduce(plus)
    return dense(network, 'readout', total)
  },

  'max-pooling'(network, frames) {
    const features = frames.map((frame) => maxima(convolved(network, 'convolution', frame)))
    return dense(network, 'readout', elmanStates(network, 'hidden', network.units.hidden!, features).at(-1)!)
  },

  'tanh-lstm'(network, frames) {
    const cell = network.units.cell!
    let [c, h] = [zeros(cell), zeros(cell)]
    for (const frame of frames) {
      const gates = dense(network, 'gates', frame, h).map(sigmoid)
      const gate = (k: number) => gates.slice(k * cell, (k + 1) * cell)
      const [i, f, o] = [gate(0), gate(1), gate(2)]
      const candidate = dense(network, 'candidate', frame, h).map(Math.tanh)
      c = plus(times(f, c), times(i, candidate))
      h = times(o, c.map(Math.tanh))
    }
    return dense(network, 'readout', h)
  },
}

/** The logits of one sequence of pixels `[rows, steps·stepColumns]`, row-major. */
export function slowLogits(id: string, network: SlowNetwork, pixels: ArrayLike<number>): number[] {
  const { rows, stepColumns, steps, scan } = network.geometry
  const frames = Array.from({ length: steps }, (_, step) =>
    Array.from({ length: rows * stepColumns }, (_, at) => {
      const [row, column] = [Math.floor(at / stepColumns), at % stepColumns]
      return pixels[row * steps * stepColumns + step * stepColumns + column]!
    }),
  )
  const forward = slowForwards[id]
  if (forward === undefined) throw new Error(`network '${id}' is not written out`)
  return forward(network, scan === 'rightToLeft' ? frames.reverse() : frames)
}
