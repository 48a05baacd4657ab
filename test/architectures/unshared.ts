import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../../src/network/custom-gradient.js'
import type { Domain, Pass, Term } from '../../src/network/operations.js'

/** What was handed out for each kernel and bias: how many copies, and the gradient that each of them received. */
export interface Copies {
  readonly given: Map<Tensor, number>
  readonly gradients: Map<Tensor, Float32Array[]>
}

export const noCopies = (): Copies => ({ given: new Map(), gradients: new Map() })

/** A layer over all steps, taken apart: a term of each step with a kernel of its own. */
interface TermOfSteps extends Term {
  readonly ofSteps: readonly Term[]
}

/**
 * The operations of a network that shares nothing: each use of a kernel or bias at each step gets a copy of its own.
 *
 * Layers that an architecture evaluates for all steps at once, rows `[steps·batch]`, are taken apart into steps too.
 */
export function unsharing(pass: Pass, batch: number, copies: Copies): Pass {
  const copy = <T extends Tensor>(original: T): T => {
    copies.given.set(original, (copies.given.get(original) ?? 0) + 1)
    return customGradient<T>([original], () => ({
      value: tf.clone(original),
      backward: (dy) => {
        const known = copies.gradients.get(original) ?? []
        copies.gradients.set(original, [...known, dy.dataSync<'float32'>().slice()])
        return [tf.clone(dy)]
      },
    }))
  }
  const steps = (x: Tensor) => x.shape[0]! / batch

  const terms = (x: Tensor2D, kernel: Tensor2D, domain: Domain, count: number): Term[] =>
    tf.split<Tensor2D>(x, count).map((part) => pass.term(part, copy(kernel), domain))

  return {
    ...pass,
    terms,
    term: (x, kernel: Tensor2D, domain) => {
      if (steps(x) === 1) return pass.term(x, copy(kernel), domain)
      const term: TermOfSteps = { domain, ofSteps: terms(x, kernel, domain, steps(x)) }
      return term
    },
    affine: (layer, given, bias) => {
      const ofSteps = given.flatMap((term) => ('ofSteps' in term ? [(term as TermOfSteps).ofSteps] : []))
      if (ofSteps.length === 0) return pass.affine(layer, given, copy(bias))
      return tf.concat(
        ofSteps[0]!.map((_, t) =>
          pass.affine(
            layer,
            ofSteps.map((term) => term[t]!),
            copy(bias),
          ),
        ),
      )
    },
    conv2d: (layer, x, kernel, bias: Tensor1D, domain) =>
      tf.concat(
        tf
          .split<Tensor4D>(x, steps(x))
          .map((part) => pass.conv2d(layer, part, copy(kernel), copy(bias), domain)),
      ),
  }
}
