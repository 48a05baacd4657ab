import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { methods } from '../../../src/catalogue/index.js'
import { importStateDict } from '../../../src/importing/index.js'
import {
  deviationFromOriginal,
  importedModel,
  methodOutcomes,
  originalOf,
} from '../../../src/thesis/imported/index.js'
import { explain, majority } from '../../../src/thesis/index.js'
import { fixture, importFixture, sequencesOf } from '../../importing/fixtures.js'
import { randomValues } from '../../network/tensors.js'
import { blots } from '../own.js'

/** An Elman network of PyTorch for three images of 8×6, three columns at a time. */
function elmanOfPyTorch(nonlinearity: 'tanh' | 'relu') {
  const tensor = (name: string, ...shape: number[]) => ({
    shape,
    values: randomValues(
      shape.reduce((size, length) => size * length, 1),
      name,
      -0.3,
      0.5,
    ),
  })
  return importStateDict(
    {
      'rnn.weight_ih_l0': tensor('ih', 4, 24),
      'rnn.weight_hh_l0': tensor('hh', 4, 4),
      'rnn.bias_ih_l0': tensor('b', 4),
      'rnn.bias_hh_l0': tensor('c', 4),
      'fc.weight': tensor('fc', 3, 4),
      'fc.bias': tensor('d', 3),
    },
    {
      id: `elman-${nonlinearity}`,
      rows: 8,
      stepColumns: 3,
      steps: 6,
      layers: [
        { type: 'RNN', name: 'rnn', nonlinearity },
        { type: 'Linear', name: 'fc' },
      ],
    },
  )
}

describe('an imported model on a dataset', () => {
  it('is explained like one that was trained here', async () => {
    const model = await importedModel(elmanOfPyTorch('relu'), blots)
    const { test } = await majority(blots, model.configuration.problem)
    expect(model.result.ending).toBe('imported')
    expect(model.configuration).toMatchObject({ network: 'elman-relu', training: { epochs: 0 } })
    const explained = await explain(model, test, [0, 1, 2], { method: 'deepTaylor', target: 'prediction' })
    expect(explained.count).toBe(3)
    for (const { entered, steps, biases, undistributed } of explained.ledger()) {
      const sum = steps.reduce((total, step) => total + step, biases + undistributed)
      expect(sum).toBeCloseTo(entered, 4)
    }
    const all = await explain(
      model,
      test,
      Array.from({ length: test.count }, (_, i) => i),
      {
        method: 'sensitivity',
      },
    )
    const correct = all.predictions.filter((k, i) => k === test.labels[i]).length
    expect(model.result.testAccuracy).toBeCloseTo(correct / test.count, 10)
  })

  it('is refused, naming the size, where sequences are not what it reads', async () => {
    await expect(importedModel(elmanOfPyTorch('tanh'), blots, { stepColumns: 2 })).rejects.toThrow(
      'elman-tanh reads sequences of stepColumns = 3; those of this problem on blots have stepColumns = 2',
    )
    await expect(importedModel(elmanOfPyTorch('tanh'), blots, { items: 5, majority: 3 })).rejects.toThrow(
      'steps = 6; those of this problem on blots have steps = 10',
    )
  })
})

describe('the outcome of each method', () => {
  it('is a refusal that names the layer, or shares of what entered that add up to 1', async () => {
    for (const name of ['keras-conv-gru', 'keras-gru']) {
      const model = await importFixture(name)
      const x = sequencesOf(name, model)
      const outcomes = await methodOutcomes(model, methods, x)
      x.dispose()
      expect(outcomes.map(({ method }) => method)).toEqual(methods.map(({ id }) => id))
      for (const { method, refusal, shares } of outcomes) {
        const { ledger } = methods.find(({ id }) => id === method)!
        if (ledger === undefined || refusal !== null) expect(shares).toBe(null)
        else expect(Object.values(shares!).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
      }
      const deepTaylor = outcomes.find(({ method }) => method === 'deepTaylor')!
      if (name === 'keras-conv-gru') expect(deepTaylor.shares!.biases).toBeGreaterThan(0)
      else expect(deepTaylor.refusal).toContain("layer 'gru.gates', whose inputs may be negative")
    }
  })
})

describe('the check against the original', () => {
  it('compares logits, or probabilities, of inputs or of sequences', async () => {
    const model = await importFixture('keras-gru')
    const { inputs, logits } = fixture('keras-gru')
    const original = originalOf({ inputs, logits }, model, 'check.safetensors')
    expect(await deviationFromOriginal(model, original)).toBeLessThan(1e-6)

    const values = tf.tidy(() =>
      tf
        .softmax(tf.tensor2d(logits.values, [6, 3]))
        .dataSync<'float32'>()
        .slice(),
    )
    const tensors = { sequences: original.sequences, probabilities: { shape: [6, 3], values } }
    const ofProbabilities = originalOf(tensors, model, 'check.safetensors')
    expect(ofProbabilities.areProbabilities).toBe(true)
    expect(await deviationFromOriginal(model, ofProbabilities)).toBeLessThan(1e-6)

    const moved = { ...logits, values: logits.values.map((value, i) => (i === 4 ? value + 0.25 : value)) }
    const changed = originalOf({ inputs, logits: moved }, model, 'check.safetensors')
    expect(await deviationFromOriginal(model, changed)).toBeCloseTo(0.25, 5)
  })

  it.each([
    [{}, 'check.safetensors: needs the tensors inputs or sequences, and logits or probabilities; it holds '],
    [
      { inputs: { shape: [2, 5, 11], values: new Float32Array(110) } },
      'inputs have shape [2,5,11]; this model reads [batch, 5, 12]',
    ],
    [
      { sequences: { shape: [2, 5, 12], values: new Float32Array(120) } },
      'sequences have shape [2,5,12]; this model reads [2,4,15]',
    ],
    [
      { sequences: { shape: [2, 4, 15], values: new Float32Array(120) } },
      'the outputs have shape [6,3]; this model gives [2, 3]',
    ],
  ])('refuses tensors that are missing or of another shape %#', async (tensors, message) => {
    const model = await importFixture('keras-gru')
    const { logits } = fixture('keras-gru')
    const given = Object.keys(tensors).length === 0 ? {} : { ...tensors, logits }
    expect(() => originalOf(given, model, 'check.safetensors')).toThrow(message)
  })
})
