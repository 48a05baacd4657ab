import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  addressOf,
  type Checkpoint,
  hasCheckpoint,
  loadCheckpoint,
  readdressCheckpoint,
  saveCheckpoint,
} from '../../src/training/checkpoint.js'
import { emptyFolder, flipped } from './folder.js'

const row = {
  epoch: 0,
  learningRate: 1e-7,
  loss: 0.30000000000000004,
  accuracy: 0.9,
  validationLoss: 1e21,
  validationAccuracy: 1 / 3,
}
const checkpoint: Checkpoint = {
  configuration: {
    network: 'shallow',
    units: { hidden: 2 },
    training: { learningRate: 1e-7, seed: 1 },
    list: [1, null, 'ü'],
  },
  parameters: {
    'hidden.kernel': { shape: [2, 2], values: Float32Array.of(1, -2, Math.PI, 1e-30) },
    'hidden.bias': { shape: [2], values: Float32Array.of(-0.01, 0) },
  },
  result: { bestEpoch: 0, history: [row], ending: 'finished', backend: 'wasm', testAccuracy: 0.9785 },
}

describe('the address of a configuration', () => {
  const { configuration } = checkpoint

  it('does not depend on the order of keys', () => {
    const turned = {
      list: [1, null, 'ü'],
      training: { seed: 1, learningRate: 1e-7 },
      units: { hidden: 2 },
      network: 'shallow',
    }
    expect(addressOf(turned)).toBe(addressOf(configuration))
  })

  it('changes with every value, key, and order in a list', () => {
    const others = [
      { ...configuration, network: 'deep' },
      { ...configuration, units: { hidden: 3 } },
      { ...configuration, units: { hiden: 2 } },
      { ...configuration, training: { learningRate: 1.1e-7, seed: 1 } },
      { ...configuration, list: [null, 1, 'ü'] },
      { ...configuration, list: ['1', null, 'ü'] },
      { ...configuration, more: false },
    ]
    expect(new Set([configuration, ...others].map(addressOf)).size).toBe(others.length + 1)
  })

  it('is the first 12 digits of the SHA-256 of its JSON with sorted keys', () => {
    const sha256 = createHash('sha256').update('{"a":[1,{"b":null,"c":"x"}],"d":0.001}').digest('hex')
    expect(addressOf({ d: 1e-3, a: [1, { c: 'x', b: null }] })).toBe(sha256.slice(0, 12))
  })
})

