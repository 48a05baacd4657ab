import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

type Case = Record<'share' | 'count' | 'confidence' | 'low' | 'high', number>

describe('the interval of a share', () => {
  it.each(fixture<Case[]>('wilson'))(
    'agrees with statsmodels: $share of $count at $confidence',
    ({ share, count, confidence, low, high }) => {
      expectAgreement(wilsonInterval(share, count, confidence), { estimate: share, low, high })
    },
  )

  it('names what is out of range', () => {
    expect(() => wilsonInterval(1.2, 10)).toThrow('share is 1.2; it must be from 0 to 1')
    expect(() => wilsonInterval(Number.NaN, 10)).toThrow('share is NaN')
    expect(() => wilsonInterval(0.5, 0)).toThrow('count is 0; it must be a whole number of at least 1')
    expect(() => wilsonInterval(0.5, 10, 1)).toThrow('confidence is 1: it must lie between 0 and 1')
  })
})
