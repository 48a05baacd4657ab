import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { locateNative } from '../../src/backend/native.js'
import { nodeModulesFolder } from '../../src/backend/node-modules.js'
import type { EpochRow } from '../../src/training/state.js'

interface Curve {
  readonly backend: string
  readonly history: readonly EpochRow[]
  readonly trained: readonly number[]
}

/** A training in a process of its own, since a process has one backend. */
async function curve(network: string, backend: string): Promise<Curve> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'curve.ts'), network],
    { env: { ...process.env, THESIS_BACKEND: backend } },
  )
  return JSON.parse(stdout)
}

const hasNative = 'entry' in locateNative(dirname(nodeModulesFolder()))

describe.skipIf(!hasNative)('the two backends', () => {
  it.each(['shallow', 'r-lstm', 'convdeep'])('give the same training curve: %s', async (name) => {
    const [native, wasm] = await Promise.all([curve(name, 'native'), curve(name, 'wasm')])
    expect([native.backend, wasm.backend]).toEqual(['native', 'wasm'])
    expect(native.history).toHaveLength(6)
    for (const [epoch, row] of native.history.entries()) {
      const other = wasm.history[epoch]!
      expect(row.loss).toBeCloseTo(other.loss, 4)
      expect(row.validationLoss).toBeCloseTo(other.validationLoss, 4)
      expect(row.validationAccuracy).toBe(other.validationAccuracy)
    }
    for (const [i, value] of native.trained.entries()) expect(value).toBeCloseTo(wasm.trained[i]!, 3)
  })
})
