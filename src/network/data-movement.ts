import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/**
 * Gradients of the operations that only move data, the sole ones allowed beside the algebra.
 *
 * tfjs-core comes without gradients. Registering no others makes a raw `tf.add` or `tf.mul` in an architecture fail with
 * "gradient function not found" instead of losing relevance without a word.
 */
const movements: GradConfig[] = [
  {
    kernelName: tf.Identity,
    gradFunc: (dy: Tensor | Tensor[]) => ({ x: () => tf.clone(one(dy)) }),
  },
  {
    kernelName: tf.Reshape,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tf.reshape(one(dy), x!.shape) }),
  },
  {
    kernelName: tf.Transpose,
    gradFunc: (dy, _saved, attrs) => ({ x: () => tf.transpose(one(dy), inverse(attrs.perm as number[])) }),
  },
  {
    kernelName: tf.SplitV,
    gradFunc: (dy, _saved, attrs) => ({
      x: () => tf.concat(Array.isArray(dy) ? dy : [dy], attrs.axis as number),
    }),
  },
  {
    kernelName: tf.Concat,
    saveAllInputs: true,
    gradFunc: (dy, parts, attrs: NamedAttrMap) => {
      const axis = attrs.axis as number
      const pieces = tf.split(
        one(dy),
        parts.map((part) => part.shape[axis]!),
        axis,
      )
      return Object.fromEntries(pieces.map((piece, i) => [i, () => piece]))
    },
  },
]

/** Makes data movement differentiable, in place of gradients that another package registered; calling it again changes nothing. */
export function registerDataMovement(): void {
  for (const movement of movements) {
    const known = tf.getGradient(movement.kernelName)
    if (known === movement) continue
    if (known !== undefined) tf.unregisterGradient(movement.kernelName)
    tf.registerGradient(movement)
  }
}

const one = (dy: Tensor | Tensor[]): Tensor => (Array.isArray(dy) ? dy[0]! : dy)

function inverse(permutation: number[]): number[] {
  const result = new Array<number>(permutation.length)
  for (const [to, from] of permutation.entries()) result[from] = to
  return result
}
