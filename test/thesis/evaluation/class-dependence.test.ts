import { expect, test } from 'vitest'
import { provenance } from '../../../src/data/provenance.js'
import { sensitivity } from '../../../src/explanation/index.js'
import { classDependence, oddClasses } from '../../../src/thesis/evaluation/class-dependence.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences()

test('the odd class is that of the item that is not relevant', () => {
  const odd = provenance(sequences, 8).find(({ relevant }) => !relevant)!
  expect(oddClasses(sequences, [8])).toEqual([odd.label])
})

test('a network whose classes share all weights explains all of them alike', async () => {
  const model = tinyModel()
  const readout = model.parameters['readout.kernel']!
  const same = readout.values.map((_, i) => readout.values[10 * Math.floor(i / 10)]!)
  const parameters = { ...model.parameters, 'readout.kernel': { ...readout, values: same } }
  expect(await classDependence({ ...model, parameters }, sequences, [0, 1, 2], sensitivity)).toBeCloseTo(1, 6)
  expect(await classDependence(model, sequences, [0, 1, 2], sensitivity)).toBeLessThan(0.999)
})
