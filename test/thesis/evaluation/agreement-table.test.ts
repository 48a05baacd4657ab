import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { rankAgreement, topAgreement } from '../../../src/evaluation/index.js'
import { defineMethod, gradientTimesInput, sensitivity } from '../../../src/explanation/index.js'
import { explainSequences } from '../../../src/thesis/evaluation/explain-sequences.js'
import { agreementTable } from '../../../src/thesis/index.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(120)
const which = Array.from({ length: 105 }, (_, i) => i)
const nothing = defineMethod({ id: 'nothing', title: 'Nothing', attribute: ({ x }) => tf.zerosLike(x) })
const methods = [gradientTimesInput, sensitivity, nothing]

describe('the table of agreements', () => {
  it('has the mean agreement of each pair of methods for each network, over all batches', async () => {
    const model = tinyModel()
    const rows = (await agreementTable([model], sequences, which, { methods })).objects()
    expect(
      rows.map(({ network, first, second, agreement }) => [network, first, second, agreement].join(' ')),
    ).toEqual(
      ['gradientTimesInput sensitivity', 'gradientTimesInput nothing', 'sensitivity nothing'].flatMap(
        (pair) => ['rank', 'top'].map((agreement) => `shallow ${pair} ${agreement}`),
      ),
    )
    const parts = [which.slice(0, 100), which.slice(100)]
    const maps = await Promise.all(
      [gradientTimesInput, sensitivity].map(async (method) => {
        const explained = await Promise.all(
          parts.map((part) => explainSequences(model, sequences, part, { method })),
        )
        return explained.flatMap(({ relevance, shape }) =>
          Array.from({ length: shape[0] }, (_, i) => relevance.subarray(i * 2352, (i + 1) * 2352)),
        )
      }),
    )
    const mean = (of: (a: Float32Array, b: Float32Array) => number) =>
      which.reduce((sum, _, i) => sum + of(maps[0]![i]!, maps[1]![i]!), 0) / which.length
    expect(rows[0]!.mean).toBeCloseTo(mean(rankAgreement), 4)
    expect(rows[1]!.mean).toBeCloseTo(
      mean((a, b) => topAgreement(a, b, 235)),
      4,
    )
    expect(rows[0]).toMatchObject({ baseline: 0, sequences: 105 })
    expect(rows[1]!.baseline).toBeCloseTo(235 / 2352, 12)
    for (const { mean, low, high } of rows) expect(low <= mean && mean <= high).toBe(true)
  })

  it('is chance with a method that says nothing', async () => {
    const rows = (
      await agreementTable([tinyModel(), tinyModel('deep')], sequences, [0, 1], { methods })
    ).objects()
    expect(rows.map(({ network }) => network)).toEqual([
      ...Array(6).fill('shallow'),
      ...Array(6).fill('deep'),
    ])
    for (const { second, mean, baseline } of rows)
      if (second === 'nothing') expect(mean).toBeCloseTo(baseline, 9)
  })

  it('is refused for one method, two of one id, and a share that there is not', async () => {
    const table = (options: Parameters<typeof agreementTable>[3]) =>
      agreementTable([tinyModel()], sequences, [0], options)
    await expect(table({ methods: [sensitivity] })).rejects.toThrow(
      'there are 1 methods; an agreement needs two',
    )
    await expect(table({ methods: [sensitivity, sensitivity] })).rejects.toThrow(
      "two methods have the id 'sensitivity'",
    )
    await expect(table({ methods, top: 0 })).rejects.toThrow('top is 0; it must lie in (0, 1]')
  })
})
