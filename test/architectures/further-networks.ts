import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Architecture } from '../../src/architectures/index.js'
import { readout } from '../../src/architectures/index.js'
import type { Geometry } from '../../src/network/geometry.js'
import type { Operations, Parameters, Term } from '../../src/network/operations.js'
import { layer } from '../../src/network/parameters.js'
import { frameImages, frames } from '../../src/network/sequence.js'

// Networks of cells that the thesis has none of, as plain objects: they register nothing.

const kernelOf = (w: Parameters, name: string) => w[`${name}.kernel`]!
const biasOf = (w: Parameters, name: string) => w[`${name}.bias`]!

/** The rows of a kernel that belong to each of several inputs. */
const rowsOf = (kernel: Tensor, ...sizes: number[]): Tensor[] => tf.split(kernel, sizes, 0)

/** An Elman recurrence with ReLU over some inputs, a term for each step, in the given order of steps. */
function elmanStates(
  ops: Operations,
  name: string,
  inputs: readonly Term[],
  { fromState, bias, start }: { fromState: Tensor; bias: Tensor; start: Tensor2D },
  order: readonly number[] = inputs.map((_, step) => step),
): Tensor2D[] {
  const states: Tensor2D[] = []
  let h = start
  for (const step of order) {
    const sum = ops.affine(name, [inputs[step]!, ops.term(h, fromState, 'nonnegative')], bias)
    h = ops.tap(name, step, ops.keep(name, ops.relu(sum)))
    states[step] = h
  }
  return states
}

const elmanOverPixels = (geometry: Geometry, name: string, units: number, order?: readonly number[]) => {
  return (ops: Operations, w: Parameters, pixels: Tensor2D): Tensor2D[] => {
    const [fromPixels, fromState] = rowsOf(kernelOf(w, name), pixels.shape[1], units)
    const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
    const start = ops.initial(name, pixels.shape[0] / geometry.steps, units, pixels)
    return elmanStates(ops, name, inputs, { fromState: fromState!, bias: biasOf(w, name), start }, order)
  }
}

