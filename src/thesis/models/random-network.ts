import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { Architecture } from '../../architectures/index.js'
import { randomStream } from '../../data/random.js'
import type { Geometry, Units } from '../../network/geometry.js'
import type { NamedValues } from '../../network/parameters.js'
import { initialise } from '../../training/initialise.js'
import { layoutOf, toNamed } from '../../training/layout.js'
import { toEffective } from '../../training/negative-bias.js'

/**
 * The parameters of a network before training, with its biases as they are used (≤ 0 except those of gates).
 *
 * @param gain what kernels are multiplied by; evidence fades on its way to the logits of a small network, and 2 keeps it up
 * @example
 * const untrained = randomParameters(rLstm, THESIS_GEOMETRY, rLstm.units, 1)
 */
export function randomParameters(
  { parameters }: Architecture,
  geometry: Geometry,
  units: Units,
  seed: number,
  gain = 1,
): NamedValues {
  const layout = layoutOf(parameters(geometry, units))
  const named = toNamed(layout, toEffective(layout, initialise(layout, seed), new Float32Array(layout.size)))
  return Object.fromEntries(
    Object.entries(named).map(([name, { shape, values }]) => [
      name,
      { shape, values: name.endsWith('.kernel') ? values.map((value) => gain * value) : values },
    ]),
  )
}

/** Sequences of uniform noise, `[batch, rows, steps·stepColumns]` in [−1, 1); the caller disposes of them. */
export function randomSequences(
  { rows, stepColumns, steps }: Geometry,
  batch: number,
  seed: number,
): Tensor3D {
  const stream = randomStream(seed, 'random sequences')
  const shape: [number, number, number] = [batch, rows, steps * stepColumns]
  const values = Float32Array.from(
    { length: shape[0] * shape[1] * shape[2] },
    () => 2 * uniformFloat64(stream) - 1,
  )
  return tf.tensor3d(values, shape)
}
