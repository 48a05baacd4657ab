import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, methods } from '../../src/catalogue/index.js'
import * as thesis from '../../src/thesis/conformance.js'
import { type Golden, parseGolden } from '../../src/thesis/golden.js'

beforeAll(async () => {
  await useBackend()
})

const LIMIT = 1e-4
const folder = join(import.meta.dirname, '..', 'golden')
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const read = (file: string): Golden => parseGolden(readFileSync(join(folder, file), 'utf8'))
const conformance = (golden: Golden) => thesis.conformance(golden, architecture(golden.architecture), methods)
const of = (deviations: readonly thesis.Deviation[], quantity: string): number =>
  deviations.find((deviation) => deviation.quantity === quantity)!.deviation!

/** The list with value i changed by a part of the largest value. */
function corrupted(values: readonly number[], part: number, i = values.length >> 1): number[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return values.map((value, k) => (k === i ? value + part * largest : value))
}

describe('the golden files', () => {
  it('are five, one of each architecture', () => {
    expect(files.map((file) => read(file).architecture).sort()).toEqual([
      'conv-r-lstm',
      'convdeep',
      'deep',
      'r-lstm',
      'shallow',
    ])
  })

  it.each(files)('%s is met within 1e-4 by logits and every method it holds', (file) => {
    const golden = read(file)
    const deviations = conformance(golden)
    expect(deviations.map(({ quantity }) => quantity)).toEqual(['logits', ...Object.keys(golden.relevance)])
    expect(Object.keys(golden.relevance).length).toBeGreaterThanOrEqual(4)
    for (const { architecture, deviation } of deviations) {
      expect(architecture).toBe(golden.architecture)
      expect(deviation).toBeLessThanOrEqual(LIMIT)
    }
  })
})

describe('a golden file', () => {
  const whole = read('deep.json')
  /** Compiling every method anew for every case would take most of the time. */
  const withFew = (...names: string[]): Golden => ({
    ...whole,
    relevance: Object.fromEntries(names.map((name) => [name, whole.relevance[name]!])),
  })
  const golden = withFew('sensitivity', 'deepTaylor')

  it.each(Object.keys(whole.relevance))('with one wrong value of %s fails there and nowhere else', (name) => {
    const golden = withFew('sensitivity', 'deepTaylor', name)
    const reference = golden.relevance[name]!
    const values = corrupted(reference.values, 1.1e-3)
    const wrong = conformance({
      ...golden,
      relevance: { ...golden.relevance, [name]: { ...reference, values } },
    })
    expect(of(wrong, name)).toBeGreaterThan(1e-3)
    expect(wrong.filter(({ deviation }) => deviation! > LIMIT)).toHaveLength(1)
  })

  it('with a wrong logit or parameter fails', () => {
    const logits = { ...golden.logits, values: corrupted(golden.logits.values, 2e-4) }
    expect(of(conformance({ ...golden, logits }), 'logits')).toBeGreaterThan(LIMIT)
    const kernel = golden.parameters['readout.kernel']!
    const parameters = {
      ...golden.parameters,
      'readout.kernel': { ...kernel, values: corrupted(kernel.values, 0.1) },
    }
    expect(conformance({ ...golden, parameters }).some(({ deviation }) => deviation! > LIMIT)).toBe(true)
  })

  it('with too few values or one that is no number deviates without bound', () => {
    const { deepTaylor } = golden.relevance
    const fewer = { ...deepTaylor!, values: deepTaylor!.values.slice(1) }
    const none = { ...deepTaylor!, values: deepTaylor!.values.with(3, Number.NaN) }
    for (const reference of [fewer, none])
      expect(of(conformance({ ...golden, relevance: { deepTaylor: reference } }), 'deepTaylor')).toBe(
        Infinity,
      )
  })

  it('with a method that there is not reports it as missing, and compares the others', () => {
    const { deepTaylor, sensitivity } = golden.relevance
    const found = conformance({
      ...golden,
      relevance: { magic: sensitivity!, deepTaylor: deepTaylor! },
    })
    expect(found.map(({ quantity }) => quantity)).toEqual(['logits', 'magic', 'deepTaylor'])
    expect(found[1]!.deviation).toBeNull()
    expect(of(found, 'deepTaylor')).toBeLessThanOrEqual(LIMIT)
  })

  it('with another target, range or sequence fails', () => {
    const target = golden.target.map((k) => (k + 1) % golden.geometry.classes)
    const sequences = { ...golden.sequences, values: corrupted(golden.sequences.values, 0.5) }
    for (const other of [
      { ...golden, target },
      { ...golden, inputRange: [-2, 1] as const },
      { ...golden, sequences },
    ])
      expect(of(conformance(other), 'deepTaylor')).toBeGreaterThan(LIMIT)
  })

  it('that does not fit its network is refused by name', () => {
    const { 'output.bias': _, ...parameters } = golden.parameters
    expect(() => conformance({ ...golden, parameters })).toThrow('parameter output.bias [5] is missing')
    expect(() => conformance({ ...golden, target: [0] })).toThrow('1 targets for 3 sequences')
    const geometry = { ...golden.geometry, rows: 8 }
    expect(() => conformance({ ...golden, geometry })).toThrow('input.kernel has shape')
  })
})

describe('the text of a golden file', () => {
  const golden = read('deep.json')
  const text = (changes: Readonly<Record<string, unknown>>) => JSON.stringify({ ...golden, ...changes })
  const { deepTaylor } = golden.relevance

  it.each<[string, string, string]>([
    ['is not JSON', '{', 'it is not JSON'],
    ['is no object', '[]', 'it is not an object'],
    ['has no units', text({ units: undefined }), 'it has no units; an object of layer sizes is needed'],
    [
      'has no range',
      text({ inputRange: undefined }),
      'it has no inputRange; two numbers, [low, high] is needed',
    ],
    ['has half a range', text({ inputRange: [-1] }), 'its inputRange is [-1]; it must be two numbers'],
    [
      'has a null among weights',
      text({
        parameters: { ...golden.parameters, 'output.bias': { shape: [5], values: [0, null, 0, 0, 0] } },
      }),
      'its parameters.output.bias.values[1] is null; it must be a number',
    ],
    [
      'has logits of another shape',
      text({ logits: { shape: [99], values: golden.logits.values } }),
      'its logits.shape is [99]; it must be [3,',
    ],
    ['has no relevance', text({ relevance: undefined }), 'it has no relevance'],
    [
      'has an empty relevance',
      text({ relevance: {} }),
      'its relevance is {}; it must be at least one method',
    ],
    [
      'has relevance with a value too few',
      text({ relevance: { deepTaylor: { ...deepTaylor, values: deepTaylor!.values.slice(1) } } }),
      'its relevance.deepTaylor holds',
    ],
    ['has a size of 0', text({ geometry: { ...golden.geometry, steps: 0 } }), 'its geometry.steps is 0'],
  ])('that %s is refused, naming the key', (_what, content, message) => {
    expect(() => parseGolden(content)).toThrow(message)
  })
})
