import type { Tensor3D } from '@tensorflow/tfjs-core'
import type { Explanation } from '../../explanation/explain-batch.js'
import { ledgersOf } from '../../explanation/ledger.js'
import { observeNetwork } from '../../network/observe.js'
import type { GateFlow, Passage, StateFlow } from '../shared/protocol.js'
import type { Loaded } from './networks.js'

/** Follows a recorded explanation of one sequence through time. */
export function passageOf(explanation: Explanation, network: Loaded, x: Tensor3D): Passage {
  const { steps } = network.geometry
  return {
    states: network.states.flatMap((name) => stateFlow(explanation, name, steps) ?? []),
    gates: gateFlows(network, x),
    ledger: explanation.method.ledger === undefined ? null : ledgersOf(explanation, network.geometry)[0]!,
  }
}

function stateFlow({ taps }: Explanation, name: string, steps: number): StateFlow | null {
  const own = taps.filter((tap) => tap.name === name && typeof tap.step === 'number')
  if (own.length === 0) return null
  const units = own[0]!.shape[1]
  const relevance = new Float32Array(steps * units)
  for (const tap of own) relevance.set(tap.relevance, Number(tap.step) * units)
  return { name, units, relevance, totals: byStep(relevance, units, steps, sum) }
}

function gateFlows({ forward, w, geometry: { steps } }: Loaded, x: Tensor3D): GateFlow[] {
  const { gates } = observeNetwork(forward, w, x)
  const kinds = new Map(gates.map(({ on, isFromBefore }) => [`${on} ${isFromBefore}`, { on, isFromBefore }]))
  return [...kinds.values()].map(({ on, isFromBefore }) => {
    const own = gates.filter((gate) => gate.on === on && gate.isFromBefore === isFromBefore)
    const units = own[0]!.values.length
    const open = new Float32Array(steps * units)
    for (const { step, values } of own) open.set(values, step * units)
    return {
      on,
      isFromBefore,
      units,
      open,
      means: byStep(open, units, steps, (values) => sum(values) / units),
    }
  })
}

const byStep = (
  values: Float32Array,
  units: number,
  steps: number,
  of: (values: Float32Array) => number,
): number[] =>
  Array.from({ length: steps }, (_, step) => of(values.subarray(step * units, (step + 1) * units)))

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)
