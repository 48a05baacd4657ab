import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../../backend/use-backend.js'
import { logitsOf } from '../../../network/logits.js'
import { type NamedValues, toTensors } from '../../../network/parameters.js'
import { type AdamVectors, startAdam } from '../../../training/adam.js'
import { initialise } from '../../../training/initialise.js'
import { layoutOf, toNamed } from '../../../training/layout.js'
import { toEffective } from '../../../training/negative-bias.js'
import { learningRateAt } from '../../../training/schedule.js'
import type { CountingNetwork, TrainingEvents } from './counting-network.js'
import { type CountingSequences, countingSequences } from './counting-sequences.js'
import { CHANNELS } from './counting-task.js'
import { regressionStep } from './regression-step.js'
import { rightLogits } from './right-answer.js'

/** How a network for counting is trained. */
export interface CountingTraining {
  /** Adam's steps. */
  readonly updates: number
  readonly batchSize: number
  /** At the start; half a cosine takes it to 0. */
  readonly learningRate: number
  /** Lengths of sequences, one a batch in turn. The paper's: 4 to 10. */
  readonly steps: readonly number[]
}

/**
 * Trains a network by the mean squared error of all its logits, on sequences that are drawn anew for every batch.
 *
 * @returns effective parameters
 * @throws Error when the error is not finite; the signal's reason when it ends
 */
export async function trainCounting(
  { task, specs, forward, id }: Omit<CountingNetwork, 'parameters'>,
  { updates, batchSize, learningRate, steps }: CountingTraining,
  seed: number,
  { signal, onProgress }: TrainingEvents = {},
): Promise<NamedValues> {
  await useBackend()
  const layout = layoutOf(specs)
  const { m, v } = startAdam(layout.size)
  const vector = (values: Float32Array) => tf.tensor1d(values, 'float32')
  let vectors: AdamVectors = { parameters: vector(initialise(layout, seed)), m: vector(m), v: vector(v) }
  try {
    for (let update = 0; update < updates; update++) {
      signal?.throwIfAborted()
      const length = steps[update % steps.length]!
      const purpose = `training ${update}`
      const sequences = countingSequences(task, { count: batchSize, steps: length, seed, purpose })
      const batch = {
        x: sequences.pixels,
        shape: [batchSize, CHANNELS, length] as const,
        wanted: rightLogits(sequences),
      }
      const rate = learningRateAt('cosine', learningRate, update / updates)
      const next = regressionStep(forward(length), layout, batch, vectors, {
        t: update + 1,
        learningRate: rate,
      })
      if (!Number.isFinite(next.error))
        throw new Error(`the error of ${id} is ${next.error} at update ${update + 1}, seed ${seed}`)
      disposeOf(vectors)
      vectors = next.vectors
      // Lets an interrupt or a progress display have its turn.
      if (update % 25 === 0) {
        onProgress?.(update / updates)
        await setImmediate()
      }
    }
    const trained = vectors.parameters.dataSync<'float32'>().slice()
    return toNamed(layout, toEffective(layout, trained, new Float32Array(layout.size)))
  } finally {
    disposeOf(vectors)
  }
}

const disposeOf = ({ parameters, m, v }: AdamVectors) => tf.dispose([parameters, m, v])

/** The mean squared error of a network's logits on sequences. */
export function countingError(
  { forward }: Pick<CountingNetwork, 'forward'>,
  parameters: NamedValues,
  sequences: CountingSequences,
): number {
  const { count, geometry, pixels } = sequences
  const w = toTensors(parameters)
  const x = tf.tensor3d(pixels, [count, CHANNELS, geometry.steps], 'float32')
  try {
    const right = rightLogits(sequences)
    const logits = logitsOf(forward(geometry.steps), w, x)
    return right.reduce((sum, value, i) => sum + (logits[i]! - value) ** 2, 0) / right.length
  } finally {
    tf.dispose([w, x])
  }
}
