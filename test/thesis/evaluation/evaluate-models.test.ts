import { describe, expect, it } from 'vitest'
import { defineMethod } from '../../../src/explanation/index.js'
import { evaluateModel } from '../../../src/thesis/evaluation/evaluate-model.js'
import { evaluateModels } from '../../../src/thesis/evaluation/evaluate-models.js'
import { recipe } from '../../../src/thesis/models/recipes.js'
import { firstItem, ownModel, ownPlan, steepness } from '../own.js'

const broken = defineMethod({
  id: 'broken',
  title: 'Broken',
  attribute: () => {
    throw new Error('there is no such layer')
  },
})

describe('evaluating models', () => {
  it('runs in this process for what was made in it, with progress, and is what one model alone gives', async () => {
    const shares: number[] = []
    const finished: string[][] = []
    const notes: string[] = []
    const models = [await ownModel(), await ownModel(undefined, 2)]
    const options = { methods: [steepness, 'deepTaylor'], measures: [firstItem, 'cosine'], limit: 120 }
    const evaluations = await evaluateModels(models, {
      ...options,
      onNote: (note) => notes.push(note),
      onProgress: (done, names) => {
        shares.push(done)
        finished.push([...names])
      },
    })
    expect(evaluations[1]).toEqual(await evaluateModel(models[1]!, options))
    expect(evaluations[0]).not.toEqual(evaluations[1])
    const [{ dataset, network, correct, scores, baselines }] = evaluations as [(typeof evaluations)[0]]
    expect([dataset, network, correct.length]).toEqual(['blots', 'elman', 120])
    expect(Object.keys(scores)).toEqual(['steepness', 'deepTaylor'])
    expect(scores.deepTaylor!.cosine).toHaveLength(120)
    expect(baselines).toEqual({ first: 2 / 3, cosine: Math.sqrt(2 / 3) })
    expect(notes).toHaveLength(2)
    expect(shares.at(-1)).toBe(1)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
    expect(finished.at(-1)).toEqual(['blots elman', 'blots elman'])
  })

  it('says of which model something is wrong', async () => {
    const model = await ownModel()
    await expect(evaluateModels([model], { methods: [broken], limit: 5 })).rejects.toThrow(
      'evaluating blots elman: there is no such layer',
    )
    const untrained = { ...ownPlan(), training: { ...ownPlan().training, seed: 2 ** 40 } }
    await expect(evaluateModels([untrained], { methods: [steepness] })).rejects.toThrow(
      'there is no checkpoint of elman on blots',
    )
  })

  it('in workers ends with the reason of an abort', async () => {
    const reason = new Error('the reader has seen enough')
    const controller = new AbortController()
    const evaluating = evaluateModels([recipe('mnist-maj', 'shallow')], {
      methods: ['sensitivity'],
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    await expect(evaluating).rejects.toBe(reason)
  })

  it('here ends with the reason of an abort', async () => {
    const reason = new Error('the reader has seen enough')
    const options = { methods: [steepness], signal: AbortSignal.abort(reason) }
    await expect(evaluateModels([await ownModel()], options)).rejects.toBe(reason)
  })
})
