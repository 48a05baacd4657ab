import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Geometry } from '../network/geometry.js'
import type { Recorded } from './backward-walk.js'
import { type Chosen, chosenBy } from './chosen.js'
import { type Evidence, evidenceOf } from './evidence.js'
import type { Explained, Method } from './method.js'
import type { Passes } from './passes.js'
import type { Entry } from './recorder.js'
import type { InputRange } from './rule.js'

/** A batch that is to be explained, and by which passes a network is asked. */
interface Batch {
  readonly passes: Passes
  readonly x: Tensor3D
  readonly chosen: Chosen
  readonly evidence: Evidence
  readonly range: InputRange
  readonly geometry: Geometry | null
  readonly items: number | null
  readonly record: boolean
}

/** Lets a method explain a batch; returns relevance, logits, and the recorded tensors with what they are. */
export function attributeBatch(
  method: Method,
  { passes, x, chosen, evidence, range, geometry, items, record }: Batch,
): { readonly outputs: Tensor[]; readonly entries: readonly Entry[] } {
  const known: { logits?: Tensor2D; target?: Tensor2D; recorded?: Recorded } = {}
  const logits = (): Tensor2D => {
    known.logits ??= passes.logits(x)
    return known.logits
  }
  const target = (): Tensor2D => {
    known.target ??= chosenBy(chosen, logits())
    return known.target
  }
  const checkAlike = (at: Tensor3D) => {
    if (at.shape.join() !== x.shape.join())
      throw new Error(
        `${method.title} asks for sequences of shape [${at.shape}]; they must have the shape of x, [${x.shape}]`,
      )
  }
  const explained: Explained = {
    x,
    range,
    geometry,
    items,
    walk(walk, at = x) {
      checkAlike(at)
      if (walk.start === 'positive' && evidence === 'logOdds')
        throw new Error(
          `${method.title} shares out the evidence of a single logit; log-odds are a difference of several: explain the logit`,
        )
      const isHere = at === x
      const isRecorded = record && isHere && known.recorded === undefined
      const walked = passes.walk(walk, at, isHere ? (known.target ?? chosen) : target(), isRecorded)
      if (isHere) known.logits ??= walked.logits
      if (walked.recorder) known.recorded = walked.recorder
      return walked.relevance
    },
    evidence(at = x) {
      checkAlike(at)
      const values = at === x ? logits() : passes.logits(at)
      return evidenceOf(evidence, values, target())
    },
  }
  try {
    const relevance = relevanceOf(method, x, method.attribute(explained))
    const recorded = known.recorded?.tensors ?? []
    return {
      outputs: [tf.clone(relevance), tf.clone(logits()), ...recorded.map((tensor) => tf.clone(tensor))],
      entries: known.recorded?.entries ?? [],
    }
  } finally {
    known.recorded?.dispose()
  }
}

/** What a method gave as numbers; throws an Error naming the method unless it is a tensor of the shape of x. */
function relevanceOf({ title }: Method, x: Tensor3D, given: unknown): Tensor {
  const wanted = `attribute must return a tensor of the shape of x, [${x.shape}]`
  if (!(given instanceof tf.Tensor))
    throw new Error(`${title} gave ${given instanceof Promise ? 'a promise' : `${given}`}; ${wanted}`)
  if (given.shape.join() !== x.shape.join())
    throw new Error(`${title} gave relevance of shape [${given.shape}]; ${wanted}`)
  return given.dtype === 'float32' ? given : tf.cast(given, 'float32')
}
