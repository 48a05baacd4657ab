import { describe, expect, it } from 'vitest'
import { permutation } from '../../src/data/batches.js'
import { type MajorityOptions, type MajoritySequences, majoritySequences } from '../../src/data/majority.js'
import { majoritySplits } from '../../src/data/splits.js'
import { checkSubset, leastSubset, subsetOf, subsetOfSplits } from '../../src/data/subset.js'
import { syntheticImages } from './synthetic.js'

/** Sequences of images with these numbers of each class. */
function sequencesOf(sizes: readonly number[], options: Partial<MajorityOptions> = {}): MajoritySequences {
  const labels = Uint8Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)))
  const images = { ...syntheticImages(labels.length, 2, 2, 2), labels }
  return majoritySequences({ images, stepColumns: 2, seed: 1, ...options })
}

/** The subset as it was before classes were looked at: the first of a permutation, which may not do. */
function plainSubset(sequences: MajoritySequences, count: number): MajoritySequences {
  const { itemsPerSequence: items, anchors, ...rest } = sequences
  const chosen = permutation(rest.count, rest.seed).subarray(0, count)
  return majoritySequences({ ...rest, items, which: Int32Array.from(chosen, (s) => anchors[s]!) })
}

const attempt = <T>(make: () => T): T | Error => {
  try {
    return make()
  } catch (error) {
    return error as Error
  }
}

describe('a subset', () => {
  it('is the same problem made from some of the images only', () => {
    const sequences = sequencesOf([30, 30, 30], { scan: 'rightToLeft', freshSequences: true, split: 'train' })
    const subset = subsetOf(sequences, 40)
    expect(subset.count).toBe(40)
    const anchors = new Set(subset.anchors)
    expect([...subset.items].every((image) => anchors.has(image))).toBe(true)
    const { scan, freshSequences, split, seed, steps } = sequences
    expect(subset).toMatchObject({ scan, freshSequences, split, seed, steps })
  })

  it('of everything is everything', () => {
    const sequences = sequencesOf([5, 5])
    expect(subsetOf(sequences, 10)).toBe(sequences)
    expect(subsetOf(sequences, 48_000)).toBe(sequences)
  })

  it('is what it always was wherever the first images of the order will do, and else works whenever it can', () => {
    const problems = [
      { items: 3, majority: 2 },
      { items: 5, majority: 2 },
      { items: 5, majority: 3 },
      { items: 2, majority: 2 },
      { items: 1, majority: 1 },
    ]
    let [same, mended, refused] = [0, 0, 0]
    for (const problem of problems)
      for (const sizes of [
        [40, 40, 40, 40, 40],
        [3, 9, 20, 5, 4],
        [3, 3, 3, 3, 3],
        [60, 3, 3, 0, 3],
      ])
        for (let seed = 0; seed < 2; seed++) {
          const sequences = sequencesOf(sizes, { ...problem, seed })
          for (let count = leastSubset(problem); count < sequences.count; count++) {
            const plain = attempt(() => plainSubset(sequences, count))
            const subset = attempt(() => subsetOf(sequences, count))
            if (plain instanceof Error) subset instanceof Error ? refused++ : mended++
            else {
              // As text, since comparing arrays thousands of times takes a minute.
              expect(subset instanceof Error ? subset.message : subset.items.join()).toBe(plain.items.join())
              same++
            }
            if (subset instanceof Error) {
              const next = Number(/the next that has is of (\d+)$/.exec(subset.message)?.[1])
              expect(next).toBeGreaterThan(count)
              expect(subsetOf(sequences, next).count).toBe(next)
            } else expect(subset.count).toBe(count)
          }
        }
    expect([same > 1000, mended > 100, refused < 20]).toEqual([true, true, true])
  })

  it('of ten classes works from the least number on', () => {
    const sequences = sequencesOf(new Array(10).fill(100))
    const least = leastSubset({ items: 3, majority: 2 })
    expect(least).toBe(4)
    for (let count = least; count < 300; count++) expect(subsetOf(sequences, count).count).toBe(count)
  })

  it('that is too small is refused with the least number that works, before anything is loaded', () => {
    const sequences = sequencesOf([30, 30, 30])
    for (const count of [3, 1, 0, -1, 4.5, Number.NaN]) {
      const message = `sequences = ${count}; allowed is a whole number of at least 4, the fewest of which 2 of 3 items can be a majority`
      expect(() => checkSubset(count, { items: 3, majority: 2 })).toThrow(message)
      expect(() => subsetOf(sequences, count)).toThrow(message)
    }
    expect(() => checkSubset(4, { items: 3, majority: 2 })).not.toThrow()
    expect(leastSubset({ items: 5, majority: 3 })).toBe(6)
    expect(leastSubset({ items: 5, majority: 2 })).toBe(8)
    expect(leastSubset({ items: 4, majority: 4 })).toBe(4)
    expect(leastSubset({ items: 1, majority: 1 })).toBe(1)
  })

  it('of no allowed size in between is refused with the next', () => {
    const sequences = sequencesOf([2, 2, 2])
    expect(() => subsetOf(sequences, 5)).toThrow(
      'sequences = 5; no such part of the 6 sequences has 2 images of each of its classes, and the next that has is of 6',
    )
  })
})

describe('a subset of all splits', () => {
  const dataset = { train: syntheticImages(2000, 10), test: syntheticImages(300, 10) }
  const all = majoritySplits(dataset, { seed: 1, stepColumns: 2 })

  it('has a quarter as many to validate and as many to test, also where few images are left of a class', () => {
    for (const count of [4, 10, 13, 25, 100, 400]) {
      const { train, validation, test } = subsetOfSplits(all, count)
      expect([train.count, validation.count, test.count]).toEqual([
        count,
        Math.max(4, Math.ceil(count / 4)),
        Math.min(300, count),
      ])
    }
    expect(() => subsetOfSplits(all, 3)).toThrow('sequences = 3; allowed is a whole number of at least 4')
  })
})
