import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { measures } from '../../../src/catalogue/index.js'
import { defineMeasure, type Probe } from '../../../src/evaluation/index.js'
import { deepTaylor, defineMethod, gradientTimesInput, type Method } from '../../../src/explanation/index.js'
import { type ExplainedBatch, explainInBatches } from '../../../src/thesis/evaluation/explain-in-batches.js'
import { evaluateModel, majority, scoreTable } from '../../../src/thesis/index.js'
import { ownModel } from '../own.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(110)

/** Relevance that is everywhere the same. */
const constant = (id: string, value: number): Method =>
  defineMethod({ id, title: id, attribute: ({ x }) => tf.fill<tf.Rank.R3>(x.shape, value) })

async function scoresOf(which: readonly number[], methods: readonly Method[], network = 'shallow') {
  const found: ExplainedBatch[] = []
  await explainInBatches(tinyModel(network), sequences, which, { methods, measures }, (batch) => {
    found.push(batch)
  })
  return found
}

describe('every shipped measure', () => {
  it.each(['shallow', 'r-lstm'])(
    'scores what is explained of %s within its range, and differently by method',
    async (network) => {
      const [a, b] = await scoresOf([0, 1, 2, 3, 4, 5], [gradientTimesInput, deepTaylor], network)
      for (const { id } of measures) {
        expect(a!.scores[id]).toHaveLength(6)
        expect([...a!.scores[id]!], id).not.toEqual([...b!.scores[id]!])
      }
    },
  )

  it('scores no relevance and equal relevance with its baseline, but for the cosine of none, which is 0', async () => {
    const [zeros, ones] = await scoresOf([0, 1, 2], [constant('zeros', 0), constant('ones', 1)])
    for (const measure of measures) {
      const baseline = measure.baseline({ items: 3, majority: 2 })
      for (const [name, { scores }] of [
        ['zeros', zeros!],
        ['ones', ones!],
      ] as const)
        for (const score of scores[measure.id]!)
          if (measure.id === 'cosine' && name === 'zeros') expect(score).toBe(0)
          // Ones add up to thousands of times f(x).
          else expect(score, `${measure.id} of ${name}`).toBeCloseTo(baseline, 3)
    }
  })

  it('scores a sequence alike wherever it stands in a batch', async () => {
    const many = Array.from({ length: 104 }, (_, i) => i)
    const all = await scoresOf(many, [gradientTimesInput])
    const [alone] = await scoresOf([103, 7], [gradientTimesInput])
    for (const { id } of measures) {
      expect(alone!.scores[id]![0], id).toBeCloseTo(all[1]!.scores[id]![3]!, 3)
      expect(alone!.scores[id]![1], id).toBeCloseTo(all[0]!.scores[id]![7]!, 3)
    }
  })

  it("scores a reader's own network on images of another size and number of items", async () => {
    const model = await ownModel()
    const evaluation = await evaluateModel(model, { methods: [gradientTimesInput], measures, limit: 5 })
    const rows = scoreTable(evaluation).objects()
    expect(rows.map(({ measure }) => measure)).toEqual(measures.map(({ id }) => id))
    for (const { mean } of rows) expect(mean).not.toBeNaN()
    expect((await majority(model.dataset, model.configuration.problem)).test.rows).toBe(8)
  })

  it('leaves no tensor behind', async () => {
    await scoresOf([0, 1], [gradientTimesInput])
    const before = tf.memory().numTensors
    await scoresOf([0, 1], [gradientTimesInput])
    expect(tf.memory().numTensors).toBe(before)
  })
})

it('what does not depend on the method is made once for a batch and its targets', async () => {
  const made: string[] = []
  const probes: Probe[] = []
  const asking = defineMeasure({
    id: 'asking',
    title: 'Asking',
    range: [0, 1],
    baseline: () => 0,
    scores({ sequences, probe }) {
      probes.push(probe)
      const values = probe.once!('a key', () => {
        made.push('made')
        return sequences.map(() => 1)
      })
      return values
    },
  })
  const methods = [gradientTimesInput, deepTaylor]
  const take = () => {}
  await explainInBatches(tinyModel(), sequences, [0, 1, 2], { methods, measures: [asking] }, take)
  expect([probes.length, made.length]).toEqual([2, 1])
  await explainInBatches(tinyModel(), sequences, [0, 1, 2], { methods, measures: [asking] }, take)
  expect(made).toHaveLength(2)
})
