import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describe as describeArchitecture } from '../../src/architectures/index.js'
import { importModel, loadImported, saveImported } from '../../src/importing/index.js'
import { fixture, fixtureNames, importFixture } from './fixtures.js'

const state = { folder: '' }
beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'imported-'))
})
afterEach(() => rmSync(state.folder, { recursive: true }))

describe('an imported model', () => {
  it.each(fixtureNames)('%s comes back from its folder as it was', async (name) => {
    const model = await importFixture(name)
    await saveImported(join(state.folder, name), model)
    const back = await loadImported(join(state.folder, name))
    const { architecture, ...values } = back
    const { architecture: original, ...others } = model
    expect(values).toEqual(others)
    expect(architecture.id).toBe(original.id)
    const fingerprint = (of: typeof original) =>
      describeArchitecture(of, model.geometry, model.units).fingerprint
    expect(fingerprint(architecture)).toBe(fingerprint(original))
  })

  it('replaces one that was imported before', async () => {
    await saveImported(state.folder, await importFixture('torch-rnn'))
    await saveImported(state.folder, await importFixture('torch-lstm'))
    expect((await loadImported(state.folder)).network.id).toBe('torch-lstm')
  })

  it.each(['tfjs-lstm', 'torch-lstm'])('never replaces the original: %s', async (name) => {
    const { path } = fixture(name)
    cpSync(dirname(path), state.folder, { recursive: true })
    const file = join(state.folder, path.slice(dirname(path).length + 1))
    const before = readFileSync(file)
    const model = await importModel(file)
    await expect(saveImported(state.folder, model)).rejects.toThrow(
      `${file} is not an imported network and is not replaced; choose another folder`,
    )
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is refused, naming the file, when its tensors are those of another', async () => {
    await saveImported(state.folder, await importFixture('torch-rnn'))
    const tensors = join(state.folder, 'model.safetensors')
    const bytes = readFileSync(tensors)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(tensors, bytes)
    await expect(loadImported(state.folder)).rejects.toThrow(
      `${tensors} does not belong to model.json: its SHA-256 is another; import the model anew`,
    )
  })

  it('is refused, naming the file, when a size in model.json is another', async () => {
    await saveImported(state.folder, await importFixture('torch-rnn'))
    const file = join(state.folder, 'model.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"steps": 5/, '"steps": 6'))
    await expect(loadImported(state.folder)).rejects.toThrow(
      `${file} is damaged or was edited: its content does not match its seal; import the model anew`,
    )
  })

  it.each([
    ['{', 'is damaged: it is not JSON'],
    ['{"format":"layers-model"}', 'is no imported network; npm run import-model writes one'],
    ['{"format":"imported-network","version":2}', 'is damaged or of another version; import the model anew'],
    [
      '{"format":"imported-network","version":1,"sha256":"","geometry":{},"units":{},"network":{"input":{},"layers":[{"type":"lstm"}]}}',
      'is damaged or of another version',
    ],
  ])('is refused, naming the file, when model.json is %s', async (text, message) => {
    await saveImported(state.folder, await importFixture('torch-rnn'))
    writeFileSync(join(state.folder, 'model.json'), text)
    await expect(loadImported(state.folder)).rejects.toThrow(`${join(state.folder, 'model.json')} ${message}`)
  })
})

describe('importModel', () => {
  it('takes wiring as a file, as an object, or from wiring.json beside the model', async () => {
    const { path } = fixture('torch-lstm')
    const beside = await importModel(path)
    const file = join(state.folder, 'mine.json')
    const wiring = JSON.parse(readFileSync(join(dirname(path), 'wiring.json'), 'utf8'))
    writeFileSync(file, JSON.stringify({ ...wiring, id: 'mine', title: 'Mine' }))
    const named = await importModel(path, { wiring: file })
    expect(named.network).toMatchObject({ ...beside.network, id: 'mine', title: 'Mine' })
    expect((await importModel(path, { wiring })).network).toEqual(beside.network)
  })

  it('calls a model as its file, or as its folder where the file is called model', async () => {
    const { path } = fixture('torch-lstm')
    const wiring = JSON.parse(readFileSync(join(dirname(path), 'wiring.json'), 'utf8'))
    cpSync(path, join(state.folder, 'My_RNN v2.safetensors'))
    expect((await importModel(path)).architecture.id).toBe('torch-lstm')
    const named = await importModel(join(state.folder, 'My_RNN v2.safetensors'), { wiring })
    expect(named.architecture.id).toBe('my-rnn-v2')
  })
})
