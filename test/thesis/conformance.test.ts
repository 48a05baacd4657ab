import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { conformance, type Deviation } from '../../src/thesis/conformance.js'
import type { Golden } from '../../src/thesis/golden.js'

beforeAll(async () => {
  await useBackend()
})

const LIMIT = 1e-4
const folder = join(import.meta.dirname, '..', 'golden')
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const read = (file: string): Golden => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const of = (deviations: Deviation[], quantity: string) =>
  deviations.find((deviation) => deviation.quantity === quantity)!.deviation

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
  const golden = read('deep.json')

  it.each(Object.keys(golden.relevance))(
    'with one wrong value of %s fails there and nowhere else',
    (name) => {
      const reference = golden.relevance[name]!
      const values = corrupted(reference.values, 1.1e-3)
      const wrong = conformance({
        ...golden,
        relevance: { ...golden.relevance, [name]: { ...reference, values } },
      })
      expect(of(wrong, name)).toBeGreaterThan(1e-3)
      expect(wrong.filter(({ deviation }) => deviation > LIMIT)).toHaveLength(1)
    },
  )

  it('with a wrong logit or parameter fails', () => {
    const logits = { ...golden.logits, values: corrupted(golden.logits.values, 2e-4) }
    expect(of(conformance({ ...golden, logits }), 'logits')).toBeGreaterThan(LIMIT)
    const kernel = golden.parameters['readout.kernel']!
    const parameters = {
      ...golden.parameters,
      'readout.kernel': { ...kernel, values: corrupted(kernel.values, 0.1) },
    }
    expect(conformance({ ...golden, parameters }).some(({ deviation }) => deviation > LIMIT)).toBe(true)
  })

  it('with a value that is missing or no number deviates without bound', () => {
    const { deepTaylor } = golden.relevance
    const fewer = { ...deepTaylor!, values: deepTaylor!.values.slice(1) }
    const none = { ...deepTaylor!, values: deepTaylor!.values.with(3, Number.NaN) }
    const written = JSON.parse(JSON.stringify(none)) // NaN becomes null
    for (const reference of [fewer, none, written])
      expect(of(conformance({ ...golden, relevance: { deepTaylor: reference } }), 'deepTaylor')).toBe(
        Infinity,
      )
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
    expect(() => conformance({ ...golden, architecture: 'deeper' })).toThrow(
      "architecture 'deeper' is unknown",
    )
    expect(() => conformance({ ...golden, relevance: { magic: golden.relevance.deepTaylor! } })).toThrow(
      "method 'magic' is unknown",
    )
    expect(() => conformance({ ...golden, target: [0] })).toThrow('1 targets for 3 sequences')
    for (const relevance of [{}, undefined])
      expect(() => conformance({ ...golden, relevance } as Golden)).toThrow('holds no relevance')
    const geometry = { ...golden.geometry, rows: 8 }
    expect(() => conformance({ ...golden, geometry })).toThrow('input.kernel has shape')
  })
})
