import { expect, it } from 'vitest'
import { randomisationTable } from '../../../src/thesis/controls/randomisation/index.js'
import {
  layersFromLogits,
  randomisedLayers,
} from '../../../src/thesis/controls/randomisation/randomised-layers.js'
import { loadModel, majority } from '../../../src/thesis/index.js'

const model = await loadModel('mnist-maj', 'deep')

it('layers lose their parameters from the logits to the pixels, one more each time or each alone', () => {
  expect(layersFromLogits(model)).toEqual(['readout', 'output', 'recurrent', 'hidden', 'input'])
  const variants = randomisedLayers(model, 2)
  const changed = variants.map(({ model: { parameters } }) =>
    Object.keys(parameters).filter((name) => parameters[name] !== model.parameters[name]),
  )
  expect(variants.map(({ mode, layer, count }) => `${mode} ${layer} ${count}`).slice(0, 2)).toEqual([
    'cascading readout 1',
    'cascading output 2',
  ])
  expect(changed[1]).toEqual(expect.arrayContaining(['readout.kernel', 'output.kernel']))
  expect(changed[1]).toHaveLength(4)
  expect(changed[4]).toHaveLength(Object.keys(model.parameters).length)
  expect(variants[7]).toMatchObject({ mode: 'independent', layer: 'recurrent', count: 1 })
  expect(changed[7]!.sort()).toEqual(['recurrent.bias', 'recurrent.kernel'])
})

it('an explanation resembles itself by 1 and does not change its complexity; a fixed pattern never changes', async () => {
  const { test } = await majority('mnist-maj')
  const methods = ['sensitivity', 'randomRelevance']
  const rows = (
    await randomisationTable([model], test, [0, 1, 2], { methods, measures: ['itemRanking'] })
  ).objects()
  const similarity = rows.filter(({ quantity }) => quantity === 'similarity')
  for (const row of similarity.filter(({ layer }) => layer === 'none')) expect(row.value).toBeCloseTo(1, 12)
  for (const row of similarity.filter(({ method }) => method === 'randomRelevance'))
    expect(row.value).toBeCloseTo(1, 12)
  const lost = similarity.find(({ method, count }) => method === 'sensitivity' && count === 5)!
  expect(lost.value).toBeLessThan(0.9)
  expect(
    rows
      .filter(({ quantity }) => quantity === 'complexity')
      .filter(({ layer }) => layer === 'none')
      .every(({ value }) => value === 0),
  ).toBe(true)
  expect(
    rows.filter(({ quantity }) => quantity === 'itemRanking').every(({ chance }) => chance === 0.5),
  ).toBe(true)
})
