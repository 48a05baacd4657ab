import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, it } from 'vitest'
import { inputCellAttention, shallow } from '../../../../src/architectures/index.js'
import { maskMeasures } from '../../../../src/evaluation/masks/index.js'
import { defineMethod, sensitivity } from '../../../../src/explanation/index.js'
import { boxMask, boxTest } from '../../../../src/thesis/controls/box/index.js'

const folder = mkdtempSync(join(tmpdir(), 'box-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const problem = { steps: 10, features: 10, training: 300, test: 30, seed: 1 }
const small = { problem, folder, training: { epochs: 4 } }

/** Knows where the early box is. */
const oracle = defineMethod({
  id: 'oracle',
  title: 'Oracle',
  attribute: ({ x }) =>
    tf.tile(tf.tensor3d(Float32Array.from(boxMask(problem, 'early')), [1, 10, 10]), [x.shape[0], 1, 1]),
})

describe('the box test', () => {
  it('has a row for each position, network, method and measure, with interval and chance', async () => {
    const shares: number[] = []
    const table = await boxTest({
      ...small,
      networks: [shallow, inputCellAttention],
      methods: [sensitivity, oracle],
      positions: ['early', 'late'],
      untrained: true,
      sequences: 20,
      onProgress: (done) => shares.push(done),
    })
    const rows = table.objects()
    expect(rows).toHaveLength(2 * 2 * 2 * 2 * 3)
    for (const { value, low, high, chance, accuracy, sequences } of rows) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThan(1)
      expect(accuracy).toBeGreaterThanOrEqual(0)
      expect(accuracy).toBeLessThanOrEqual(1)
      expect(sequences).toBe(20)
    }
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)

    const of = (network: string, position: string, method: string, measure: string) =>
      rows.find(
        (row) =>
          row.trained &&
          row.network === network &&
          row.position === position &&
          row.method === method &&
          row.measure === measure,
      )!
    // What knows the early box finds it, and of the late one nothing.
    expect(of('shallow', 'early', 'oracle', 'weightedJaccard').value).toBe(1)
    expect(of('shallow', 'early', 'oracle', 'areaUnderPrecision').value).toBe(1)
    for (const { id } of maskMeasures) expect(of('shallow', 'late', 'oracle', id).value).toBe(0)
    expect(of('shallow', 'late', 'oracle', 'areaUnderPrecision').chance).toBeCloseTo(0.24, 10)
    // Ten steps are learnt in a moment, where the box is early too.
    expect(of('input-cell-attention', 'early', 'sensitivity', 'weightedJaccard').accuracy).toBeGreaterThan(
      0.9,
    )
  }, 60_000)

  it('ends when it is told to, and refuses what cannot be', async () => {
    const options = { ...small, networks: [shallow], methods: [sensitivity] }
    await expect(boxTest({ ...options, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
    await expect(boxTest({ ...options, sequences: 0 })).rejects.toThrow(
      'sequences = 0; allowed is a whole number of at least 1',
    )
    await expect(boxTest({ ...options, networks: [shallow, shallow] })).rejects.toThrow("'shallow'")
  })
})
