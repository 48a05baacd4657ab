import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from '../network/differentiable.js'
import type { Geometry } from '../network/geometry.js'
import type { Forward, Parameters } from '../network/operations.js'
import { type Question, walkBack } from './backward-walk.js'
import { evidenceOf } from './evidence.js'
import type { Explained, Method } from './method.js'
import type { Entry, Recorder } from './recorder.js'
import type { InputRange } from './rule.js'

/** A batch, or a part of one, that is to be explained. */
interface Part extends Question {
  readonly w: Parameters
  readonly x: Tensor3D
  readonly range: InputRange
  readonly geometry: Geometry | null
  readonly items: number | null
  readonly record: boolean
}

/** Lets a method explain a part; returns relevance, logits, and the recorded tensors with what they are. */
export function attributePart(
  method: Method,
  forward: Forward,
  { w, x, range, geometry, items, record, evidence, target: chosen }: Part,
): { readonly outputs: Tensor[]; readonly entries: readonly Entry[] } {
  const known: { logits?: Tensor2D; target?: Tensor2D; recorder?: Recorder } = {}
  const kept: Tensor[] = []
  // Kept, because it may be made inside a gradient function and used after it.
  const keep = <T extends Tensor>(tensor: T): T => {
    kept.push(tf.keep(tensor))
    return tensor
  }
  const logitsAt = (at: Tensor3D): Tensor2D => {
    const pass = differentiable({ purpose: 'explaining' })
    try {
      return forward(pass, w, at)
    } finally {
      pass.dispose()
    }
  }
  const logits = (): Tensor2D => {
    known.logits ??= keep(tf.clone(logitsAt(x)))
    return known.logits
  }
  const target = (own: () => Tensor2D = logits): Tensor2D => {
    known.target ??= keep(tf.clone(chosen(own())))
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
      if (!isHere) target()
      const recording = record && isHere && known.recorder === undefined
      const walked = walkBack(
        walk,
        forward,
        { w, x: at, range, record: recording },
        {
          evidence,
          target: (own) => tf.clone(target(() => own)),
        },
      )
      if (isHere) known.logits ??= keep(tf.clone(walked.logits))
      if (walked.recorder) known.recorder = walked.recorder
      return walked.relevance
    },
    evidence(at = x) {
      checkAlike(at)
      const values = at === x ? logits() : logitsAt(at)
      return evidenceOf(evidence, values, target())
    },
  }
  try {
    const relevance = relevanceOf(method, x, method.attribute(explained))
    const recorded = known.recorder?.tensors ?? []
    return {
      outputs: [tf.clone(relevance), tf.clone(logits()), ...recorded.map((tensor) => tf.clone(tensor))],
      entries: known.recorder?.entries ?? [],
    }
  } finally {
    known.recorder?.dispose()
    tf.dispose(kept)
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
