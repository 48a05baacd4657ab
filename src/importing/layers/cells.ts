import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Domain, Operations, Parameters, Term } from '../../network/operations.js'
import type { ParameterSpec } from '../../network/parameters.js'
import type { CellType, RecurrentLayer } from '../imported-layer.js'
import { activate, domainBehind, openGate } from './activations.js'
import { kernelAndBias } from './layer-kind.js'

/** One reading of a sequence by one cell. */
export interface Reading {
  readonly ops: Operations
  readonly w: Parameters
  /** Of the cell: the layer's, or with its direction where there are two. */
  readonly name: string
  readonly layer: RecurrentLayer
  readonly units: number
  readonly batch: number
  /** All steps, `[steps·batch, in]`. */
  readonly x: Tensor2D
  readonly domain: Domain
  readonly steps: number
  /** Records the neurons' values after a step. */
  tap(name: string, step: number, x: Tensor2D): Tensor2D
}

/** From one step of the sequence to the cell's output behind it, `[batch, units]`; steps are given in the order of reading. */
type Advance = (step: number) => Tensor2D

export interface Cell {
  /** The parameters of a cell that reads `inputs` numbers a step. */
  parameters(name: string, inputs: number, units: number): ParameterSpec[]
  /** Begins at a state of zeros. */
  begin(reading: Reading): Advance
}

const recurrentSpecs = (name: string, inputs: number, units: number, out: number): ParameterSpec[] => [
  ...kernelAndBias(name, [inputs, out]),
  { name: `${name}.recurrentKernel`, shape: [units, out], kind: 'kernel' },
]

const matrix = ({ w }: Reading, name: string) => w[name] as Tensor2D
const vector = ({ w }: Reading, name: string) => w[name] as Tensor1D

/** The input's terms of every step in one product. */
const inputTerms = (reading: Reading, name: string): Term[] =>
  reading.ops.terms(reading.x, matrix(reading, `${name}.kernel`), reading.domain, reading.steps)

/** The pre-activations [x, h]·W + b of a step. */
function preactivation(
  reading: Reading,
  name: string,
): (h: Tensor2D, domain: Domain, step: number) => Tensor2D {
  const inputs = inputTerms(reading, name)
  return (h, domain, step) => {
    const state = reading.ops.term(h, matrix(reading, `${name}.recurrentKernel`), domain)
    return reading.ops.affine(name, [inputs[step]!, state], vector(reading, `${name}.bias`))
  }
}

const initial = ({ ops, batch, units, x }: Reading, name: string): Tensor2D =>
  ops.initial(name, batch, units, x)

/** h = activation([x, h]·W + b) (Elman 1990). */
const simple: Cell = {
  parameters: (name, inputs, units) => recurrentSpecs(name, inputs, units, units),
  begin(reading) {
    const { ops, name, layer } = reading
    const sum = preactivation(reading, name)
    let h = initial(reading, name)
    return (step) => {
      const next = activate(ops, sum(h, domainBehind(layer.activation), step), layer.activation)
      h = reading.tap(name, step, next)
      return h
    }
  },
}

/** i, f, o = σ([x, h]·W + b); c = f·c + i·activation([x, h]·W + b); h = o·activation(c) (Hochreiter and Schmidhuber 1997, Gers et al. 2000). */
const lstm: Cell = {
  parameters: (name, inputs, units) => [
    ...recurrentSpecs(`${name}.gates`, inputs, units, 3 * units),
    ...recurrentSpecs(`${name}.candidate`, inputs, units, units),
  ],
  begin(reading) {
    const { ops, name, layer } = reading
    const domain = domainBehind(layer.activation)
    const gates = preactivation(reading, `${name}.gates`)
    const candidates = preactivation(reading, `${name}.candidate`)
    let c = initial(reading, `${name}.cell`)
    let h = initial(reading, name)
    return (step) => {
      const opened = openGate(ops, gates(h, domain, step), layer.gates)
      const [input, forget, output] = tf.split<Tensor2D>(opened, 3, 1)
      const candidate = reading.tap(
        `${name}.candidate`,
        step,
        activate(ops, candidates(h, domain, step), layer.activation),
      )
      const next = ops.sum(ops.gate(forget!, c), ops.gate(input!, candidate), domain, `${name}.cell`)
      c = reading.tap(`${name}.cell`, step, next)
      h = reading.tap(name, step, ops.gate(output!, activate(ops, c, layer.activation)))
      return h
    }
  },
}

/** h = z·h + (1 − z)·candidate, with z and r two gates of [x, h]; the candidate is what the two GRUs differ in. */
function gatedState(
  reading: Reading,
  candidateOf: (reset: Tensor2D, h: Tensor2D, step: number) => Tensor2D,
): Advance {
  const { ops, name, layer } = reading
  const domain = domainBehind(layer.activation)
  const gates = preactivation(reading, `${name}.gates`)
  let h = initial(reading, name)
  return (step) => {
    const [update, reset] = tf.split<Tensor2D>(openGate(ops, gates(h, domain, step), layer.gates), 2, 1)
    const candidate = reading.tap(
      `${name}.candidate`,
      step,
      activate(ops, candidateOf(reset!, h, step), layer.activation),
    )
    const added = ops.gate(ops.complement(update!), candidate)
    h = reading.tap(name, step, ops.sum(ops.gate(update!, h), added, domain, name))
    return h
  }
}

/** The candidate is activation([x, r·h]·W + b) (Cho et al. 2014). */
const gru: Cell = {
  parameters: (name, inputs, units) => [
    ...recurrentSpecs(`${name}.gates`, inputs, units, 2 * units),
    ...recurrentSpecs(`${name}.candidate`, inputs, units, units),
  ],
  begin(reading) {
    const { ops, name, layer } = reading
    const candidates = preactivation(reading, `${name}.candidate`)
    return gatedState(reading, (reset, h, step) =>
      candidates(ops.gate(reset, h), domainBehind(layer.activation), step),
    )
  },
}

/** The candidate is activation(x·W + b + r·(h·U + d)), so that the reset gate weighs sums instead of states. */
const gruResetAfter: Cell = {
  parameters: (name, inputs, units) => [
    ...recurrentSpecs(`${name}.gates`, inputs, units, 2 * units),
    ...kernelAndBias(`${name}.candidate`, [inputs, units]),
    ...kernelAndBias(`${name}.candidate.recurrent`, [units, units]),
  ],
  begin(reading) {
    const { ops, name, layer } = reading
    const [candidate, recurrent] = [`${name}.candidate`, `${name}.candidate.recurrent`]
    const inputs = inputTerms(reading, candidate)
    return gatedState(reading, (reset, h, step) => {
      const state = ops.term(h, matrix(reading, `${recurrent}.kernel`), domainBehind(layer.activation))
      const fromState = ops.affine(recurrent, [state], vector(reading, `${recurrent}.bias`))
      const fromInput = ops.affine(candidate, [inputs[step]!], vector(reading, `${candidate}.bias`))
      return ops.sum(fromInput, ops.gate(reset, fromState), 'signed', candidate)
    })
  },
}

export const cells: Readonly<Record<CellType, Cell>> = { simple, lstm, gru, gruResetAfter }
