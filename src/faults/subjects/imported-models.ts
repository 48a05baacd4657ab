import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from '../../architectures/index.js'
import { decodeSafetensors, encodeSafetensors } from '../../files/safetensors.js'
import { type Imported, importModel, loadImported, saveImported } from '../../importing/index.js'
import { importStateDict } from '../../importing/pytorch/import-state-dict.js'
import type { Subject } from '../subject.js'
import { digestOf, tensor } from './values.js'

/** The network's fingerprint and every parameter, which its address is made of. */
function whatItSays({ architecture, geometry, units, parameters }: Imported): string {
  const { id, title } = architecture
  const { fingerprint } = describe(architecture, geometry, units)
  return JSON.stringify([id, title, geometry, units, fingerprint, digestOf(parameters)])
}

const UNITS = 3
const [ROWS, CLASSES] = [4, 2]

/** A PyTorch LSTM with a linear layer, as a state_dict. */
function stateDict(variant: number): Uint8Array {
  const tensors = {
    'rnn.weight_ih_l0': tensor([4 * UNITS, ROWS], variant),
    'rnn.weight_hh_l0': tensor([4 * UNITS, UNITS], variant + 1),
    'rnn.bias_ih_l0': tensor([4 * UNITS], variant + 2),
    'rnn.bias_hh_l0': tensor([4 * UNITS], variant + 3),
    'fc.weight': tensor([CLASSES, UNITS], variant + 4),
    'fc.bias': tensor([CLASSES], variant + 5),
  }
  return encodeSafetensors({ tensors, metadata: { format: 'pt' } })
}

const WIRING = {
  ...{ id: 'of-torch', rows: ROWS, stepColumns: 1, steps: 5 },
  layers: [
    { type: 'LSTM', name: 'rnn' },
    { type: 'Linear', name: 'fc' },
  ],
}

function writeTorch(folder: string, variant: number): void {
  writeFileSync(join(folder, 'model.safetensors'), stateDict(variant))
  const wiring = { ...WIRING, steps: 5 + variant }
  writeFileSync(join(folder, 'wiring.json'), `${JSON.stringify(wiring, null, 1)}\n`)
}

/** A Keras model of one dense layer per step's end, as TensorFlow.js keeps it. */
function writeKeras(folder: string, variant: number): void {
  const shapes = [
    ['rnn/kernel', [ROWS, UNITS]],
    ['rnn/recurrent_kernel', [UNITS, UNITS]],
    ['rnn/bias', [UNITS]],
    ['readout/kernel', [UNITS, CLASSES]],
    ['readout/bias', [CLASSES]],
  ] as const
  const values = shapes.map(([, shape], i) => tensor(shape, variant + i).values)
  const rnn = { name: 'rnn', batch_input_shape: [null, 5 + variant, ROWS], units: UNITS, activation: 'relu' }
  const plain = { use_bias: true, return_sequences: false, go_backwards: false, dtype: 'float32' }
  const readout = { name: 'readout', units: CLASSES, activation: 'linear', use_bias: true }
  const model = {
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'sequential',
        layers: [
          { class_name: 'SimpleRNN', config: { ...rnn, ...plain } },
          { class_name: 'Dense', config: readout },
        ],
      },
    },
    format: 'layers-model',
    weightsManifest: [
      { paths: ['weights.bin'], weights: shapes.map(([name, shape]) => ({ name, shape, dtype: 'float32' })) },
    ],
  }
  writeFileSync(join(folder, 'model.json'), `${JSON.stringify(model, null, 1)}\n`)
  writeFileSync(join(folder, 'weights.bin'), Buffer.concat(values.map(({ buffer }) => Buffer.from(buffer))))
  writeFileSync(join(folder, 'wiring.json'), `${JSON.stringify({ id: 'of-keras', rows: ROWS }, null, 1)}\n`)
}

const importedOf = (variant: number): Imported =>
  importStateDict(decodeSafetensors(stateDict(variant), 'model').tensors, WIRING, { file: 'model' })

export const importedModels: readonly Subject[] = [
  {
    kind: 'model of PyTorch',
    isSealed: false,
    names: ['rnn', 'fc', 'wiring'],
    make: writeTorch,
    read: async (folder) => whatItSays(await importModel(join(folder, 'model.safetensors'))),
  },
  {
    kind: 'model of Keras',
    isSealed: false,
    names: ['rnn', 'readout', 'wiring'],
    make: writeKeras,
    read: async (folder) => whatItSays(await importModel(join(folder, 'model.json'))),
  },
  {
    kind: 'imported model',
    isSealed: true,
    async make(folder, variant) {
      await saveImported(folder, importedOf(variant))
    },
    read: async (folder) => whatItSays(await loadImported(folder)),
  },
]
