import { afterEach, beforeEach, expect, it } from 'vitest'
import { trainingProgress } from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

let kernel: FakeKernel
beforeEach(() => {
  kernel = startFakeKernel()
})
afterEach(() => kernel.stop())

it('a training’s reports become epochs done, the last values and the best epoch', () => {
  const { onBatch, onEpoch, finish } = trainingProgress({ label: 'Deep', epochs: 4 })
  for (const [epoch, validationAccuracy] of [0.9, 0.95, 0.93].entries()) {
    onBatch({ epoch, batch: 1, batches: 2, loss: 2, accuracy: 0.5 })
    onBatch({ epoch, batch: 2, batches: 2, loss: 1, accuracy: 0.8 })
    onEpoch({ epoch, validationLoss: 0.3, validationAccuracy })
  }
  onBatch({ epoch: 3, batch: 1, batches: 2, loss: 0.5, accuracy: 0.85 })
  finish('interrupted')
  expect(kernel.outputs).toHaveLength(1)
  expect(kernel.outputs[0]!.data['text/plain']).toBe(
    'Deep ██████████████████░░ 3.5 of 4 epochs · interrupted · training loss 0.5 · training accuracy 0.85 · ' +
      'validation loss 0.3 · validation accuracy 0.93 · best validation accuracy 0.95 at 2',
  )
})
