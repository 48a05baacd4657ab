import { join } from 'node:path'
import { loadCheckpoint, saveCheckpoint } from '../../training/checkpoint.js'
import { layoutOf } from '../../training/layout.js'
import { startState } from '../../training/state.js'
import { loadState, saveState } from '../../training/state-file.js'
import type { Subject } from '../subject.js'
import { digestOf, tensor } from './values.js'

const HISTORY = [0, 1].map((epoch) => ({
  ...{ epoch, learningRate: 1e-3, loss: 1.3 / (epoch + 1), accuracy: 0.4 },
  ...{ validationLoss: 1.4, validationAccuracy: 0.41 },
}))

const checkpoint: Subject = {
  kind: 'checkpoint',
  isSealed: true,
  make: (folder, variant) =>
    saveCheckpoint(folder, {
      configuration: { format: 2, network: 'deep', seed: variant, training: { epochs: 2, patience: null } },
      parameters: { 'hidden.kernel': tensor([6, 4], variant), 'hidden.bias': tensor([4], variant + 9) },
      result: {
        bestEpoch: 1,
        history: HISTORY,
        ending: 'finished',
        backend: 'wasm',
        testAccuracy: 0.5 + variant / 10,
      },
    }),
  async read(folder) {
    const { parameters, ...rest } = await loadCheckpoint(folder)
    // As whoever loads a model does, which has an address.
    if (rest.configuration.seed !== 0) throw new Error(`${folder} holds another model`)
    return JSON.stringify([rest, digestOf(parameters)])
  },
}

const layout = layoutOf([
  { name: 'hidden.kernel', shape: [6, 4], kind: 'kernel' },
  { name: 'hidden.bias', shape: [4], kind: 'negativeBias' },
])
const STATE = 'state.safetensors'

const state: Subject = {
  kind: 'training state',
  isSealed: true,
  async make(folder, variant) {
    const begun = startState(layout, 1 + variant)
    begun.history.push(...HISTORY)
    begun.backends.push('wasm')
    await saveState(
      join(folder, STATE),
      `address-${variant}`,
      { ...begun, epoch: 2, batch: 3 },
      { configuration: '{}' },
    )
  },
  async read(folder) {
    const found = await loadState(join(folder, STATE), 'address-0', layout)
    if (found === null) return null // It begins anew.
    const { trained, adam, best, ...rest } = found
    const flat = (values: Float32Array) => ({ shape: [values.length], values })
    const tensors = { trained: flat(trained), m: flat(adam.m), v: flat(adam.v), best: flat(best.effective) }
    return JSON.stringify([rest, adam.steps, best.epoch, digestOf(tensors)])
  },
}

export const trainingFiles: readonly Subject[] = [checkpoint, state]
