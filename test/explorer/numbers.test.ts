import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { posterMethods } from '../../src/catalogue/index.js'
import { assembleBatch } from '../../src/data/batches.js'
import { cosine } from '../../src/evaluation/index.js'
import { scoreBatch } from '../../src/evaluation/score.js'
import { explainBatch } from '../../src/explanation/index.js'
import { THESIS_GEOMETRY } from '../../src/network/geometry.js'
import { toTensors } from '../../src/network/parameters.js'
import { majority } from '../../src/thesis/models/majority.js'
import { loadModel } from '../../src/thesis/models/model.js'
import { type CsvRow, executablePath, type Opened, openExplorer, valuesOf } from './explorer-page.js'

const WITHIN = 1e-5
const NETWORKS = { 'r-lstm': 'R-LSTM', shallow: 'Shallow', 'conv-r-lstm': 'ConvR-LSTM' } as const

/** A test sequence as the project explains it from Node. */
async function expected(network: string, sequence: number) {
  const model = await loadModel('mnist-maj', network)
  const { test } = await majority('mnist-maj', model.configuration.problem)
  const pixels = assembleBatch(test, [sequence], new Float32Array(28 * 84))
  const w = toTensors(model.parameters)
  const x: Tensor3D = tf.tensor3d(pixels, [1, 28, 84])
  const forward = model.architecture.forward(THESIS_GEOMETRY, model.configuration.units)
  const relevant = test.relevant.subarray(3 * sequence, 3 * sequence + 3)
  const found = posterMethods.map((method) => {
    const { relevance, logits, shape } = explainBatch(forward, w, x, { method, target: 'prediction' })
    const { scores } = scoreBatch(relevance, shape, relevant, [cosine], () => 'it')
    return { method: method.id, relevance, logits, score: scores.cosine![0]! }
  })
  tf.dispose([w, x])
  return found
}

/** The largest difference, in units of the largest value where that is above 1. */
function difference(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const most = Array.from(wanted).reduce((a, b) => Math.max(a, Math.abs(b)), 1)
  return Array.from(wanted).reduce((a, b, i) => Math.max(a, Math.abs(b - found[i]!) / most), 0)
}

describe.skipIf(executablePath === null)('numbers in the page', () => {
  let opened: Opened
  let rows: CsvRow[]
  const sequence = 2
  beforeAll(async () => {
    await useBackend()
    opened = await openExplorer()
    const page = await opened.open()
    const exact = (name: string) =>
      page.page.waitForResponse((response) => response.url().includes(`mnist-maj-${name}-exact`))
    const refined = [exact('r-lstm'), exact('shallow')]
    await page.asking(async () => {
      await page.page.getByLabel('Test sequence', { exact: true }).fill('3')
      await page.page.keyboard.press('Tab')
    })
    await Promise.all(refined)
    const last = exact('conv-r-lstm')
    await page.asking(() => page.button('ConvR-LSTM').click())
    await last
    await page.explained()
    rows = await page.csv()
  }, 300_000)
  afterAll(() => opened?.close())

  it.each(Object.keys(NETWORKS))(`equal those from Node within ${WITHIN}: %s`, async (network) => {
    for (const { method, relevance, logits, score } of await expected(network, sequence)) {
      const where = { network, method }
      expect(difference(valuesOf(rows, { network, quantity: 'evidence' }), logits)).toBeLessThan(WITHIN)
      const pixels = valuesOf(rows, { ...where, quantity: 'relevance of pixel' })
      expect(pixels).toHaveLength(relevance.length)
      expect(difference(pixels, relevance), method).toBeLessThan(WITHIN)
      expect(Math.abs(valuesOf(rows, { ...where, quantity: 'cosine' })[0]! - score)).toBeLessThan(WITHIN)
    }
  })
})
