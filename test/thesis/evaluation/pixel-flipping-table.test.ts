import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { assembleBatch } from '../../../src/data/batches.js'
import { deepTaylor, defineMethod, sensitivity } from '../../../src/explanation/index.js'
import { explainSequences } from '../../../src/thesis/evaluation/explain-sequences.js'
import { pixelFlippingTable } from '../../../src/thesis/evaluation/pixel-flipping-table.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences()
const model = tinyModel('deep')
const which = Array.from({ length: 12 }, (_, i) => i)
const methods = [sensitivity, deepTaylor]
const flipping = async (fractions: number[]) =>
  (await pixelFlippingTable([model], sequences, which, { methods, fractions })).objects()

describe('pixel flipping of a network', () => {
  it('starts with the whole logit and gives a row for each method and fraction', async () => {
    const rows = await flipping([0, 0.5, 1])
    expect(rows.map(({ method, fraction }) => [method, fraction])).toEqual(
      ['sensitivity', 'deepTaylor'].flatMap((method) => [0, 0.5, 1].map((fraction) => [method, fraction])),
    )
    for (const { fraction, value, low, high } of rows) {
      if (fraction === 0) expect(value).toBeCloseTo(1, 6)
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
    }
  })

  it('ends with what the empty sequence has, whatever the method', async () => {
    const [one, other] = await flipping([1])
    const { logits, target } = await explainSequences(model, sequences, which, { method: deepTaylor })
    const { logits: empty } = await explainSequences(
      model,
      {
        ...sequences,
        images: { ...sequences.images, pixels: new Uint8Array(sequences.images.pixels.length) },
      },
      which,
      { method: deepTaylor },
    )
    const shares = Array.from(target, (k, i) => [logits[10 * i + k]!, empty[10 * i + k]!] as const)
      .filter(([f]) => f > 0)
      .map(([f, none]) => none / f)
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(shares.length).toBeGreaterThan(1)
    expect(one!.value).toBeCloseTo(mean, 4)
    expect(other!.value).toBeCloseTo(mean, 4)
    expect(assembleBatch(sequences, [0], new Float32Array(28 * 84)).some((pixel) => pixel > -1)).toBe(true)
  })

  it('refuses relevance without an order', async () => {
    const nowhere = defineMethod({
      id: 'nowhere',
      title: 'Nowhere',
      attribute: ({ x }) => tf.div(tf.zerosLike(x), tf.zerosLike(x)),
    })
    const options = { methods: [nowhere], fractions: [0, 0.5] }
    await expect(pixelFlippingTable([model], sequences, which, options)).rejects.toThrow(
      'the relevance of sequence 0 by nowhere is NaN at row 0, column 0; it must be finite',
    )
  })
})
