import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, type TensorValues } from '../../src/files/safetensors.js'
import { importLayersModel, importModel, importStateDict, type Wiring } from '../../src/importing/index.js'
import { fixture } from './fixtures.js'

type Json = Record<string, unknown>

interface ModelJson extends Json {
  modelTopology: Json
  weightsManifest: { paths: string[]; weights: Json[] }[]
}

/** A fixture's model.json to change, with its weights and wiring. */
function layersModel(name: string) {
  const { path } = fixture(name)
  const json = JSON.parse(readFileSync(path, 'utf8')) as ModelJson
  const paths = json.weightsManifest.flatMap((group) => group.paths)
  const weights = Buffer.concat(paths.map((file) => readFileSync(join(dirname(path), file))))
  const layers = layersOf(json)
  const layer = (wanted: string): Json => {
    const found = layers.map(({ config }) => config as Json).find((config) => config.name === wanted)!
    return found.layer ? ((found.layer as Json).config as Json) : found
  }
  return { json, weights, layers, layer }
}

function layersOf({ modelTopology }: ModelJson): Json[] {
  const model = (modelTopology.model_config ?? modelTopology) as Json
  return (model.config as Json).layers as Json[]
}

const rows: Wiring = { rows: 4 }

/** The refusal of a layers model that was changed. */
function refusal(
  name: string,
  change: (model: ReturnType<typeof layersModel>) => unknown,
  wiring: Wiring = rows,
): string {
  const model = layersModel(name)
  change(model)
  return messageOf(() => importLayersModel(model.json, model.weights, { wiring, file: 'mine/model.json' }))
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'nothing was refused'
}

describe('a layers model is refused by the name of the layer', () => {
  it.each<[string, string, (model: ReturnType<typeof layersModel>) => unknown, string]>([
    [
      'of a class that is not read',
      'tfjs-lstm',
      ({ layers }) => Object.assign(layers[0]!, { class_name: 'BatchNormalization' }),
      "layer 'lstm' (BatchNormalization) is not read; read are Dense, SimpleRNN, LSTM, GRU, Bidirectional, Conv2D",
    ],
    [
      'with an unknown activation',
      'tfjs-lstm',
      ({ layer }) => Object.assign(layer('lstm'), { activation: 'elu' }),
      'layer \'lstm\' (LSTM) has the activation "elu"; read are linear, relu, tanh',
    ],
    [
      'with an activation of gates that is not read',
      'tfjs-lstm',
      ({ layer }) => Object.assign(layer('lstm'), { recurrent_activation: 'tanh' }),
      'layer \'lstm\' (LSTM) has the recurrent activation "tanh"; read are sigmoid and hard_sigmoid',
    ],
    [
      'with a softmax before the end',
      'tfjs-simple-rnn-relu',
      ({ layer }) => Object.assign(layer('hidden'), { activation: 'softmax' }),
      'layer \'hidden\' (Dense) has the activation "softmax"; read are linear, relu, tanh',
    ],
    [
      'whose logits are squashed',
      'tfjs-lstm',
      ({ layer }) => Object.assign(layer('readout'), { activation: 'tanh' }),
      "the last layer 'readout' has the activation tanh; for logits it must be linear, or softmax or sigmoid, which are taken off",
    ],
    [
      'with strides',
      'tfjs-conv-lstm',
      ({ layer }) => Object.assign(layer('each_conv'), { strides: [2, 2] }),
      "layer 'each_conv' (Conv2D) has strides = [2,2]; read is [1,1]",
    ],
    [
      'with channels first',
      'tfjs-conv-lstm',
      ({ layer }) => Object.assign(layer('each_conv'), { data_format: 'channels_first' }),
      '(Conv2D) has data_format = "channels_first"; read are "channels_last", null',
    ],
    [
      'with pools of another size',
      'tfjs-conv-lstm',
      ({ layer }) => Object.assign(layer('each_pool'), { pool_size: [3, 3] }),
      "layer 'each_pool' (MaxPooling2D) has pool_size = [3,3]; read is [2,2]",
    ],
    [
      'with pools that overlap',
      'tfjs-conv-lstm',
      ({ layer }) => Object.assign(layer('each_pool'), { strides: [1, 1] }),
      '(MaxPooling2D) has strides = [1,1]; read are [2,2], null',
    ],
    [
      'with states that are kept',
      'tfjs-gru',
      ({ layer }) => Object.assign(layer('gru'), { stateful: true }),
      "layer 'gru' (GRU) has stateful = true; read are false, null",
    ],
    [
      'whose two directions are multiplied',
      'tfjs-bidirectional-lstm',
      ({ layers }) => Object.assign(layers[0]!.config as Json, { merge_mode: 'mul' }),
      'layer \'both\' (Bidirectional) has merge_mode = "mul"; read are concat, sum',
    ],
    [
      'whose two directions differ',
      'keras-bidirectional-lstm',
      ({ layers }) =>
        Object.assign(((layers[0]!.config as Json).backward_layer as Json).config as Json, {
          activation: 'relu',
        }),
      "layer 'both' (Bidirectional) has a backward layer that differs from the forward one",
    ],
    [
      'that ends in a sequence',
      'tfjs-gru',
      ({ layer }) => Object.assign(layer('gru'), { return_sequences: true }),
      "layer 'readout' gives logits of shape [5,3]; one row of classes is read",
    ],
    [
      'that ends without logits',
      'tfjs-gru',
      ({ layers, json }) => {
        layers.pop()
        json.weightsManifest[0]!.weights.splice(3)
      },
      'its weights take',
    ],
    [
      'that reads a sequence where there is none',
      'tfjs-two-level-rnn',
      ({ layers }) => Object.assign(layers[0]!.config as Json, { return_sequences: false }),
      'reads [5]; a recurrence needs [steps, features]',
    ],
    [
      'whose weights are missing',
      'tfjs-lstm',
      ({ json }) => Object.assign(json.weightsManifest[0]!.weights[1]!, { name: 'lstm/other' }),
      "layer 'lstm' (LSTM) has no weight 'recurrent_kernel' in the file; it has kernel, other, bias",
    ],
    [
      'whose weights are those of another cell',
      'tfjs-lstm',
      ({ layers }) => Object.assign(layers[0]!, { class_name: 'GRU' }),
      "layer 'lstm' (GRU) has the weight 'recurrent_kernel' of shape [5,20]; with 5 units it must be [5,15]",
    ],
  ])('%s', (_what, name, change, message) => {
    const wiring = name.includes('conv') ? {} : rows
    const found = refusal(name, change, wiring)
    expect(found).toContain('mine/model.json: ')
    expect(found).toContain(message)
  })

  it('of a graph that is more than a chain', () => {
    const found = refusal('tfjs-functional', ({ layers }) => {
      const rnn = layers.find(({ name }) => name === 'rnn')!
      rnn.inbound_nodes = [
        [
          ['embedding', 0, 0, {}],
          ['dropout', 0, 0, {}],
        ],
      ]
    })
    expect(found).toContain(
      "mine/model.json: layer 'embedding' is read by 'embedding_relu' and 'rnn'; only a chain of layers is read",
    )
  })

  it('of a layer that reads two signals', () => {
    const found = refusal('tfjs-functional', ({ layers }) => {
      layers.splice(1, 0, { ...layers[0]!, name: 'second', class_name: 'InputLayer' })
    })
    expect(found).toContain('the model has 2 inputs; only a chain of layers is read')
  })
})

