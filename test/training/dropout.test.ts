import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/data/random.js'
import { dropoutMasks } from '../../src/training/dropout.js'

/** The rows of a mask `[rows, 20]`. */
const rowsOf = (mask: Float32Array) =>
  Array.from({ length: mask.length / 20 }, (_, row) => [...mask.subarray(20 * row, 20 * (row + 1))])

const stream = (name = 'masks') => randomStream(9, name)

describe.each(['perStep', 'perSequence'] as const)('a mask of %s dropout', (kind) => {
  it.each([0.8, 0.9, 0.95, 0.99, 0.5, 0.25])(
    'keeps an entry with probability %f and then scales it by the inverse',
    (keep) => {
      const mask = dropoutMasks(kind, keep)(200, stream())('hidden', 200, 301)
      const kept = mask.filter((value) => value !== 0)
      const deviation = Math.sqrt((keep * (1 - keep)) / mask.length)
      expect(Math.abs(kept.length / mask.length - keep)).toBeLessThan(4 * deviation)
      expect(new Set(kept).size).toBe(1)
      expect(kept[0]).toBeCloseTo(1 / keep, 4)
    },
  )

  it('has entries that do not hang together along rows or columns, be they dropped often or rarely', () => {
    for (const keep of [0.5, 0.95]) {
      const mask = dropoutMasks(kind, keep)(100, stream())('hidden', 100, 100)
      const correlation = (shift: number) => {
        let sum = 0
        for (let i = 0; i + shift < mask.length; i++) sum += (mask[i]! - 1) * (mask[i + shift]! - 1)
        return (sum / (mask.length - shift)) * (keep / (1 - keep)) // over the variance of an entry
      }
      for (const shift of [1, 2, 3, 99, 100, 101]) expect(Math.abs(correlation(shift))).toBeLessThan(0.045)
    }
  })

  it('is a function of the stream', () => {
    const draw = (name?: string) => [...dropoutMasks(kind, 0.5)(4, stream(name))('hidden', 4, 9)]
    expect(draw()).toEqual(draw())
    expect(draw('others')).not.toEqual(draw())
  })
})

describe('ordinary dropout', () => {
  it('draws a mask anew for every step and every layer, also of all steps at once', () => {
    const masks = dropoutMasks('perStep', 0.5)(4, stream())
    const drawn = [0, 1, 2].map(() => masks('hidden', 4, 20).join())
    expect(new Set(drawn).size).toBe(3)
    const atOnce = masks('input', 12, 20)
    const steps = [0, 80, 160].map((start) => atOnce.subarray(start, start + 80).join())
    expect(new Set(steps).size).toBe(3)
  })
})

describe('per-sequence dropout', () => {
  it('has one mask for all steps of a layer, be they drawn apart or at once, and another for each sequence', () => {
    const masks = dropoutMasks('perSequence', 0.5)(4, stream())
    const first = rowsOf(masks('hidden', 4, 20))
    expect(rowsOf(masks('hidden', 4, 20))).toEqual(first)
    expect(rowsOf(masks('hidden', 12, 20))).toEqual([...first, ...first, ...first])
    expect(new Set(first.map((row) => row.join())).size).toBe(4)
    const atOnce = rowsOf(masks('input', 12, 20))
    expect(atOnce.slice(4, 8)).toEqual(atOnce.slice(0, 4))
    expect(atOnce.slice(0, 4)).not.toEqual(first)
  })

  it('has others in the next pass', () => {
    const random = stream()
    const passes = dropoutMasks('perSequence', 0.5)
    const [one, two] = [0, 1].map(() => [...passes(4, random)('hidden', 4, 20)])
    expect(one).not.toEqual(two)
  })
})

describe('masks drawn into the arrays of the pass before', () => {
  it.each([
    ['perStep', 0.95],
    ['perStep', 0.7],
    ['perSequence', 0.95],
    ['perSequence', 0.7],
  ] as const)('are those of new arrays: %s, keep %f', (kind, keep) => {
    const again = dropoutMasks(kind, keep)
    // The last batch of an epoch may be smaller.
    for (const [pass, batch] of [8, 8, 3, 8].entries()) {
      const masks = [again, dropoutMasks(kind, keep)].map((draws) => draws(batch, stream(`pass ${pass}`)))
      for (const [layer, rows] of [
        ['input', 12 * batch],
        ['hidden', batch],
        ['hidden', batch],
      ] as const) {
        const [reused, fresh] = masks.map((draw) => [...draw(layer, rows, 50)])
        expect(reused).toEqual(fresh)
      }
    }
  })

  it('have gaps of k kept entries with probability keepᵏ·(1 − keep)', () => {
    const keep = 0.9
    const mask = dropoutMasks('perStep', keep)(1000, stream())('hidden', 1000, 1000)
    const counts = new Map<number, number>()
    let last = -1
    for (const [i, value] of mask.entries()) {
      if (value !== 0) continue
      counts.set(i - last - 1, (counts.get(i - last - 1) ?? 0) + 1)
      last = i
    }
    const drops = [...counts.values()].reduce((sum, count) => sum + count, 0)
    for (const k of [0, 1, 2, 5, 10, 20]) {
      const expected = drops * keep ** k * (1 - keep)
      expect(Math.abs(counts.get(k)! - expected)).toBeLessThan(5 * Math.sqrt(expected))
    }
  })
})
