import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { gradientWalk } from '../gradient-walk.js'
import { defineMethod, type Explained, type Method } from '../method.js'

/** How gradients are smoothed. */
export interface Smoothing {
  /** How many noisy copies there are of each sequence. Default: 16. */
  readonly samples?: number
  /** The standard deviation of the noise, as a share of the range of the pixels. Default: 0.15. */
  readonly noise?: number
  /** Default: 1. */
  readonly seed?: number
  readonly id?: string
  readonly short?: string
}

const KINDS = {
  smoothGrad: { name: 'SmoothGrad', of: (gradient: Tensor3D) => gradient },
  smoothGradSquared: { name: 'SmoothGrad²', of: (gradient: Tensor3D) => tf.square(gradient) },
} as const

/**
 * SmoothGrad: the mean of ∂f/∂x over copies of x with normal noise (Smilkov et al. 2017); f stays the target of x itself.
 *
 * @throws RangeError unless there is at least one sample, the noise is above 0 and the seed at least 0
 * @example
 * const smoother = smoothGradOf({ samples: 50, noise: 0.1 })
 */
export const smoothGradOf = (smoothing: Smoothing = {}): Method => smoothed('smoothGrad', smoothing)

/**
 * SmoothGrad²: the mean of (∂f/∂x)² over the same copies (Hooker et al. 2019).
 *
 * @throws RangeError as `smoothGradOf`
 * @example
 * const smoother = smoothGradSquaredOf({ samples: 50 })
 */
export const smoothGradSquaredOf = (smoothing: Smoothing = {}): Method =>
  smoothed('smoothGradSquared', smoothing)

/** SmoothGrad over 16 copies with noise of 0.15 of the range. */
export const smoothGrad = smoothGradOf({ id: 'smoothGrad', short: 'SG' })

/** SmoothGrad² over 16 copies with noise of 0.15 of the range. */
export const smoothGradSquared = smoothGradSquaredOf({ id: 'smoothGradSquared', short: 'SG²' })

function smoothed(
  kind: keyof typeof KINDS,
  { samples = 16, noise = 0.15, seed = 1, ...names }: Smoothing,
): Method {
  if (!(Number.isInteger(samples) && samples >= 1))
    throw new RangeError(`samples = ${samples}; it must be a whole number of at least 1`)
  if (!(noise > 0 && Number.isFinite(noise))) throw new RangeError(`noise = ${noise}; it must be above 0`)
  if (!(Number.isSafeInteger(seed * samples) && seed >= 0))
    throw new RangeError(`seed = ${seed}; it must be a whole number of at least 0`)
  const { name, of } = KINDS[kind]
  const draw = seed === 1 ? '' : ` by seed ${seed}`
  return defineMethod({
    id: names.id ?? `${kind}${samples}-${noise}-${seed}`.replaceAll('.', '-'),
    title: `${name}, ${samples} samples with noise of ${noise}${draw}`,
    short: names.short ?? `${name} ${samples}, ${noise}${draw}`,
    attribute({ x, range, walk }: Explained) {
      const walks = Array.from({ length: samples }, (_, sample) =>
        of(walk(gradientWalk, noisy(x, noise * (range.high - range.low), seed * samples + sample + 1))),
      )
      return tf.div(tf.addN(walks), samples) as Tensor3D
    },
  })
}

/** One draw for all sequences, so that the relevance of none depends on its place in the batch. */
function noisy(x: Tensor3D, deviation: number, seed: number): Tensor3D {
  // TensorFlow.js takes a seed of 0 for none.
  const noise = tf.randomNormal([1, ...x.shape.slice(1)], 0, deviation, 'float32', seed)
  return tf.add(x, noise)
}
