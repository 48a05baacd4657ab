import { describe, expect, it } from 'vitest'
import { cosine } from '../../../src/evaluation/index.js'
import { deepTaylor, lrpAlphaBeta } from '../../../src/explanation/index.js'
import { placeOf } from '../../../src/thesis/evaluation/evaluation-place.js'
import { loadModel } from '../../../src/thesis/models/model.js'
import { measureOf, methodOf } from '../../../src/thesis/values/value-of.js'
import { ownModel, steepness } from '../own.js'

describe('where an evaluation runs', () => {
  it('is a worker that loads the checkpoint, where all values are shipped', async () => {
    const model = await loadModel('mnist-maj', 'shallow')
    const values = { methods: [await methodOf('deepTaylor')], measures: [await measureOf('cosine')] }
    expect(await placeOf({ model, ...values })).toEqual({
      folder: expect.stringMatching(/data.checkpoints.mnist-maj-shallow-[0-9a-f]{12}$/),
    })
  })

  it('is this process where a value was made in it, which is said', async () => {
    const model = await loadModel('mnist-maj', 'shallow')
    const measures = [cosine]
    expect(await placeOf({ model, methods: [lrpAlphaBeta(3, 2)], measures })).toEqual({
      here: "method 'lrpAlpha3Beta2' was made in it",
    })
    expect(await placeOf({ model: await ownModel(), methods: [steepness], measures })).toEqual({
      here: "network 'elman', dataset 'blots' and method 'steepness' were made in it",
    })
  })

  it('is this process where the parameters are no longer those of the checkpoint', async () => {
    const model = await loadModel('mnist-maj', 'shallow')
    const bias = model.parameters['readout.bias']!
    const changed = { ...bias, values: bias.values.map((value) => value / 2) }
    const parameters = { ...model.parameters, 'readout.bias': changed }
    const values = { methods: [deepTaylor], measures: [cosine] }
    expect(await placeOf({ model: { ...model, parameters }, ...values })).toEqual({
      here: 'the parameters are not those of the checkpoint',
    })
    const configuration = { ...model.configuration, units: { hidden: 3, recurrent: 3 } }
    expect(await placeOf({ model: { ...model, configuration }, ...values })).toEqual({
      here: 'the parameters are in no checkpoint',
    })
  })
})
