import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { type RandomStream, randomStream, shuffle, uniformInt } from '../../../data/random.js'
import type { Geometry } from '../../../network/geometry.js'
import { CHANNELS, type CountingTask } from './counting-task.js'

/** Sequences of a counting task. */
export interface CountingSequences {
  readonly task: CountingTask
  readonly count: number
  readonly geometry: Geometry
  /** `[count, CHANNELS, steps]`, 0 where a step shows nothing. */
  readonly pixels: Float32Array
  /** The logit that is explained of each sequence, `[count]`. */
  readonly target: Int32Array
}

export interface CountingSequencesOptions {
  readonly count: number
  readonly steps: number
  /** A whole number from 0 to 2⁵³ − 1; equal seeds and purposes draw equal sequences. */
  readonly seed: number
  /** What the sequences are for, such as `test`, so that those of one purpose say nothing of another's. */
  readonly purpose: string
}

/** How a task's sequences of so many steps are read. */
export const countingGeometry = ({ weights }: CountingTask, steps: number): Geometry => ({
  rows: CHANNELS,
  stepColumns: 1,
  steps,
  classes: weights.length,
})

/**
 * Draws sequences: each channel shows the task's numbers at steps of their own, all places equally likely.
 *
 * @throws RangeError when there is not a step for each number, or no sequence is wanted
 */
export function countingSequences(
  task: CountingTask,
  { count, steps, seed, purpose }: CountingSequencesOptions,
): CountingSequences {
  const shown = CHANNELS * task.numbers
  if (!Number.isInteger(steps) || steps < shown)
    throw new RangeError(`steps is ${steps}; ${task.id} shows ${shown} numbers, each at a step of its own`)
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`count is ${count}; it must be a whole number of at least 1`)
  const stream = randomStream(seed, 'counting', task.id, purpose, steps)
  const pixels = new Float32Array(count * CHANNELS * steps)
  const target = new Int32Array(count)
  const places = Array.from({ length: steps }, (_, step) => step)
  for (let i = 0; i < count; i++) {
    shuffle(stream, places)
    for (let k = 0; k < shown; k++)
      pixels[(i * CHANNELS + (k % CHANNELS)) * steps + places[k]!] = numberOf(stream, task)
    target[i] = uniformInt(stream, 0, task.weights.length - 1)
  }
  return { task, count, geometry: countingGeometry(task, steps), pixels, target }
}

/** A number that is not 0. */
function numberOf(stream: RandomStream, { sizes: { least, most }, signed }: CountingTask): number {
  const size = most - (most - least) * uniformFloat64(stream)
  return signed && uniformInt(stream, 0, 1) === 1 ? -size : size
}
