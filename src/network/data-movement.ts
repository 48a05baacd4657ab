import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/**
 * Gradients of the operations that only move data, the sole ones allowed beside the algebra.
 *
 * Without gradients of any other, a raw `tf.add` or `tf.mul` in an architecture fails with "gradient function not found"
 * instead of losing relevance without a word.
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
    kernelName: tf.Reverse,
    gradFunc: (dy, _saved, attrs) => ({ x: () => tf.reverse(one(dy), attrs.dims as number[]) }),
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
      const axis = ((attrs.axis as number) + parts[0]!.rank) % parts[0]!.rank
      const pieces = tf.split(
        one(dy),
        parts.map((part) => part.shape[axis]!),
        axis,
      )
      return Object.fromEntries(pieces.map((piece, i) => [i, () => piece]))
    },
  },
]

/**
 * Makes data movement differentiable and nothing else on the backend in use; calling it again changes nothing.
 *
 * tfjs-core comes without gradients, but the native backend's package registers its own.
 *
 * @example
 * await tf.setBackend('wasm') // or 'cpu', 'webgl', …, where useBackend is not there
 * registerDataMovement()
 */
export function registerDataMovement(): void {
  const moving = new Set(movements.map(({ kernelName }) => kernelName))
  for (const { kernelName } of tf.getKernelsForBackend(tf.getBackend())) {
    if (!moving.has(kernelName) && tf.getGradient(kernelName) !== undefined) tf.unregisterGradient(kernelName)
  }
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
