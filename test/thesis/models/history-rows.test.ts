import { expect, test } from 'vitest'
import { historyRows, trainingPhases } from '../../../src/thesis/models/history-rows.js'
import { loadModel } from '../../../src/thesis/models/model.js'
import { tinyModel } from '../tiny.js'

const epoch = (epoch: number) => ({
  epoch,
  learningRate: 1e-3,
  loss: 1,
  accuracy: 0.5,
  validationLoss: 1,
  validationAccuracy: 0.5,
})

test('epochs of a history count from 1 and carry the network as their run', async () => {
  const model = tinyModel('deep')
  const rows = await historyRows({ ...model, result: { ...model.result, history: [epoch(0), epoch(1)] } })
  expect(rows.map((row) => [row.epoch, row.run])).toEqual([
    [1, 'deep'],
    [2, 'deep'],
  ])
})

test('the phases of a shipped model follow one another in its history', async () => {
  const rows = await historyRows(await loadModel('mnist-maj', 'r-lstm'))
  expect(rows.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  expect(rows.filter(({ phase }) => phase === 0)).toHaveLength(10)
  expect(rows.filter(({ phase }) => phase === 1)).toHaveLength(6)
})

test('phases come in the order in which they were trained', () => {
  const { configuration } = tinyModel()
  const { training } = configuration
  const same = { ...configuration.problem, freshSequences: false }
  const start = { ...configuration, problem: same, training: { ...training, epochs: 30 } }
  const problem = { ...same, freshSequences: true }
  expect(trainingPhases({ ...configuration, problem, training: { ...training, epochs: 6 }, start })).toEqual([
    { ...training, epochs: 30, freshSequences: false },
    { ...training, epochs: 6, freshSequences: true },
  ])
})