describe('a layers model whose input does not say its geometry', () => {
  it.each<[Wiring, string]>([
    [{}, 'the model\'s input is [5, 12]; say how many rows a frame has in the wiring, e.g. { "rows": 28 }'],
    [{ rows: 5 }, 'that gives stepColumns = 2.4, which is no whole number'],
    [{ rows: 4, stepColumns: 4 }, 'that does not fit rows = 4 of the wiring'],
    [{ rows: 4, steps: 6 }, 'that does not fit steps = 6 of the wiring'],
    [{ rows: 0 }, 'rows is 0; it must be a whole number of at least 1'],
    [{ input: 'frames' as 'steps' }, 'input is "frames"; allowed are steps and image'],
    [{ pixels: [1, 0] }, 'pixels is [1,0]; it must be a range such as [0, 1] or [0, 255]'],
    [{ id: '1 model' }, 'id is "1 model"; it must be letters, digits and hyphens, a letter first'],
    [{ columns: 3 } as Wiring, "wiring has the unknown key 'columns'; there are rows, stepColumns, steps"],
  ])('is refused with what is missing or wrong: %j', (wiring, message) => {
    expect(refusal('tfjs-lstm', () => {}, wiring)).toContain(message)
  })
})

describe('files of weights', () => {
  it('that are cut off or too long are refused', () => {
    const { json, weights } = layersModel('tfjs-lstm')
    const options = { wiring: rows }
    expect(() => importLayersModel(json, weights.subarray(0, 700), options)).toThrow(
      "model.json: weight 'lstm/kernel' [12,20] ends at byte 960 of 700; a file of weights is missing or cut off",
    )
    const longer = Buffer.concat([weights, Buffer.alloc(4)])
    expect(() => importLayersModel(json, longer, options)).toThrow('its weights take')
  })

  it('that are no layers model are refused', () => {
    expect(() => importLayersModel([], new Uint8Array())).toThrow('model.json is not a layers model')
    expect(() => importLayersModel({}, new Uint8Array())).toThrow('it has no modelTopology')
    expect(() => importLayersModel({ format: 'graph-model' }, new Uint8Array())).toThrow(
      'convert with the output format tfjs_layers_model',
    )
  })
})

