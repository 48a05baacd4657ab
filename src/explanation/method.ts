import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Geometry } from '../network/geometry.js'
import { checkNames, register } from '../values/registry.js'
import type { SeriesStyle } from '../values/series-style.js'
import type { BackwardWalk, WalkStart } from './backward-walk.js'
import type { InputRange } from './rule.js'

/** What a method may use to explain f of each sequence of a batch: the target's logit, or the log-odds of the target. */
export interface Explained {
  /**
   * The sequences, `[batch, rows, steps·stepColumns]`, or a part of a larger batch. Noise should be one draw for all of them,
   * `[1, rows, steps·stepColumns]`, so that no sequence's relevance depends on its place.
   */
  readonly x: Tensor3D
  /** The range of the pixels. */
  readonly range: InputRange
  /** How sequences are read, where it was told; a method that needs it throws where it is null. */
  readonly geometry: Geometry | null
  /** How many items of one width stand side by side in a sequence, where it was told; a method that needs it throws where it is null. */
  readonly items: number | null
  /**
   * Walks back from f through the network and returns relevance of x's shape, at these sequences or at others of the same shape.
   * What the first walk at the sequences themselves passes is recorded where that was asked for.
   */
  walk(walk: BackwardWalk, at?: Tensor3D): Tensor3D
  /** f of the same target for other sequences of the same shape, `[batch]`; for the sequences themselves by default. */
  evidence(at?: Tensor3D): Tensor1D
}

/** An explanation method: whatever turns a network and sequences into relevance. */
export interface Method {
  /** In files, tables and command lines, e.g. `deepTaylor`. */
  readonly id: string
  /** In text, e.g. `Deep Taylor decomposition`. */
  readonly title: string
  /** Where there is little room, e.g. `DTD`. Default: the title. */
  readonly short?: string
  readonly style?: SeriesStyle
  /**
   * Relevance of every pixel, of the shape of `explained.x`: one backward walk, a mean of walks or a path of them, the removal of
   * parts, … A walk that is one object from batch to batch is compiled where the backend can, once for all methods that share it; one
   * that is made anew for each batch never is.
   */
  attribute(explained: Explained): Tensor3D
  /**
   * What enters at the logit where relevance is booked in a ledger, which then has to add up: f, or relu(f). Default: the method has
   * no ledger, as gradients have none.
   */
  readonly ledger?: Exclude<WalkStart, 'one'>
  /** Whether all that enters reaches the pixels but for neurons that have nobody to pass it to. Default: false. */
  readonly conserves?: boolean
}

/**
 * A method of one's own, ready for explaining, evaluation, figures, tables, the inspector and commands.
 *
 * @throws Error naming the method when a part is missing
 * @example
 * const steepness = defineMethod({
 *   id: 'steepness',
 *   title: 'Size of the gradient',
 *   attribute: ({ walk }) => tf.abs(walk(gradientWalk)),
 * })
 */
export function defineMethod(method: Method): Method {
  checkNames('method', method)
  if (typeof method.attribute !== 'function')
    throw new Error(`method '${method.id}' has no function attribute, from what is explained to relevance`)
  if (method.ledger !== undefined && method.ledger !== 'logit' && method.ledger !== 'positive')
    throw new Error(`method '${method.id}' has the ledger '${method.ledger}'; allowed are logit and positive`)
  register('method', method)
  return method
}
