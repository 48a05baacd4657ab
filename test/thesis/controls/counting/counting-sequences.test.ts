import { describe, expect, it } from 'vitest'
import { countingSequences } from '../../../../src/thesis/controls/counting/counting-sequences.js'
import { addition, counting, subtraction } from '../../../../src/thesis/controls/counting/counting-task.js'
import { rightLogits, rightRelevance } from '../../../../src/thesis/controls/counting/right-answer.js'

const options = { count: 300, steps: 7, seed: 3, purpose: 'test' }
const tasks = [addition, subtraction, counting]

describe('sequences of a counting task', () => {
  it.each(tasks)(
    'of $id show the numbers of each channel, at steps of their own and in the range',
    (task) => {
      const { pixels } = countingSequences(task, options)
      let negative = 0
      for (let i = 0; i < options.count; i++) {
        const channels = [0, 1].map((c) => Array.from(pixels.slice((2 * i + c) * 7, (2 * i + c + 1) * 7)))
        for (const channel of channels) {
          const numbers = channel.filter((x) => x !== 0)
          expect(numbers).toHaveLength(task.numbers)
          for (const x of numbers) {
            expect(Math.abs(x)).toBeGreaterThanOrEqual(task.sizes.least)
            expect(Math.abs(x)).toBeLessThanOrEqual(task.sizes.most)
            if (x < 0) negative++
          }
        }
        expect(channels[0]!.some((x, step) => x !== 0 && channels[1]![step] !== 0)).toBe(false)
      }
      const share = negative / (2 * task.numbers * options.count)
      if (task.signed) expect(Math.abs(share - 0.5)).toBeLessThan(0.1)
      else expect(share).toBe(0)
    },
  )

  it('show numbers at every step alike, and ask for every logit', () => {
    const { pixels, target } = countingSequences(counting, options)
    for (let step = 0; step < 7; step++) {
      const shown = pixels.filter((x, i) => x !== 0 && i % 7 === step).length / options.count
      expect(Math.abs(shown - 4 / 7)).toBeLessThan(0.12)
    }
    const ones = target.reduce((sum, k) => sum + k, 0)
    expect(Math.abs(ones / options.count - 0.5)).toBeLessThan(0.12)
  })

  it('are the same for a seed and purpose, and others for another', () => {
    const pixelsOf = (more: Partial<typeof options>) =>
      countingSequences(addition, { ...options, ...more }).pixels
    expect(pixelsOf({})).toEqual(pixelsOf({}))
    expect(pixelsOf({ seed: 4 })).not.toEqual(pixelsOf({}))
    expect(pixelsOf({ purpose: 'training' })).not.toEqual(pixelsOf({}))
  })

  it('have right relevance that adds up to the right logit of the target', () => {
    for (const task of tasks) {
      const sequences = countingSequences(task, options)
      const relevance = rightRelevance(sequences)
      const logits = rightLogits(sequences)
      for (let i = 0; i < options.count; i++) {
        const own = (values: Float32Array) => Array.from(values.slice(14 * i, 14 * (i + 1)))
        const [a, b] = [own(sequences.pixels).slice(0, 7), own(sequences.pixels).slice(7)].map((channel) =>
          channel!.reduce((sum, x) => sum + x, 0),
        ) as [number, number]
        const wanted = { addition: [a + b], subtraction: [a - b], counting: [a, b] }[task.id]!
        const classes = wanted.length
        for (const [k, sum] of wanted.entries()) expect(logits[i * classes + k]).toBeCloseTo(sum, 5)
        expect(own(relevance).reduce((sum, part) => sum + part, 0)).toBeCloseTo(
          wanted[sequences.target[i]!]!,
          5,
        )
      }
    }
  })

  it('are refused where numbers have no step of their own, or there is none', () => {
    expect(() => countingSequences(counting, { ...options, steps: 3 })).toThrow(
      'steps is 3; counting shows 4 numbers, each at a step of its own',
    )
    expect(() => countingSequences(addition, { ...options, count: 0 })).toThrow('count is 0')
  })
})