/** h = relu([x, h]·W + b); the readout reads the last h. */
export const elman: Architecture = {
  id: 'elman',
  title: 'Elman',
  units: { hidden: 8 },
  parameters: ({ rows, stepColumns, classes }, { hidden }) => [
    ...layer('hidden', [rows * stepColumns + hidden!, hidden!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward:
    (geometry, { hidden }) =>
    (ops, w, x) =>
      readout(ops, w, elmanOverPixels(geometry, 'hidden', hidden!)(ops, w, frames(x, geometry)).at(-1)!),
}

/** A GRU whose candidate is a ReLU: h = z·h + (1 − z)·relu([x, r·h]·W + b) (Cho et al. 2014). */
export const gru: Architecture = {
  id: 'gru',
  title: 'GRU',
  units: { state: 6 },
  parameters: ({ rows, stepColumns, classes }, { state }) => [
    ...layer('update', [rows * stepColumns + state!, state!], 'freeBias'),
    ...layer('reset', [rows * stepColumns + state!, state!], 'freeBias'),
    ...layer('candidate', [rows * stepColumns + state!, state!]),
    ...layer('readout', [state!, classes]),
  ],
  forward:
    (geometry, { state }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const parts = Object.fromEntries(
        ['update', 'reset', 'candidate'].map((name) => {
          const [fromPixels, fromState] = rowsOf(kernelOf(w, name), pixels.shape[1], state!)
          const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
          const of = (step: number, h: Tensor2D) =>
            ops.affine(name, [inputs[step]!, ops.term(h, fromState!, 'nonnegative')], biasOf(w, name))
          return [name, of]
        }),
      )
      let h = ops.initial('state', x.shape[0], state!, pixels)
      for (let step = 0; step < geometry.steps; step++) {
        const z = ops.sigmoid(parts.update!(step, h))
        const r = ops.sigmoid(parts.reset!(step, h))
        const candidate = ops.relu(parts.candidate!(step, ops.gate(r, h)))
        h = ops.tap('state', step, ops.sum(ops.gate(z, h), ops.gate(ops.complement(z), candidate)))
      }
      return readout(ops, w, h)
    },
}

/** Two Elman levels, the upper one reading the lower one's state of the same step. */
export const twoLevels: Architecture = {
  id: 'two-levels',
  title: 'Two levels',
  units: { lower: 7, upper: 5 },
  parameters: ({ rows, stepColumns, classes }, { lower, upper }) => [
    ...layer('lower', [rows * stepColumns + lower!, lower!]),
    ...layer('upper', [lower! + upper!, upper!]),
    ...layer('readout', [upper!, classes]),
  ],
  forward:
    (geometry, { lower, upper }) =>
    (ops, w, x) => {
      const states = elmanOverPixels(geometry, 'lower', lower!)(ops, w, frames(x, geometry))
      const [fromLower, fromState] = rowsOf(kernelOf(w, 'upper'), lower!, upper!)
      const inputs = states.map((state) => ops.term(state, fromLower!, 'nonnegative'))
      const start = ops.initial('upper', x.shape[0], upper!, states[0]!)
      const own = { fromState: fromState!, bias: biasOf(w, 'upper'), start }
      return readout(ops, w, elmanStates(ops, 'upper', inputs, own).at(-1)!)
    },
}

/** Two Elman recurrences, one from either end; the readout reads the last state of both. */
export const bidirectional: Architecture = {
  id: 'bidirectional',
  title: 'Bidirectional',
  units: { onward: 6, backward: 4 },
  parameters: ({ rows, stepColumns, classes }, { onward, backward }) => [
    ...layer('onward', [rows * stepColumns + onward!, onward!]),
    ...layer('backward', [rows * stepColumns + backward!, backward!]),
    ...layer('readout', [onward! + backward!, classes]),
  ],
  forward:
    (geometry, { onward, backward }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const fromTheEnd = Array.from({ length: geometry.steps }, (_, k) => geometry.steps - 1 - k)
      const right = elmanOverPixels(geometry, 'onward', onward!)(ops, w, pixels).at(-1)!
      const left = elmanOverPixels(geometry, 'backward', backward!, fromTheEnd)(ops, w, pixels)[0]!
      const [ofRight, ofLeft] = rowsOf(kernelOf(w, 'readout'), onward!, backward!)
      const terms = [ops.term(right, ofRight!, 'nonnegative'), ops.term(left, ofLeft!, 'nonnegative')]
      return ops.affine('readout', terms, biasOf(w, 'readout'))
    },
}

/** An Elman network whose readout reads the state at every step, by one kernel. */
export const everyStep: Architecture = {
  ...elman,
  id: 'every-step',
  title: 'Every step',
  forward:
    (geometry, { hidden }) =>
    (ops, w, x) => {
      const states = elmanOverPixels(geometry, 'hidden', hidden!)(ops, w, frames(x, geometry))
      const terms = ops.terms(tf.concat(states), kernelOf(w, 'readout'), 'nonnegative', geometry.steps)
      return ops.affine('readout', terms, biasOf(w, 'readout'))
    },
}

/** A convolution and the maxima of its maps before an Elman recurrence. */
export const maxPooling: Architecture = {
  id: 'max-pooling',
  title: 'Max pooling',
  units: { maps: 3, hidden: 8 },
  parameters: ({ rows, stepColumns, classes }, { maps, hidden }) => [
    ...layer('convolution', [3, 3, 1, maps!]),
    ...layer('hidden', [Math.ceil(rows / 2) * Math.ceil(stepColumns / 2) * maps! + hidden!, hidden!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward:
    (geometry, { hidden }) =>
    (ops, w, x) => {
      const images = frameImages(x, geometry)
      const maps = ops.relu(
        ops.conv2d('convolution', images, kernelOf(w, 'convolution'), biasOf(w, 'convolution'), 'pixels'),
      )
      const features: Tensor2D = tf.reshape(ops.maxPool('pool', maps), [images.shape[0], -1])
      const [fromFeatures, fromState] = rowsOf(kernelOf(w, 'hidden'), features.shape[1], hidden!)
      const inputs = ops.terms(features, fromFeatures!, 'nonnegative', geometry.steps)
      const start = ops.initial('hidden', x.shape[0], hidden!, features)
      const own = { fromState: fromState!, bias: biasOf(w, 'hidden'), start }
      return readout(ops, w, elmanStates(ops, 'hidden', inputs, own).at(-1)!)
    },
}

/** An LSTM with its tanh, whose states may be negative (Hochreiter and Schmidhuber 1997). */
export const tanhLstm: Architecture = {
  id: 'tanh-lstm',
  title: 'tanh-LSTM',
  units: { cell: 5 },
  parameters: ({ rows, stepColumns, classes }, { cell }) => [
    ...layer('gates', [rows * stepColumns + cell!, 3 * cell!], 'freeBias'),
    ...layer('candidate', [rows * stepColumns + cell!, cell!], 'freeBias'),
    ...layer('readout', [cell!, classes]),
  ],
  forward:
    (geometry, { cell }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const partOf = (name: string) => {
        const [fromPixels, fromState] = rowsOf(kernelOf(w, name), pixels.shape[1], cell!)
        const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
        return (step: number, h: Tensor2D) =>
          ops.affine(name, [inputs[step]!, ops.term(h, fromState!, 'signed')], biasOf(w, name))
      }
      const [gates, candidate] = [partOf('gates'), partOf('candidate')]
      let c = ops.initial('cell', x.shape[0], cell!, pixels)
      let h = ops.initial('output', x.shape[0], cell!, pixels)
      for (let step = 0; step < geometry.steps; step++) {
        const [i, f, o] = tf.split<Tensor2D>(ops.sigmoid(gates(step, h)), 3, 1)
        const added = ops.gate(i!, ops.tanh(candidate(step, h)))
        c = ops.tap('cell', step, ops.sum(ops.gate(f!, c), added, 'signed', 'cell'))
        h = ops.tap('output', step, ops.gate(o!, ops.tanh(c)))
      }
      return ops.affine('readout', [ops.term(h, kernelOf(w, 'readout'), 'signed')], biasOf(w, 'readout'))
    },
}

export const furtherNetworks: readonly Architecture[] = [
  elman,
  gru,
  twoLevels,
  bidirectional,
  everyStep,
  maxPooling,
  tanhLstm,
]