describe('a state_dict is refused', () => {
  const tensors = (name: string) => decodeSafetensors(readFileSync(fixture(name).path), name).tensors
  const lstm = { type: 'LSTM', name: 'rnn' }
  const fc = { type: 'Linear', name: 'fc' }
  const wired = (...layers: unknown[]): Wiring => ({ rows: 4, stepColumns: 3, steps: 5, layers })

  it.each<[string, string, Wiring, string]>([
    [
      'without wiring',
      'torch-lstm',
      {},
      'a state_dict does not say how its modules are wired: give a wiring',
    ],
    [
      'with an unknown module',
      'torch-lstm',
      wired(lstm, { type: 'Conv1d', name: 'fc' }),
      'layers[1] has type = "Conv1d"; read are RNN, LSTM, GRU, Linear, ReLU, Tanh, Flatten, Dropout',
    ],
    ['without a name', 'torch-lstm', wired({ type: 'LSTM' }), 'layers[0] has no name'],
    [
      'with an unknown setting',
      'torch-lstm',
      wired({ ...lstm, hidden: 3 }),
      "layers[0] has the unknown key 'hidden'; there are type, name, output",
    ],
    [
      'with an output that there is not',
      'torch-lstm',
      wired({ ...lstm, output: 'last' }),
      'layers[0] has output = "last"; allowed are allSteps, lastStep, finalState',
    ],
    [
      'whose tensors are missing',
      'torch-lstm',
      wired({ ...lstm, name: 'encoder' }, fc),
      "module 'encoder' (nn.LSTM) needs the tensor 'encoder.weight_ih_l0', which the state_dict does not hold",
    ],
    [
      'whose tensors are left over',
      'torch-deep',
      wired({ type: 'Linear', name: 'embed.0' }),
      "'decoder.bias', 'decoder.weight', 'head.0.bias', 'head.0.weight', 'head.2.bias', 'head.2.weight' are in no module of the wiring; add the module to \"layers\", or the tensors to \"ignore\"",
    ],
    [
      'that reads both ways and does not say what is read',
      'torch-lstm-two-levels-bidirectional',
      wired(lstm, fc),
      'module \'rnn\' (nn.LSTM) reads in both directions; say with "output" what the next layer reads',
    ],
    [
      'whose frames have another size',
      'torch-lstm',
      { ...wired(lstm, fc), stepColumns: 4 },
      "the model's input is [5, 12]; that does not fit rows = 4 of the wiring",
    ],
    [
      'with a softmax before the logits',
      'torch-lstm',
      wired(lstm, { type: 'Softmax' }, fc),
      'module nn.Softmax stands before the module that makes the logits; only one after it is taken off',
    ],
    [
      'of another kind of cell',
      'torch-lstm',
      wired({ type: 'GRU', name: 'rnn' }, fc),
      "module 'rnn' (nn.GRU) has 'rnn.weight_hh_l0' of shape [20,5]; with 5 units it must be [15,5]",
    ],
  ])('%s', (_what, name, wiring, message) => {
    const found = messageOf(() => importStateDict(tensors(name), wiring, { file: 'mine.safetensors' }))
    expect(found).toContain('mine.safetensors: ')
    expect(found).toContain(message)
  })

  it('where states are projected', () => {
    const projected: Record<string, TensorValues> = {
      ...tensors('torch-lstm'),
      'rnn.weight_hr_l0': { shape: [2, 5], values: new Float32Array(10) },
    }
    expect(() => importStateDict(projected, wired(lstm, fc))).toThrow('projects its states (proj_size)')
  })
})

describe('a file', () => {
  it.each([
    [
      'model.keras',
      'read are model.json and model.safetensors; write it in the format of TensorFlow.js layers',
    ],
    ['model.h5', 'tensorflowjs_converter --input_format keras'],
    ['model.pt', 'safetensors.torch.save_file(model.state_dict(), "model.safetensors")'],
    ['model.onnx', 'model.onnx: read are model.json and model.safetensors'],
  ])('of another format is refused with what to do: %s', async (path, message) => {
    await expect(importModel(path)).rejects.toThrow(message)
  })

  it('of weights that is missing is named', async () => {
    const { path } = fixture('tfjs-lstm')
    const { json } = layersModel('tfjs-lstm')
    json.weightsManifest[0]!.paths[2] = 'gone.bin'
    const folder = mkdtempSync(join(tmpdir(), 'import-'))
    try {
      cpSync(dirname(path), folder, { recursive: true })
      writeFileSync(join(folder, 'model.json'), JSON.stringify(json))
      await expect(importModel(join(folder, 'model.json'))).rejects.toThrow(
        `has its weights in ${join(folder, 'gone.bin')}, which cannot be read`,
      )
      writeFileSync(join(folder, 'model.json'), '{')
      await expect(importModel(join(folder, 'model.json'))).rejects.toThrow('model.json is not JSON')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
