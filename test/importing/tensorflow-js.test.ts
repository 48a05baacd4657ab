import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { importLayersModel, toSequences, type Wiring } from '../../src/importing/index.js'
import { logitsOf } from '../../src/network/logits.js'
import { toTensors } from '../../src/network/parameters.js'
import { randomValues } from '../network/tensors.js'
import { fixture, fixtureNames } from './fixtures.js'

type Library = typeof import('@tensorflow/tfjs-layers')
type Layer = InstanceType<Library['layers']['Layer']>
type Model = InstanceType<Library['LayersModel']>

const loaded: { library: Library | null } = { library: null }
const library = (): Library => loaded.library!

beforeAll(async () => {
  await useBackend()
  loaded.library = await import('@tensorflow/tfjs-layers')
})

describe('the models that Keras made', () => {
  // TensorFlow.js has no GRU that resets after the product, and another hard sigmoid than Keras 3.
  const readable = fixtureNames.filter(
    (name) => name.startsWith('keras-') && !/gru$|no-bias|functional|hard-sigmoid/.test(name),
  )

  it.each([...readable, 'keras-conv-gru'])('%s are read alike by TensorFlow.js itself', async (name) => {
    const { path, inputs, logits } = fixture(name)
    const json = JSON.parse(readFileSync(path, 'utf8'))
    const [group] = json.weightsManifest
    const bytes = readFileSync(join(dirname(path), group.paths[0]))
    const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { modelTopology } = json
    const model = await library().loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: group.weights, weightData }),
    )
    const computed = tf.tidy(() =>
      (model.predict(tf.tensor(inputs.values, [...inputs.shape])) as tf.Tensor).dataSync<'float32'>(),
    )
    for (const [i, value] of logits.values.entries())
      expect(Math.abs(computed[i]! - value)).toBeLessThan(1e-5)
    model.dispose()
  })
})

/** Uniform recurrent kernels: the default ones need methods of tensors that this import of TensorFlow.js does not have. */
const recurrentInitializer = 'glorotUniform'

/** Chains with what no fixture has. */
const chains: Readonly<Record<string, { layers(): Layer[]; wiring?: Wiring }>> = {
  'a sequence read from its end, step by step, and read again': {
    layers: () => {
      const { layers } = library()
      const relu = { units: 4, activation: 'relu', recurrentInitializer } as const
      return [
        layers.simpleRNN({ ...relu, goBackwards: true, returnSequences: true, inputShape: [5, 6] }),
        layers.simpleRNN({ ...relu, goBackwards: true, returnSequences: true }),
        layers.simpleRNN({ ...relu }),
        layers.dense({ units: 3 }),
      ]
    },
    wiring: { rows: 3 },
  },
  'convolutions and pools of odd sizes without padding': {
    layers: () => {
      const { layers } = library()
      const each = (layer: Layer, options = {}) => layers.timeDistributed({ layer, ...options })
      return [
        each(layers.conv2d({ filters: 2, kernelSize: [2, 4], activation: 'relu' }), {
          inputShape: [3, 9, 8, 1],
        }),
        each(layers.maxPooling2d({ poolSize: 2 })),
        each(layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' })),
        each(layers.averagePooling2d({ poolSize: 2 })),
        each(layers.flatten()),
        layers.gru({ units: 3, recurrentActivation: 'sigmoid', recurrentInitializer }),
        layers.dense({ units: 3 }),
      ]
    },
  },
  'pools of pixels, and a dense layer along the last axis of images': {
    layers: () => {
      const { layers } = library()
      return [
        layers.timeDistributed({
          layer: layers.averagePooling2d({ poolSize: 2, padding: 'same' }),
          inputShape: [3, 5, 4, 1],
        }),
        layers.timeDistributed({ layer: layers.maxPooling2d({ poolSize: 2, padding: 'same' }) }),
        layers.dense({ units: 3, activation: 'relu' }),
        layers.timeDistributed({ layer: layers.reshape({ targetShape: [3, 2] }) }),
        layers.timeDistributed({ layer: layers.permute({ dims: [2, 1] }) }),
        layers.timeDistributed({ layer: layers.flatten() }),
        layers.dense({ units: 4, activation: 'relu' }),
        layers.flatten(),
        layers.dense({ units: 3 }),
      ]
    },
  },
  'an image whose rows are the steps of its recurrence': {
    layers: () => {
      const { layers } = library()
      return [
        layers.lstm({ units: 4, recurrentInitializer, inputShape: [6, 8] }),
        layers.dense({ units: 3 }),
        layers.activation({ activation: 'softmax' }),
      ]
    },
    wiring: { input: 'image', steps: 4 },
  },
  'all pixels in one row': {
    layers: () => {
      const { layers } = library()
      return [layers.dense({ units: 5, activation: 'relu', inputShape: [24] }), layers.dense({ units: 3 })]
    },
    wiring: { rows: 4, steps: 3 },
  },
}

describe('a chain of TensorFlow.js', () => {
  it.each(Object.keys(chains))('has the same logits here: %s', async (name) => {
    const { layers, wiring } = chains[name]!
    const model = library().sequential({ layers: layers() })
    randomise(model, name)
    let artifacts: tf.io.ModelArtifacts = {}
    await model.save(
      tf.io.withSaveHandler(async (given) => {
        artifacts = given
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
      }),
    )
    const weights = tf.io.CompositeArrayBuffer.join(artifacts.weightData)
    const imported = importLayersModel(artifacts, weights, { wiring })

    const shape = [4, ...(model.inputs[0]!.shape.slice(1) as number[])]
    const values = randomValues(
      shape.reduce((size, length) => size * length, 1),
      name,
    )
    const outputs = (model.predict(tf.tensor(values, shape)) as tf.Tensor).dataSync<'float32'>()
    const sequences = toSequences({ shape, values }, imported)
    const x = tf.tensor3d(sequences.values, sequences.shape as [number, number, number])
    const { architecture, geometry, units, parameters } = imported
    const logits = logitsOf(architecture.forward(geometry, units), toTensors(parameters), x)
    const isSoftmax = model.layers[model.layers.length - 1]!.getConfig().activation === 'softmax'
    const computed = isSoftmax ? softmax(logits, 3) : logits
    for (const [i, value] of outputs.entries()) expect(Math.abs(computed[i]! - value)).toBeLessThan(1e-5)
    expect(Math.max(...outputs) - Math.min(...outputs)).toBeGreaterThan(0.01)
  })
})

function randomise(model: Model, name: string): void {
  const values = model.getWeights().map((weight, i) => {
    const scale = weight.rank === 1 ? 0.3 : 1.5 / Math.sqrt(weight.size / weight.shape[weight.rank - 1]!)
    return tf.tensor(randomValues(weight.size, `${name} ${i}`, -scale, 1.3 * scale), weight.shape)
  })
  model.setWeights(values)
}

const softmax = (logits: Float32Array, classes: number): Float32Array =>
  tf.tidy(() => tf.softmax(tf.tensor2d(logits, [logits.length / classes, classes])).dataSync<'float32'>())
