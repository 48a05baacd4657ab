import { rLstm } from '../../../architectures/r-lstm.js'
import type { Units } from '../../../network/geometry.js'
import { type NamedValues, type ParameterSpec, sizeOf } from '../../../network/parameters.js'
import { countingLstm } from './counting-lstm.js'
import { type CountingNetwork, forwardBySteps } from './counting-network.js'
import { countingGeometry } from './counting-sequences.js'
import { addition, CHANNELS, type CountingTask, counting, subtraction } from './counting-task.js'

/** The sigmoid of this is 1 in single precision, and its slope 0: a gate that is always open. */
const OPEN = 30

/**
 * An R-LSTM that adds exactly: its input layer and its candidates hand each channel on to a cell of its own, its gates are always open,
 * and logit k reads cell k. f is the sum itself, so that the right relevance is exactly linear.
 */
export const exactRLstm: CountingNetwork = (() => {
  const units: Units = { input: CHANNELS, cell: CHANNELS }
  const specs = rLstm.parameters(countingGeometry(counting, 1), units)
  return exact({
    id: 'r-lstm-exact',
    title: 'R-LSTM, set by hand',
    task: counting,
    specs,
    forward: forwardBySteps((steps) => rLstm.forward(countingGeometry(counting, steps), units)),
    // What a candidate reads is the input before the state.
    kernels: {
      'input.kernel': identity(2, 2),
      'candidate.kernel': identity(4, 2),
      'readout.kernel': identity(2, 2),
    },
    open: ['inputGate.bias', 'forgetGate.bias', 'outputGate.bias'],
  })
})()

/** An LSTM of one cell with linear activations and open gates: its candidate is the number with its sign. */
function exactLstm(task: CountingTask): CountingNetwork {
  const architecture = countingLstm('linear')
  const { units } = architecture
  return exact({
    id: `lstm-exact-${task.id}`,
    title: `LSTM, linear, set by hand, ${task.title}`,
    task,
    specs: architecture.parameters(countingGeometry(task, 1), units),
    forward: forwardBySteps((steps) => architecture.forward(countingGeometry(task, steps), units)),
    kernels: { 'lstm.candidate.kernel': [...task.weights[0]!], 'readout.kernel': [1] },
    open: ['lstm.gates.bias'],
  })
}

/** The paper's network with linear activations, set by hand to add. */
export const exactAddition: CountingNetwork = exactLstm(addition)

/** The paper's network with linear activations, set by hand to subtract. */
export const exactSubtraction: CountingNetwork = exactLstm(subtraction)

interface Setting extends Omit<CountingNetwork, 'parameters'> {
  /** Kernels that are not 0, row-major. */
  readonly kernels: Readonly<Record<string, readonly number[]>>
  /** Biases of gates that are always open. */
  readonly open: readonly string[]
}

function exact({ kernels, open, ...network }: Setting): CountingNetwork {
  return { ...network, parameters: async () => setByHand(network.specs, kernels, open) }
}

/** All 0 but these kernels and the biases of open gates. */
const setByHand = (
  specs: readonly ParameterSpec[],
  kernels: Setting['kernels'],
  open: readonly string[],
): NamedValues =>
  Object.fromEntries(
    specs.map(({ name, shape }) => [
      name,
      {
        shape,
        values: Float32Array.from(
          kernels[name] ?? new Float32Array(sizeOf(shape)).fill(open.includes(name) ? OPEN : 0),
        ),
      },
    ]),
  )

/** Row-major, 1 where row and column have one number. */
function identity(rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => (Math.floor(i / columns) === i % columns ? 1 : 0))
}
