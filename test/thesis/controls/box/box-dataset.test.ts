import { describe, expect, it } from 'vitest'
import {
  BOX_POSITIONS,
  BOX_PROBLEM,
  type BoxProblem,
  boxDataset,
  boxMask,
  boxOf,
  publishedBoxNumbers,
} from '../../../../src/thesis/controls/box/index.js'

const SMALL: BoxProblem = { steps: 20, features: 10, training: 400, test: 40, seed: 1 }

describe('the boxes', () => {
  it('cover the published shares of 100 steps and 100 features', () => {
    const published = { ...BOX_PROBLEM, steps: 100, features: 100 }
    expect(boxOf(published, 'early')).toEqual({ steps: [0, 30], features: [10, 90] })
    expect(boxOf(published, 'middle')).toEqual({ steps: [20, 80], features: [20, 80] })
    expect(boxOf(published, 'late')).toEqual({ steps: [70, 100], features: [10, 90] })
  })

  it('are marked pixel by pixel in rows of features', () => {
    for (const position of BOX_POSITIONS) {
      const { steps, features } = boxOf(SMALL, position)
      const mask = boxMask(SMALL, position)
      expect(mask).toHaveLength(200)
      for (const [i, marked] of mask.entries()) {
        const [feature, step] = [Math.floor(i / 20), i % 20]
        const inside = step >= steps[0] && step < steps[1] && feature >= features[0] && feature < features[1]
        expect(marked, `${position} ${feature} ${step}`).toBe(inside ? 1 : 0)
      }
    }
  })

  it('refuse sizes and positions that cannot be', () => {
    expect(() => boxDataset({ ...SMALL, steps: 9 }, 'early')).toThrow(
      'steps = 9; allowed is a whole number of at least 10',
    )
    expect(() => boxOf(SMALL, 'later' as 'late')).toThrow(
      "there is no box 'later'; allowed are early, middle, late",
    )
  })
})

describe.each(BOX_POSITIONS)('the sequences of the %s box', (position) => {
  const mask = boxMask(SMALL, position)

  it('have mean ±1 of the class in the box, mean 0 beside it and deviation 1, in quarters of the pixel range', async () => {
    const { train } = await boxDataset(SMALL, position).load()
    const sums = new Map<string, number[]>()
    for (const [i, byte] of train.pixels.entries()) {
      const label = train.labels[Math.floor(i / mask.length)]!
      const place = mask[i % mask.length] === 1 ? `box ${label}` : 'beside'
      const value = 4 * ((2 * byte) / 255 - 1)
      const [count, sum, squares] = sums.get(place) ?? [0, 0, 0]
      sums.set(place, [count! + 1, sum! + value, squares! + value * value])
    }
    for (const [place, mean] of [
      ['box 0', -1],
      ['box 1', 1],
      ['beside', 0],
    ] as const) {
      const [count, sum, squares] = sums.get(place)!
      expect(Math.abs(sum! / count! - mean), place).toBeLessThan(0.03)
      expect(Math.sqrt(squares! / count! - (sum! / count!) ** 2), place).toBeCloseTo(1, 1)
    }
  })

  it('have as many of each class, and are others with another seed and the same with the same', async () => {
    const { train, test, checksum } = await boxDataset(SMALL, position).load()
    expect([train.count, test.count]).toEqual([400, 40])
    expect(train.labels.reduce((sum, label) => sum + label, 0)).toBe(200)
    expect(await boxDataset({ ...SMALL, seed: 2 }, position).checksum()).not.toBe(checksum)
    expect(await boxDataset(SMALL, position).checksum()).toBe(checksum)
  })
})

it('the published numbers have one for each network and position of the table that they were read from', () => {
  const byPlace = new Map(
    publishedBoxNumbers.map(({ network, position, value }) => [`${network} ${position}`, value]),
  )
  expect(publishedBoxNumbers).toHaveLength(12)
  expect(byPlace.size).toBe(12)
  expect(byPlace.get('LSTM late')).toBe(0.019)
  expect(byPlace.get('LSTM with input-cell attention middle')).toBe(0.124)
})
