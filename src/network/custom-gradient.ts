import type { GradSaveFunc, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** What an operation computes and how it passes gradients back: `backward(dy, saved)` returns one tensor per input. */
export interface Step<T extends Tensor> {
  readonly value: T
  backward(dy: T, saved: Tensor[]): Tensor[]
}

/**
 * An operation with a backward rule of its own, `tf.customGrad` with types.
 *
 * Whatever `backward` needs of the forward pass has to go through `save`; a signal handed back unchanged has to be cloned,
 * since the tape disposes of gradients it adds up.
 */
export function customGradient<T extends Tensor>(
  inputs: readonly Tensor[],
  forward: (save: (tensors: Tensor[]) => void) => Step<T>,
): T {
  return tf.customGrad<T>((...args: (Tensor | GradSaveFunc)[]) => {
    const saved: Tensor[] = []
    const { value, backward } = forward((tensors) => saved.push(...tensors))
    // Only now, since what is saved by a forward pass that throws later on would never be released.
    const save = args[args.length - 1] as GradSaveFunc
    save(saved)
    return { value, gradFunc: backward }
  })(...inputs)
}
