/**
 * Writes the fixtures of TensorFlow.js: models of its layers library as it saves them, and the logits it computes.
 *
 *     node --import tsx test/importing/make-fixtures/tensorflow-js.ts
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { layers as LayerFactories, LayersModel, Sequential } from '@tensorflow/tfjs-layers'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { useBackend } from '../../../src/backend/use-backend.js'
import { randomStream } from '../../../src/data/random.js'
import { encodeSafetensors } from '../../../src/files/safetensors.js'

await useBackend('wasm')
// Its layers register gradients, which only the one backend of this process may have.
const { layers, sequential, input, model } = await import('@tensorflow/tfjs-layers')

type Layer = InstanceType<typeof layers.Layer>

const GOLDEN = 'test/importing/golden'
const SEQUENCES = 6
const [STEPS, ROWS, STEP_COLUMNS, CLASSES] = [5, 4, 3, 3]
const FEATURES = ROWS * STEP_COLUMNS
const CLASSIFIER = { units: CLASSES, name: 'readout' }
const FRAMES = { inputShape: [STEPS, FEATURES] }
const FRAMES_WIRING = { rows: ROWS }

type LayerOptions = Parameters<typeof LayerFactories.lstm>[0]
const units = (count: number, options: Partial<LayerOptions> = {}): LayerOptions => ({
  // The default one calls methods of tensors that this import of TensorFlow.js does not have.
  recurrentInitializer: 'glorotUniform',
  ...options,
  units: count,
})
const sigmoidGates = { recurrentActivation: 'sigmoid' } as const

/** Reproducible numbers between low and high; every name gives others. */
function randomValues(count: number, name: string, low = -1, high = 1): Float32Array {
  const stream = randomStream(7, name)
  return Float32Array.from({ length: count }, () => low + (high - low) * uniformFloat64(stream))
}

/** A chain of layers by name. */
function chain(...parts: Layer[]): Sequential {
  const built = sequential()
  for (const part of parts) built.add(part)
  return built
}

const image = { inputShape: [4, 6, 5, 1] }
const eachStep = (layer: Layer, options: Record<string, unknown> = {}): Layer =>
  layers.timeDistributed({ ...options, name: `each_${layer.name}`, layer })
const convolution = (name: string, options: Partial<Parameters<typeof layers.conv2d>[0]> = {}): Layer =>
  layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same', activation: 'relu', ...options })

/** Layers that only move or pass signals, as a graph of the functional kind. */
function functional(): LayersModel {
  const frames = input({ shape: [STEPS, FEATURES], name: 'frames' })
  const parts: Layer[] = [
    layers.reshape({ targetShape: [STEPS, ROWS, STEP_COLUMNS], name: 'as_images' }),
    layers.permute({ dims: [1, 3, 2], name: 'by_column' }),
    layers.reshape({ targetShape: [STEPS, FEATURES], name: 'as_frames' }),
    layers.dense({ units: 5, name: 'embedding' }),
    layers.activation({ activation: 'relu', name: 'embedding_relu' }),
    layers.dropout({ rate: 0.3, name: 'dropout' }),
    layers.simpleRNN({ ...units(4), returnSequences: true, name: 'rnn' }),
    layers.flatten({ name: 'all_steps' }),
    layers.dense(CLASSIFIER),
    layers.softmax({ name: 'probabilities' }),
  ]
  const output = parts.reduce((signal, layer) => layer.apply(signal) as typeof frames, frames)
  return model({ inputs: frames, outputs: output, name: 'functional' })
}

