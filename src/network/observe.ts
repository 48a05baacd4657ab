import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.js'
import type { Forward, Operations, Parameters, TapStep } from './operations.js'

/** The activations at one tap, `[batch, units]`, or `[steps·batch, units]` where all steps come at once. */
export interface ObservedTap {
  readonly name: string
  readonly step: TapStep
  readonly values: Float32Array
}

/** How far a gate is open at one step, from 0 to 1, `[batch, units]`. */
export interface ObservedGate {
  /** The tap whose signal it lets through. */
  readonly on: string
  /** Whether that signal comes from the step before, as the cell does at a forget gate. */
  readonly isFromBefore: boolean
  readonly step: number
  readonly values: Float32Array
}

/** What a network computes on its way. */
export interface Observed {
  /** `[batch, classes]`. */
  readonly logits: Float32Array
  readonly taps: readonly ObservedTap[]
  readonly gates: readonly ObservedGate[]
}

/** A gate as it is used: on the signal of which tap. */
interface UsedGate {
  readonly on: string
  readonly tapped: TapStep
  readonly values: Float32Array
}

/**
 * One pass forward that notes the activations at taps and how far gates are open. A gate on a signal that no tap names is left out.
 *
 * @param x sequences `[batch, rows, columns]`
 * @example
 * const w = toTensors(model.parameters)
 * const x = tf.zeros([1, 28, 84]) as tf.Tensor3D
 * const { gates } = observeNetwork(rLstm.forward(THESIS_GEOMETRY, rLstm.units), w, x)
 * gates.filter(({ on, isFromBefore }) => on === 'cell' && isFromBefore) // the forget gate, step by step
 * tf.dispose([w, x])
 */
export function observeNetwork(forward: Forward, w: Parameters, x: Tensor3D): Observed {
  const found: { logits?: Float32Array } = {}
  const taps: ObservedTap[] = []
  const used: UsedGate[] = []
  tf.tidy(() => {
    const pass = differentiable({ purpose: 'explaining' })
    const sources = new Map<number, { readonly on: string; readonly tapped: TapStep }>()
    const valuesOf = (tensor: Tensor) => tensor.dataSync<'float32'>().slice()
    const noting: Operations = {
      ...pass,
      initial(name, batch, units, after) {
        const state = pass.initial(name, batch, units, after)
        sources.set(state.id, { on: name, tapped: 'initial' })
        return state
      },
      tap(name, step, given) {
        const tapped = pass.tap(name, step, given)
        sources.set(tapped.id, { on: name, tapped: step })
        taps.push({ name, step, values: valuesOf(tapped) })
        return tapped
      },
      gate(gate: Tensor2D, signal: Tensor2D) {
        const source = sources.get(signal.id)
        if (source !== undefined) used.push({ ...source, values: valuesOf(gate) })
        return pass.gate(gate, signal)
      },
    }
    try {
      found.logits = valuesOf(forward(noting, w, x))
    } finally {
      pass.dispose()
    }
  })
  return { logits: found.logits!, taps, gates: inTheirSteps(used, taps) }
}

/**
 * The step of each gate: what gates the state before the first step gates it at the next one at every step, and comes after what gates
 * it at its own.
 */
function inTheirSteps(used: readonly UsedGate[], taps: readonly ObservedTap[]): ObservedGate[] {
  const usedOn = (on: string, tapped: TapStep) =>
    used.filter((gate) => gate.on === on && gate.tapped === tapped)
  return used.flatMap((gate) => {
    const { on, tapped, values } = gate
    if (tapped === 'initial') return { on, isFromBefore: true, step: 0, values }
    if (tapped === 'all') return []
    const together = usedOn(on, tapped)
    const isLast = !taps.some(({ name, step }) => name === on && Number(step) > tapped)
    const later = isLast ? 0 : usedOn(on, 'initial').length
    const isFromBefore = together.indexOf(gate) >= together.length - later
    return { on, isFromBefore, step: isFromBefore ? tapped + 1 : tapped, values }
  })
}
