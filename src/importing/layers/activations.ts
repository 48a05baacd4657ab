import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Domain, Operations } from '../../network/operations.js'
import type { Activation, GateActivation } from '../imported-layer.js'

/** x after its activation. */
export function activate<T extends Tensor>(ops: Operations, x: T, activation: Activation): T {
  if (activation === 'relu') return ops.relu(x)
  if (activation === 'tanh') return ops.tanh(x)
  return x
}

/** What is known of the numbers behind an activation. */
export const domainBehind = (activation: Activation): Domain =>
  activation === 'relu' ? 'nonnegative' : 'signed'

/** A gate in [0, 1]. */
export const openGate = (ops: Operations, x: Tensor2D, activation: GateActivation): Tensor2D =>
  activation === 'sigmoid' ? ops.sigmoid(x) : ops.hardSigmoid(x)