const MODELS: Readonly<Record<string, { build(): LayersModel; wiring?: object }>> = {
  'tfjs-simple-rnn': {
    build: () => chain(layers.simpleRNN({ ...units(6), ...FRAMES }), layers.dense(CLASSIFIER)),
    wiring: FRAMES_WIRING,
  },
  'tfjs-simple-rnn-relu': {
    build: () =>
      chain(
        layers.simpleRNN({ ...units(6, { activation: 'relu' }), ...FRAMES, name: 'rnn' }),
        layers.dense({ units: 5, activation: 'relu', name: 'hidden' }),
        layers.dense(CLASSIFIER),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-two-level-rnn': {
    build: () =>
      chain(
        layers.simpleRNN({ ...units(5, { activation: 'relu' }), ...FRAMES, returnSequences: true }),
        layers.simpleRNN({ ...units(4, { activation: 'relu' }), goBackwards: true, useBias: false }),
        layers.dense({ ...CLASSIFIER, activation: 'softmax' }),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-lstm': {
    build: () =>
      chain(layers.lstm({ ...units(5, sigmoidGates), ...FRAMES, name: 'lstm' }), layers.dense(CLASSIFIER)),
    wiring: FRAMES_WIRING,
  },
  'tfjs-lstm-as-it-comes': {
    build: () => chain(layers.lstm({ ...units(5), ...FRAMES }), layers.dense({ units: CLASSES })),
    wiring: FRAMES_WIRING,
  },
  'tfjs-lstm-relu': {
    build: () =>
      chain(
        layers.lstm({ ...units(5, { ...sigmoidGates, activation: 'relu' }), ...FRAMES, name: 'lstm' }),
        layers.dense(CLASSIFIER),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-gru': {
    build: () =>
      chain(
        layers.gru({ ...units(5), recurrentActivation: 'sigmoid', ...FRAMES, name: 'gru' }),
        layers.dense(CLASSIFIER),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-bidirectional-lstm': {
    build: () =>
      chain(
        layers.bidirectional({
          layer: layers.lstm(units(4, sigmoidGates)) as never,
          mergeMode: 'concat',
          ...FRAMES,
          name: 'both',
        }),
        layers.dense({ ...CLASSIFIER, activation: 'softmax' }),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-bidirectional-gru-sum': {
    build: () =>
      chain(
        eachStep(layers.dense({ units: 6, activation: 'relu', name: 'embedding' }), FRAMES),
        layers.bidirectional({
          layer: layers.gru({ ...units(4), activation: 'relu', returnSequences: true }) as never,
          mergeMode: 'sum',
          name: 'both',
        }),
        layers.gru({ ...units(4), activation: 'relu', recurrentActivation: 'sigmoid', name: 'gru' }),
        layers.dense(CLASSIFIER),
      ),
    wiring: FRAMES_WIRING,
  },
  'tfjs-conv-lstm': {
    build: () =>
      chain(
        eachStep(convolution('conv'), image),
        eachStep(layers.maxPooling2d({ poolSize: 2, padding: 'same', name: 'pool' })),
        eachStep(layers.flatten({ name: 'features' })),
        layers.lstm({ ...units(4, sigmoidGates), name: 'lstm' }),
        layers.dense(CLASSIFIER),
      ),
  },
  'tfjs-conv-average-rnn': {
    build: () =>
      chain(
        eachStep(convolution('conv', { padding: 'valid', kernelSize: [3, 2] }), image),
        eachStep(layers.averagePooling2d({ poolSize: [2, 2], name: 'pool' })),
        eachStep(layers.flatten({ name: 'features' })),
        layers.simpleRNN({ ...units(4, { activation: 'relu' }), name: 'rnn' }),
        layers.dense(CLASSIFIER),
      ),
  },
  'tfjs-image': {
    build: () =>
      chain(
        convolution('conv1', { inputShape: [6, 10, 1], kernelSize: 2 }),
        layers.averagePooling2d({ poolSize: 2, padding: 'same', name: 'pool1' }),
        convolution('conv2', { dilationRate: 2, filters: 4 }),
        layers.maxPooling2d({ poolSize: 2, name: 'pool2' }),
        layers.flatten({ name: 'features' }),
        layers.dense({ units: 5, activation: 'relu', name: 'hidden' }),
        layers.dense(CLASSIFIER),
      ),
    wiring: { steps: 2 },
  },
  'tfjs-functional': { build: functional, wiring: FRAMES_WIRING },
}

/** Weights of a size that every layer and bias tells in the logits, more of them positive, so that few ReLUs are silent. */
function randomise(built: LayersModel, name: string): void {
  const values = built.getWeights().map((weight, i) => {
    const fanIn = weight.size / weight.shape[weight.shape.length - 1]!
    const scale = 1 / Math.sqrt(fanIn)
    const [low, high] = weight.rank === 1 ? [-0.3, 0.3] : [-1.2 * scale, 1.7 * scale]
    return tf.tensor(randomValues(weight.size, `${name} ${i}`, low, high), weight.shape)
  })
  built.setWeights(values)
  tf.dispose(values)
}

/** The model without the softmax at its end. */
function logitsOf(built: LayersModel, x: tf.Tensor): tf.Tensor {
  const last = built.layers[built.layers.length - 1]!
  if (last.getClassName() === 'Softmax') {
    const before = model({ inputs: built.inputs, outputs: built.layers[built.layers.length - 2]!.output })
    return before.predict(x) as tf.Tensor
  }
  const config = last.getConfig()
  const computed = built.predict(x) as tf.Tensor
  if (config.activation !== 'softmax') return computed
  const before = model({ inputs: built.inputs, outputs: last.input })
  const [kernel, bias] = last.getWeights()
  return tf.add(tf.matMul(before.predict(x) as tf.Tensor2D, kernel as tf.Tensor2D), bias!)
}

/** Weights in the files that a loader over HTTP gets, four megabytes a piece; here a few hundred bytes. */
function shards(data: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(data.length / size) }, (_, i) =>
    data.subarray(i * size, (i + 1) * size),
  )
}

for (const [name, { build, wiring }] of Object.entries(MODELS)) {
  const built = build()
  randomise(built, name)
  const folder = join(GOLDEN, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  await built.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const data = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData))
      const parts = shards(data, name === 'tfjs-lstm' ? 512 : data.length)
      const paths = parts.map((_, i) => `group1-shard${i + 1}of${parts.length}.bin`)
      const { weightSpecs, weightData, ...described } = artifacts
      const json = { ...described, weightsManifest: [{ paths, weights: weightSpecs }] }
      writeFileSync(join(folder, 'model.json'), `${JSON.stringify(json)}\n`)
      for (const [i, path] of paths.entries()) writeFileSync(join(folder, path), parts[i]!)
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  if (wiring) writeFileSync(join(folder, 'wiring.json'), `${JSON.stringify(wiring)}\n`)

  const shape = [SEQUENCES, ...(built.inputs[0]!.shape.slice(1) as number[])]
  const values = randomValues(
    shape.reduce((size, length) => size * length, 1),
    `${name} inputs`,
  )
  const logits = logitsOf(built, tf.tensor(values, shape))
  const check = {
    inputs: { shape, values },
    logits: { shape: logits.shape, values: logits.dataSync<'float32'>().slice() },
  }
  const metadata = { by: `TensorFlow.js layers ${tf.version_core}` }
  writeFileSync(join(folder, 'check.safetensors'), encodeSafetensors({ tensors: check, metadata }))
  console.log(name, built.countParams(), Array.from(logits.dataSync().subarray(0, CLASSES)))
}
