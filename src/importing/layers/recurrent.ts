import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Operations, Parameters } from '../../network/operations.js'
import type { RecurrentLayer } from '../imported-layer.js'
import { type Signal, stepByStep } from '../signal.js'
import { domainBehind } from './activations.js'
import { cells } from './cells.js'
import { type LayerKind, refuse, type Surroundings } from './layer-kind.js'
import { tapped } from './tapped.js'

/** The cells of a layer: one under the layer's name, or one for each direction. */
export const cellNames = ({ name, direction }: RecurrentLayer): string[] =>
  direction === 'both' ? [`${name}.forward`, `${name}.backward`] : [name]

const width = ({ direction, merge }: RecurrentLayer, units: number) =>
  direction === 'both' && merge === 'concatenate' ? 2 * units : units

function stepsAndInputs(layer: RecurrentLayer, input: readonly number[]): [number, number] {
  if (input.length !== 2) throw refuse(layer, `reads [${input}]; a recurrence needs [steps, features]`)
  return input as [number, number]
}

/** A cell that reads a sequence forwards, backwards, or two cells that read it both ways. */
export const recurrent: LayerKind<RecurrentLayer> = {
  hasUnits: true,
  outputShape(layer, input, { units }) {
    const [steps] = stepsAndInputs(layer, input)
    return layer.output === 'allSteps' ? [steps, width(layer, units)] : [width(layer, units)]
  },
  parameters(layer, input, { units }) {
    const [, inputs] = stepsAndInputs(layer, input)
    return cellNames(layer).flatMap((name) => cells[layer.cell].parameters(name, inputs, units))
  },
  apply(ops, w, layer, given, around) {
    const signal = stepByStep(given)
    const backwards = layer.direction === 'both' ? [false, true] : [layer.direction === 'backward']
    const outputs = cellNames(layer).map((name, i) =>
      read(ops, w, layer, name, backwards[i]!, signal, around),
    )
    const merged = merge(ops, layer, outputs)
    const isSequence = layer.output === 'allSteps'
    const result: Signal = {
      ...signal,
      x: merged,
      shape: isSequence ? [signal.shape[0]!, merged.shape[1]] : [merged.shape[1]],
      byStep: isSequence,
      domain: domainBehind(layer.activation),
      reversed: isSequence && signal.reversed !== (layer.direction === 'backward'),
    }
    return layer.direction === 'both' ? tapped(ops, layer.name, result, around) : result
  },
}

/** What one cell gives to the next layer, `[batch, units]` or `[steps·batch, units]`. */
function read(
  ops: Operations,
  w: Parameters,
  layer: RecurrentLayer,
  name: string,
  backwards: boolean,
  signal: Signal,
  { geometry, units }: Surroundings,
): Tensor2D {
  const steps = signal.shape[0]!
  const x = signal.x as Tensor2D
  // Steps that are no longer those of the sequence have no number that a reader could find.
  const stepOf = (step: number) => (signal.reversed ? steps - 1 - step : step)
  const tap = (tapName: string, step: number, values: Tensor2D) =>
    steps === geometry.steps ? ops.tap(tapName, stepOf(step), values) : values
  const { batch, domain } = signal
  const advance = cells[layer.cell].begin({ ops, w, name, layer, units, batch, x, domain, steps, tap })

  const order = Array.from({ length: steps }, (_, i) => (backwards ? steps - 1 - i : i))
  if (layer.output === 'lastStep') {
    // A cell that reads backwards is at the last step after one.
    const last = order.indexOf(steps - 1)
    return order.slice(0, last + 1).map(advance)[last]!
  }
  const outputs = order.map(advance)
  if (layer.output === 'finalState') return outputs[steps - 1]!
  // Two directions meet at each step; one alone hands on its outputs as they come.
  return tf.concat(layer.direction === 'both' && backwards ? outputs.reverse() : outputs, 0)
}

function merge(ops: Operations, layer: RecurrentLayer, outputs: readonly Tensor2D[]): Tensor2D {
  const [forward, backward] = outputs
  if (backward === undefined) return forward!
  return layer.merge === 'concatenate'
    ? tf.concat([forward!, backward], 1)
    : ops.sum(forward!, backward, domainBehind(layer.activation), layer.name)
}
