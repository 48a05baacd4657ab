import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { Compiler, Computation, InputValue, Results } from '../../network/execution.js'
import { nodeModulesFolder } from '../node-modules.js'
import type { NativeBackend } from './native-binding.js'
import { outputName, SAVED_MODEL_TAG, savedModelOf } from './saved-model.js'
import { simplified } from './simplify.js'
import { type Graph, trace } from './trace.js'

/** A computation as a graph of TensorFlow's own. */
type Run<Given, About> = (given: Given) => Results<About>

let graphs = 0
const runs = new WeakMap<object, Map<string, unknown>>()
/** Ends the session of a graph whose owner is gone. */
const sessions = new FinalizationRegistry<() => void>((end) => end())

/** The compiler of the native backend; `cores` as in `Compiler`. */
export const nativeCompiler = (backend: NativeBackend, cores: number): Compiler => ({
  cores,
  run<Given, About>(owner: object, key: string, given: Given, compute: Computation<Given, About>) {
    const known = runs.get(owner) ?? new Map<string, unknown>()
    runs.set(owner, known)
    const run = (known.get(key) as Run<Given, About> | undefined) ?? compile(backend, owner, compute)
    known.set(key, run)
    return run(given)
  },
})

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
    try {
      const inputs = known.map((value, i) => {
        if (value instanceof tf.Tensor) return backend.getInputTensorIds([value])[0]!
        const id = binding.createTensor(graph.inputs[i]!.shape, binding.TF_FLOAT, value)
        uploaded.push(id)
        return id
      })
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
