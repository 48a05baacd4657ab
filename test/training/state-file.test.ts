import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layer } from '../../src/network/parameters.js'
import { layoutOf } from '../../src/training/layout.js'
import { startState, type TrainingState } from '../../src/training/state.js'
import { loadState, removeState, saveState } from '../../src/training/state-file.js'
import { emptyFolder, flipped } from './folder.js'
import { plain } from './problem.js'

const layout = layoutOf(layer('a', [2, 2]))
const row = {
  epoch: 0,
  learningRate: 1e-3,
  loss: 1 / 3,
  accuracy: 0.1 + 0.2,
  validationLoss: 1e-9,
  validationAccuracy: 1,
}

/** A state all of whose parts differ from one at the start. */
function state(): TrainingState {
  const start = startState(layout, 1)
  start.adam.m.set([1, 2, 3, 4, 5, 6])
  start.adam.v.set([6, 5, 4, 3, 2, 1e-20])
  start.adam.steps = 17
  const best = { epoch: 0, effective: Float32Array.of(9, 8, 7, 6, -5, -4) }
  return {
    ...start,
    epoch: 1,
    batch: 3,
    lossSum: 2 / 3,
    correct: 12,
    history: [row],
    backends: ['wasm'],
    best,
  }
}

describe('a training state', () => {
  it('comes back as it was saved, to the bit', async () => {
    const file = join(emptyFolder(), 'new', 'state.safetensors')
    await saveState(file, 'address', state())
    const loaded = await loadState(file, 'address', layout)
    expect(plain(loaded!)).toEqual(plain(state()))
    expect(readdirSync(join(file, '..'))).toEqual(['state.safetensors'])
  })

  it('comes back as one that can be trained on: what is loaded are arrays of its own', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    await saveState(file, 'address', state())
    const loaded = (await loadState(file, 'address', layout))!
    loaded.trained.fill(0)
    expect(loaded.adam.m[0]).toBe(1)
    expect(plain((await loadState(file, 'address', layout))!)).toEqual(plain(state()))
  })

  it('is null where there is none, and may be removed whether it is there or not', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    expect(await loadState(file, 'address', layout)).toBeNull()
    await removeState(file)
    await saveState(file, 'address', state())
    await removeState(file)
    expect(existsSync(file)).toBe(false)
  })

  it('of another configuration is refused', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    await saveState(file, 'address', state())
    await expect(loadState(file, 'another', layout)).rejects.toThrow(
      `${file} belongs to another configuration; delete it to train from the start`,
    )
  })

  it('of a network with another number of parameters is refused', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    await saveState(file, 'address', state())
    await expect(loadState(file, 'address', layoutOf(layer('a', [3, 2])))).rejects.toThrow(
      'holds 6 parameters, the network 8',
    )
  })

  it('is refused, naming the file, when one of its bits is flipped', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    await saveState(file, 'address', state())
    const bytes = readFileSync(file)
    for (let bit = 0; bit < 8 * bytes.length; bit += 5) {
      writeFileSync(file, flipped(bytes, bit))
      await expect(loadState(file, 'address', layout), `bit ${bit}`).rejects.toThrow(file)
    }
  })

  it('is refused at whatever byte it is cut off', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    await saveState(file, 'address', state())
    const bytes = readFileSync(file)
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(file, bytes.subarray(0, length))
      await expect(loadState(file, 'address', layout)).rejects.toThrow(
        `${file} is not a whole safetensors file`,
      )
    }
  })

  it('is not mistaken for a file of other tensors', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    const { encodeSafetensors } = await import('../../src/files/safetensors.js')
    writeFileSync(
      file,
      encodeSafetensors({
        tensors: { a: { shape: [1], values: Float32Array.of(1) } },
        metadata: { address: 'address' },
      }),
    )
    await expect(loadState(file, 'address', layout)).rejects.toThrow('is not a training state')
  })

  it('of before backends were written down goes on, saying nothing of them', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    const { backends: _, ...before } = state()
    await saveState(file, 'address', before as TrainingState)
    expect(await loadState(file, 'address', layout)).toMatchObject({ epoch: 1, backends: [] })
  })
})
