import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { isPositive } from '../network/indicator.js'
import { oneHot } from '../network/one-hot.js'

/**
 * The explained quantity f of the target k: its logit z_k, or the log-odds of the class, z_k − log(1 + Σ_{j≠k} exp z_j), where the 1
 * is the logit fixed at 0 of the training loss.
 */
export type Evidence = 'logit' | 'logOdds'

/** Differences up to this size are rounding, over which no slope is taken. */
export const TINY_DIFFERENCE = 1e-6

/** Below any logit, so that exp of it is 0. */
const NOWHERE = -1e30

/** f of each sequence, `[batch]`, from logits and one-hot targets `[batch, classes]`. */
export function evidenceOf(evidence: Evidence, logits: Tensor2D, target: Tensor2D): Tensor1D {
  const own = tf.sum<Tensor1D>(tf.mul(logits, target), 1)
  if (evidence === 'logit') return own
  const others = othersOf(logits, target)
  const highest = highestOf(others)
  const sum = tf.sum(tf.exp(tf.sub(others, highest)), 1)
  return tf.sub(own, tf.add(tf.log(sum), tf.squeeze(highest, [1])))
}

/** f of each sequence, `[batch]`, from the values of logits `[batch, classes]` and targets `[batch]`. */
export function evidenceValues(evidence: Evidence, logits: Float32Array, target: Int32Array): Float32Array {
  const classes = logits.length / target.length
  if (evidence === 'logit') return Float32Array.from(target, (k, row) => logits[row * classes + k]!)
  return tf.tidy(() => {
    const z = tf.tensor2d(logits, [target.length, classes])
    const k = tf.tensor2d(oneHot(target, classes), [target.length, classes])
    return evidenceOf(evidence, z, k).dataSync<'float32'>().slice()
  })
}

/** ∂f/∂z of each logit, `[batch, classes]`. */
export function slopeOf(evidence: Evidence, logits: Tensor2D, target: Tensor2D): Tensor2D {
  if (evidence === 'logit') return target
  const others = othersOf(logits, target)
  const weights = tf.exp(tf.sub(others, highestOf(others)))
  return tf.sub(target, withoutFixed(tf.div(weights, tf.sum(weights, 1, true)) as Tensor2D))
}

/**
 * Multipliers `[batch, classes]` with Σ_j m_j (z_j − z⁰_j) = f − f⁰ for logits z and those of a reference z⁰: the rescale rule of
 * DeepLIFT through exp, sum and log, one after the other (Shrikumar et al. 2017, Section 3.5.2).
 */
export function multiplierOf(
  evidence: Evidence,
  logits: Tensor2D,
  reference: Tensor2D,
  target: Tensor2D,
): Tensor2D {
  if (evidence === 'logit') return target
  const [z, z0] = [othersOf(logits, target), othersOf(reference, target)]
  const highest = tf.maximum(highestOf(z), highestOf(z0))
  const [e, e0] = [z, z0].map((others) => tf.exp(tf.sub(others, highest))) as [Tensor2D, Tensor2D]
  const [s, s0] = [e, e0].map((weights) => tf.sum(weights, 1, true)) as [Tensor2D, Tensor2D]
  const ofLog = rescaled(tf.sub(tf.log(s), tf.log(s0)), tf.sub(s, s0), tf.div(1, s))
  const ofExp = rescaled(tf.sub(e, e0), tf.sub(z, z0), e)
  return tf.sub(target, withoutFixed(tf.mul(ofExp, ofLog)))
}

/** Δy / Δx, or the derivative where |Δx| is next to nothing. */
export function rescaled<T extends Tensor>(dy: T, dx: T, derivative: T): T {
  const differs = isPositive(tf.relu(tf.sub(tf.abs(dx), TINY_DIFFERENCE)))
  const slope = tf.div(tf.mul(dy, differs), tf.add(dx, tf.mul(tf.sub(1, differs), tf.sub(1, dx))))
  return tf.add(slope, tf.mul(derivative, tf.sub(1, differs)))
}

/** All logits but the target's, and the one fixed at 0, `[batch, classes + 1]`. */
const othersOf = (logits: Tensor2D, target: Tensor2D): Tensor2D =>
  tf.pad(tf.add(tf.mul(logits, tf.sub(1, target)), tf.mul(target, NOWHERE)) as Tensor2D, [
    [0, 0],
    [0, 1],
  ])

const highestOf = (others: Tensor2D): Tensor2D => tf.max(others, 1, true)

const withoutFixed = (others: Tensor2D): Tensor2D =>
  tf.slice(others, 0, [others.shape[0], others.shape[1] - 1])
