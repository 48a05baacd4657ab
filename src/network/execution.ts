import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** What a run gives to an input: values, or a tensor of numbers that is on the backend already. */
export type InputValue = Float32Array | Tensor

/** Declares an input of a computation: its shape, and how its value follows from what is given to a run. */
export type Input<Given> = (shape: readonly number[], value: (given: Given) => InputValue) => Tensor

/**
 * A computation: it declares its inputs as it goes and returns the outputs whose values are wanted, those that stay on the backend
 * for a later run, and whatever there is to know about them.
 */
export type Computation<Given, About> = (input: Input<Given>) => {
  readonly outputs: readonly Tensor[]
  readonly staying?: readonly Tensor[]
  readonly about: About
}

/** The values of a computation's outputs, and the tensors that stay, which are the caller's to dispose of. */
export interface Results<About> {
  readonly values: Float32Array[]
  readonly staying: Tensor[]
  readonly about: About
}

/** What a backend that can run a whole computation as one graph offers. */
export interface Compiler {
  /** How many parts of a batch it computes beside one another. */
  readonly cores: number
  /** As `runCompiled`. */
  run<Given, About>(
    owner: object,
    key: string,
    given: Given,
    compute: Computation<Given, About>,
  ): Results<About>
}

/** A computation that cannot be compiled, because it reads values or uses a tensor that is not an input. */
export class NotTraceable extends Error {}

const state: { compiler: Compiler | null } = { compiler: null }

/** Tells which compiler the backend in use has; null for none. A backend calls it when it is made ready. */
export function setCompiler(compiler: Compiler | null): void {
  state.compiler = compiler
}

/** Whether the backend in use can compile computations. */
export const canCompile = (): boolean => state.compiler !== null

/** How many parts of a batch the backend in use computes beside one another: 1 where operations run one by one. */
export const coresOfBackend = (): number => state.compiler?.cores ?? 1

/**
 * Runs a computation and returns the values of its outputs.
 *
 * Where the backend has a compiler it becomes a graph the first time, by tracing one run on zeros, so that later runs cost one call
 * instead of one per operation. Elsewhere its operations run one by one.
 *
 * @param owner what the computation belongs to; its graphs are kept as long as it
 * @param key tells the owner's computations apart, by everything they depend on but their inputs
 * @throws what the computation throws; NotTraceable where it reads values or uses tensors that are not its inputs, when it is compiled
 */
export const runCompiled = <Given, About>(
  owner: object,
  key: string,
  given: Given,
  compute: Computation<Given, About>,
): Results<About> =>
  state.compiler === null ? runOneByOne(given, compute) : state.compiler.run(owner, key, given, compute)

/** Runs a computation operation by operation and returns the values of its outputs. */
export function runOneByOne<Given, About>(given: Given, compute: Computation<Given, About>): Results<About> {
  const results: Results<About>[] = []
  tf.tidy(() => {
    const { outputs, staying, about } = compute((shape, value) => {
      const known = value(given)
      return known instanceof tf.Tensor ? tf.clone(known) : tf.tensor(known, [...shape], 'float32')
    })
    results.push({
      // A copy, since a tensor that was never changed shares its values with what it was made of.
      values: outputs.map((tensor) => tensor.dataSync<'float32'>().slice()),
      staying: (staying ?? []).map((tensor) => tf.keep(tf.clone(tensor))),
      about,
    })
  })
  return results[0]!
}
