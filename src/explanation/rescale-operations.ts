import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import { differentiable } from '../network/differentiable.js'
import { isPositive } from '../network/indicator.js'
import type { Pass } from '../network/operations.js'
import { largestOf, spread, winners } from '../network/pooling.js'
import { rescaled } from './evidence.js'
import { initialTap, type Listener, tap } from './listen.js'
import { differenceOfPairs, firstOfPairs, paired, secondOfPairs } from './pairs.js'
import type { Recorder } from './recorder.js'

/**
 * The operations in whose backward walk multipliers Δy/Δx take the place of derivatives (Shrikumar et al. 2017, Section 3.5.2), on rows
 * by turns of a sequence and of its reference: what is linear passes on as gradients do.
 *
 * g·s is the mean of both orders in which its factors change, Δ(gs) = ½(g + g⁰)Δs + ½(s + s⁰)Δg. Where the maximum of a block rises it
 * is owed to the largest pixel, where it falls to the reference's largest, so that no change is lost.
 */
export function rescaleOperations(recorder: Recorder | null): Pass {
  const listener: Listener | null = recorder && {
    tap: (name, step, signal, x) => recorder.tap(name, step, firstOfPairs(signal), differenceOfPairs(x)),
  }
  return {
    ...differentiable({ purpose: 'explaining', tap: tap(listener), initial: initialTap(listener) }),
    relu: elementwise(
      (x) => tf.relu(x),
      (y) => isPositive(y),
    ),
    sigmoid: elementwise(
      (x) => tf.sigmoid(x),
      (y) => tf.mul(y, tf.sub(1, y)),
    ),
    hardSigmoid: elementwise(
      (x) => tf.clipByValue(x, 0, 1),
      (y) => tf.mul(isPositive(y), isPositive(tf.sub(1, y))),
    ),
    tanh: elementwise(
      (x) => tf.tanh(x),
      (y) => tf.sub(1, tf.square(y)),
    ),
    gate,
    maxPool,
    attend(layer) {
      throw new Error(
        `DeepLIFT is not defined for layer '${layer}', which attends: its softmax changes with its scores, of which no share of the change is known`,
      )
    },
  }
}

/** An activation function and its derivative, from what it gives. */
const elementwise =
  (compute: <T extends Tensor>(x: T) => T, derivative: <T extends Tensor>(y: T) => T) =>
  <T extends Tensor>(x: T): T =>
    customGradient<T>([x], (save) => {
      const value = compute(x)
      save([x, value])
      const backward = (signal: T, [x, y]: Tensor[]) => {
        const slope = rescaled(differenceOfPairs(y!), differenceOfPairs(x!), derivative(firstOfPairs(y!)))
        return [tf.mul(signal, paired(slope, slope))]
      }
      return { value, backward }
    })

function gate(gate: Tensor2D, signal: Tensor2D): Tensor2D {
  return customGradient<Tensor2D>([gate, signal], (save) => {
    save([gate, signal])
    const backward = (multiplier: Tensor2D, factors: Tensor[]) => {
      const [g, s] = factors.map((factor) => {
        const mean = tf.mul(tf.add(firstOfPairs(factor), secondOfPairs(factor)), 0.5)
        return paired(mean, mean)
      })
      return [tf.mul(multiplier, s!), tf.mul(multiplier, g!)]
    }
    return { value: tf.mul(gate, signal), backward }
  })
}

function maxPool(_layer: string, x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape
  return customGradient<Tensor4D>([x], (save) => {
    const value = largestOf(x)
    save([x, value])
    const backward = (multiplier: Tensor4D, [x, y]: Tensor[]) => {
      const [own, reference] = [firstOfPairs(x as Tensor4D), secondOfPairs(x as Tensor4D)]
      const [largest, largestOfReference] = [firstOfPairs(y as Tensor4D), secondOfPairs(y as Tensor4D)]
      const change = spread(tf.sub(largest, largestOfReference), height, width)
      const ofOwn = winners(own, largest)
      const owed = tf.add(
        tf.mul(tf.relu(change), ofOwn),
        tf.mul(tf.minimum(change, 0), winners(reference, largestOfReference)),
      ) as Tensor4D
      const slope = rescaled(owed, tf.sub<Tensor4D>(own, reference), ofOwn)
      return [tf.mul(spread(multiplier, height, width), paired(slope, slope))]
    }
    return { value, backward }
  })
}
