import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { cosine, defineMeasure, type Measure } from '../../../src/evaluation/index.js'
import { deepTaylor, defineMethod, type Method, sensitivity } from '../../../src/explanation/index.js'
import { type ExplainedBatch, explainInBatches } from '../../../src/thesis/evaluation/explain-in-batches.js'
import { explainSequences } from '../../../src/thesis/evaluation/explain-sequences.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(150)
const model = tinyModel()
const which = Array.from({ length: 130 }, (_, i) => i)

interface Options {
  readonly methods?: readonly Method[]
  readonly measures?: readonly Measure[]
  readonly target?: number | 'label' | 'prediction' | ArrayLike<number>
  readonly signal?: AbortSignal
}

async function batches({ methods = [sensitivity], measures = [cosine], ...options }: Options = {}) {
  const found: ExplainedBatch[] = []
  await explainInBatches(model, sequences, which, { methods, measures, ...options }, (batch) => {
    found.push(batch)
  })
  return found
}

/** A method whose relevance is everywhere the same. */
const constant = (id: string, value: number) =>
  defineMethod({ id, title: id, attribute: ({ x }) => tf.fill<tf.Rank.R3>(x.shape, value) })

describe('the way from sequences to scores', () => {
  it('gives each batch to each method in turn, with its labels, predictions, items and scores', async () => {
    const all = await batches({ methods: [sensitivity, deepTaylor] })
    expect(all.map(({ method, start, which }) => [method.id, start, which.length])).toEqual([
      ['sensitivity', 0, 100],
      ['deepTaylor', 0, 100],
      ['sensitivity', 100, 30],
      ['deepTaylor', 100, 30],
    ])
    for (const { labels, predictions, itemRelevance, scores, which } of all) {
      expect([...labels]).toEqual(Array.from(which, (s) => sequences.labels[s]))
      expect([predictions.length, itemRelevance.length]).toEqual([which.length, 3 * which.length])
      expect(scores.cosine).toHaveLength(which.length)
    }
  })

  it('scores equal relevance with the baseline of the cosine', async () => {
    const [{ scores }] = (await batches({ methods: [constant('equal', 2)] })) as [ExplainedBatch]
    for (const score of scores.cosine!) expect(score).toBeCloseTo(Math.sqrt(2 / 3), 6)
  })

  it('explains a target per sequence, whichever batch the sequence is in', async () => {
    const target = which.map((s) => s % 7)
    const all = await batches({ target })
    expect(all.flatMap(({ explanation }) => [...explanation.target])).toEqual(target)
    await expect(batches({ target: [1, 2] })).rejects.toThrow('there are 2 targets for 130 sequences')
  })

  it('refuses relevance that is not finite, naming the method and the sequence', async () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      await expect(batches({ methods: [constant('endless', bad)] })).rejects.toThrow(
        `the relevance of sequence 0 by endless is ${bad} at row 0, column 0; it must be finite`,
      )
  })

  it('refuses a score out of its range, naming the measure', async () => {
    const wild = defineMeasure({
      id: 'wild',
      title: 'Wild',
      range: [0, 1],
      baseline: () => 0.5,
      score: () => 2,
    })
    await expect(batches({ measures: [cosine, wild] })).rejects.toThrow(
      'measure wild scores the relevance of sequence 0 by sensitivity with 2; it must be a number in [0, 1]',
    )
  })

  it('refuses two values with one id, and no method', async () => {
    const other = constant('sensitivity', 1)
    await expect(batches({ methods: [sensitivity, other] })).rejects.toThrow(
      "two methods have the id 'sensitivity'; give one of them another id",
    )
    await expect(batches({ methods: [] })).rejects.toThrow('no method is chosen; at least one is needed')
  })

  it('ends with the reason of an abort, and leaves no tensor behind', async () => {
    await batches()
    const before = tf.memory().numTensors
    const signal = AbortSignal.abort(new Error('newer choice'))
    await expect(batches({ signal })).rejects.toThrow('newer choice')
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('explaining some sequences', () => {
  it('takes as many as a batch holds', async () => {
    const options = { method: sensitivity }
    await expect(explainSequences(model, sequences, which, options)).rejects.toThrow(
      'there are 130 sequences; from 1 to 100 are explained at once',
    )
    await expect(explainSequences(model, sequences, [], options)).rejects.toThrow('there are 0 sequences')
  })
})
