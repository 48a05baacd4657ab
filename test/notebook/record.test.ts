import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { record, recordMimeType } from '../../src/notebook/record.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('record', () => {
  let kernel: FakeKernel
  beforeEach(() => {
    kernel = startFakeKernel()
  })
  afterEach(() => kernel.stop())

  it('leaves numbers in their order in the notebook and shows them in a line', () => {
    record({ 'test accuracy': 0.98, loss: Number.NaN })
    expect(kernel.outputs[0]!.data).toEqual({
      [recordMimeType]: {
        numbers: [
          { name: 'test accuracy', value: 0.98 },
          { name: 'loss', value: 'NaN' },
        ],
      },
      'text/plain': 'test accuracy 0.98 · loss –',
    })
  })

  it('refuses what is no number or has no name', () => {
    expect(() => record({})).toThrow(RangeError)
    expect(() => record({ ' ': 1 })).toThrow('a recorded number needs a name')
    expect(() => record({ loss: '3' as unknown as number })).toThrow('loss is "3": a number is needed')
  })
})