describe('a checkpoint', () => {
  it('comes back as it was saved', async () => {
    const folder = join(emptyFolder(), 'new', 'one')
    await saveCheckpoint(folder, checkpoint)
    expect(await loadCheckpoint(folder)).toEqual(checkpoint)
    expect(readdirSync(folder).sort()).toEqual(['model.json', 'model.safetensors'])
  })

  it('takes the place of another', async () => {
    const folder = emptyFolder()
    await saveCheckpoint(folder, { ...checkpoint, configuration: { other: 1 } })
    await saveCheckpoint(folder, checkpoint)
    expect(await loadCheckpoint(folder)).toEqual(checkpoint)
  })

  it('is there once its description is, which is written last', async () => {
    const folder = emptyFolder()
    expect(hasCheckpoint(folder)).toBe(false)
    await saveCheckpoint(folder, checkpoint)
    expect(hasCheckpoint(folder)).toBe(true)
    rmSync(join(folder, 'model.json'))
    expect(hasCheckpoint(folder)).toBe(false)
    await expect(loadCheckpoint(folder)).rejects.toThrow('model.json')
  })

  it('may have line ends of Windows in its description', async () => {
    const folder = emptyFolder()
    await saveCheckpoint(folder, checkpoint)
    const file = join(folder, 'model.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(await loadCheckpoint(folder)).toEqual(checkpoint)
  })

  it.each(['model.json', 'model.safetensors'])(
    'is refused, naming %s, when one of its bits is flipped',
    async (name) => {
      const folder = emptyFolder()
      await saveCheckpoint(folder, checkpoint)
      const file = join(folder, name)
      const bytes = readFileSync(file)
      for (let bit = 0; bit < 8 * bytes.length; bit += 5) {
        writeFileSync(file, flipped(bytes, bit))
        await expect(loadCheckpoint(folder), `bit ${bit}`).rejects.toThrow(`${file} is damaged`)
      }
      writeFileSync(file, bytes)
      expect(await loadCheckpoint(folder)).toEqual(checkpoint)
    },
  )

  it.each([
    ['1e-7', '1E-7'],
    ['0.30000000000000004', '0.30000000000000005'],
  ])('is refused where %s became %s, which is the same number', async (written, changed) => {
    expect(Number(written)).toBe(Number(changed))
    const folder = emptyFolder()
    await saveCheckpoint(folder, checkpoint)
    const file = join(folder, 'model.json')
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(written)
    writeFileSync(file, text.replace(written, changed))
    await expect(loadCheckpoint(folder)).rejects.toThrow(`${file} is damaged`)
  })

  it.each(['model.json', 'model.safetensors'])(
    'is refused when %s is cut off, empty, or too long',
    async (name) => {
      const folder = emptyFolder()
      await saveCheckpoint(folder, checkpoint)
      const file = join(folder, name)
      const bytes = readFileSync(file)
      for (const other of [
        bytes.subarray(0, 0),
        bytes.subarray(0, 9),
        bytes.subarray(0, -1),
        Buffer.concat([bytes, bytes.subarray(0, 1)]),
      ]) {
        writeFileSync(file, other)
        await expect(loadCheckpoint(folder)).rejects.toThrow(`${file} is damaged`)
      }
      rmSync(file)
      await expect(loadCheckpoint(folder)).rejects.toThrow(name)
    },
  )

  it.each(['null', '[]', '{}', '5', '"text"'])('is refused when its description is %s', async (text) => {
    const folder = emptyFolder()
    await saveCheckpoint(folder, checkpoint)
    writeFileSync(join(folder, 'model.json'), `${text}\n`)
    await expect(loadCheckpoint(folder)).rejects.toThrow('model.json is damaged or was edited')
  })

  it('is refused when tensors of another training lie beside its description', async () => {
    const [folder, other] = [emptyFolder(), emptyFolder()]
    await saveCheckpoint(folder, checkpoint)
    await saveCheckpoint(other, {
      ...checkpoint,
      parameters: { a: { shape: [1], values: Float32Array.of(1) } },
    })
    writeFileSync(join(folder, 'model.safetensors'), readFileSync(join(other, 'model.safetensors')))
    await expect(loadCheckpoint(folder)).rejects.toThrow('its SHA-256 is not the one in model.json')
  })

  it('is refused, naming the folder to delete, when its tensors are gone', async () => {
    const folder = emptyFolder()
    await saveCheckpoint(folder, checkpoint)
    rmSync(join(folder, 'model.safetensors'))
    await expect(loadCheckpoint(folder)).rejects.toThrow(
      `${folder} has a model.json and no model.safetensors; delete the folder to train anew`,
    )
  })

  it('may be given another configuration; its tensors stay, byte for byte', async () => {
    const folder = emptyFolder()
    await saveCheckpoint(folder, checkpoint)
    const tensors = readFileSync(join(folder, 'model.safetensors'))
    const configuration = { ...checkpoint.configuration, fingerprint: 'new' }
    await readdressCheckpoint(folder, configuration)
    expect(await loadCheckpoint(folder)).toEqual({ ...checkpoint, configuration })
    expect(readFileSync(join(folder, 'model.safetensors'))).toEqual(tensors)
  })

  it('has the same tensor file whatever its configuration is', async () => {
    const [folder, other] = [emptyFolder(), emptyFolder()]
    await saveCheckpoint(folder, checkpoint)
    await saveCheckpoint(other, { ...checkpoint, configuration: { other: 1 } })
    expect(readFileSync(join(other, 'model.safetensors'))).toEqual(
      readFileSync(join(folder, 'model.safetensors')),
    )
  })
})
