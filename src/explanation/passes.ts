import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { logitsTensor } from '../network/logits.js'
import type { Forward, Parameters } from '../network/operations.js'
import { type BackwardWalk, type Walked, walkBack } from './backward-walk.js'
import { type Chosen, chosenBy } from './chosen.js'
import type { Evidence } from './evidence.js'
import type { InputRange } from './rule.js'

/** A network that is asked about sequences: forward, or forward and back. What is returned is the caller's to dispose of. */
export interface Passes {
  /** `[batch, classes]`. */
  logits(at: Tensor3D): Tensor2D
  walk(walk: BackwardWalk, at: Tensor3D, chosen: Chosen, record: boolean): Walked
}

/** What all passes over a network have in common. */
export interface Asked {
  readonly forward: Forward
  readonly w: Parameters
  readonly range: InputRange
  readonly evidence: Evidence
}

/** Passes whose operations run one by one. */
export const plainPasses = ({ forward, w, range, evidence }: Asked): Passes => ({
  logits: (at) => logitsTensor(forward, w, at),
  walk: (walk, x, chosen, record) =>
    walkBack(walk, forward, { w, x, range, record }, { evidence, target: (own) => chosenBy(chosen, own) }),
})
