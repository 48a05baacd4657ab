import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { coresOfBackend } from './execution.js'

/** Fewer sequences at once keep no core busy. */
const FEWEST = 25

/**
 * In how many equal parts a batch is computed soonest, each by a core of its own; TensorFlow's own threads share one operation instead,
 * and most are too small for that. 1 where operations run one by one, and in a process that was given one core.
 */
export function partsOf(batch: number): number {
  const most = Math.max(1, Math.min(coresOfBackend(), Math.floor(batch / FEWEST)))
  return Array.from({ length: most }, (_, i) => most - i).find((parts) => batch % parts === 0)!
}

/** The rows of one of several equal parts of a batch, of x `[batch, …]`, or `[steps·batch, …]` where all steps come at once. */
export function rowsOfPart<T extends Tensor>(x: T, part: number, parts: number, steps = 1): T {
  if (parts === 1) return tf.clone(x)
  const [all, ...rest] = x.shape
  const rows = all! / steps / parts
  const origin = rest.map(() => 0)
  if (steps === 1) return tf.slice(x, [part * rows, ...origin], [rows, ...rest])
  const byStep = tf.reshape(x, [steps, rows * parts, ...rest])
  const own = tf.slice(byStep, [0, part * rows, ...origin], [steps, rows, ...rest])
  return tf.reshape(own, [steps * rows, ...rest]) as T
}
