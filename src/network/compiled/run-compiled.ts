import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { nodeModulesFolder } from '../node-modules.js'
import { type NativeBackend, nativeBackend } from './native-binding.js'
import { outputName, SAVED_MODEL_TAG, savedModelOf } from './saved-model.js'
import { simplified } from './simplify.js'
import { type Graph, trace } from './trace.js'

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

/** A computation as a graph of TensorFlow's own. */
type Run<Given, About> = (given: Given) => Results<About>

let graphs = 0
const runs = new WeakMap<object, Map<string, unknown>>()
/** Ends the session of a graph whose owner is gone. */
const sessions = new FinalizationRegistry<() => void>((end) => end())

/** Whether the backend in use can compile computations. */
export const canCompile = (): boolean => nativeBackend() !== null

/**
 * Runs a computation and returns the values of its outputs.
 *
 * On the native backend it becomes a graph the first time, by tracing one run on zeros, so that later runs cost one call instead of
 * one per operation. On other backends its operations run one by one.
 *
 * @param owner what the computation belongs to; its graphs are kept as long as it
 * @param key tells the owner's computations apart, by everything they depend on but their inputs
 * @throws Error where the computation throws; where it reads values or uses tensors that are not its inputs, on the native backend
 */
export function runCompiled<Given, About>(
  owner: object,
  key: string,
  given: Given,
  compute: Computation<Given, About>,
): Results<About> {
  const backend = nativeBackend()
  if (backend === null) return runOneByOne(given, compute)
  const known = runs.get(owner) ?? new Map<string, unknown>()
  runs.set(owner, known)
  const run = (known.get(key) as Run<Given, About> | undefined) ?? compile(backend, owner, compute)
  known.set(key, run)
  return run(given)
}

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

function compile<Given, About>(
  backend: NativeBackend,
  owner: object,
  compute: Computation<Given, About>,
): Run<Given, About> {
  const { binding } = backend
  const sources: ((given: Given) => InputValue)[] = []
  const {
    graph: traced,
    about: { wanted, about },
  } = trace(backend, (input) => {
    const {
      outputs,
      staying = [],
      about,
    } = compute((shape, value) => {
      sources.push(value)
      return input(shape)
    })
    return { outputs: [...outputs, ...staying], about: { wanted: outputs.length, about } }
  })
  const graph = simplified(traced, binding)
  const session = load(backend, graph)
  sessions.register(owner, () => binding.deleteSavedModel(session))
  const inputNames = graph.inputs.map(({ node }) => outputName({ node, output: 0 })).join()
  const outputNames = graph.outputs.map(outputName).join()
  return (given) => {
    const known = sources.map((source) => source(given))
    const uploaded: number[] = []
    const inputs = known.map((value, i) => {
      if (value instanceof tf.Tensor) return backend.getInputTensorIds([value])[0]!
      const id = binding.createTensor(graph.inputs[i]!.shape, binding.TF_FLOAT, value)
      uploaded.push(id)
      return id
    })
    try {
      const results = binding.runSavedModel(session, inputs, inputNames, outputNames)
      const values = results.slice(0, wanted).map(({ id }) => {
        const result = binding.tensorDataSync(id)
        binding.deleteTensor(id)
        return result as Float32Array
      })
      const staying = results.slice(wanted).map((output) => backend.createOutputTensor(output))
      return { values, staying, about }
    } finally {
      for (const id of uploaded) binding.deleteTensor(id)
    }
  }
}

/** Makes a session of a graph; the binding reads them from folders only. */
function load({ binding }: NativeBackend, graph: Graph): number {
  const folder = join(nodeModulesFolder(), '.cache', 'graphs', `${process.pid}-${graphs++}`)
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModelOf(graph, binding))
    return binding.loadSavedModel(folder, SAVED_MODEL_TAG)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
