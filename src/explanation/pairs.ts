import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

// Rows by turns: of a sequence, then of what it is compared with. Whether all steps come at once or an operation gets some of the rows
// only, two that belong together stay neighbours.

/** Rows of x and of other, of one shape `[n, …]`, by turns: `[2n, …]`. */
export function paired<T extends Tensor>(x: T, other: T): T {
  const [rows, ...rest] = x.shape
  const flat = (part: T) => tf.reshape(part, [rows!, -1])
  return tf.reshape(tf.concat([flat(x), flat(other)], 1), [2 * rows!, ...rest]) as T
}

/** The first rows of all pairs, `[2n, …]` → `[n, …]`. */
export const firstOfPairs = <T extends Tensor>(x: T): T => halfOf(x, 0)

/** The second rows of all pairs, `[2n, …]` → `[n, …]`. */
export const secondOfPairs = <T extends Tensor>(x: T): T => halfOf(x, 1)

function halfOf<T extends Tensor>(x: T, which: 0 | 1): T {
  const [rows, ...rest] = x.shape
  const count = rows! / 2
  const width = x.size / count / 2
  const flat = tf.slice(tf.reshape(x, [count, 2 * width]), [0, which * width], [count, width])
  return tf.reshape(flat, [count, ...rest]) as T
}

/** The first row of each pair less the second, `[2n, …]` → `[n, …]`. */
export const differenceOfPairs = <T extends Tensor>(x: T): T => tf.sub(firstOfPairs(x), secondOfPairs(x))
