import { describe, expect, it } from 'vitest'
import { randomStream, shuffle, uniformInt } from '../../src/data/random.js'
import { chiSquare } from './chi-square.js'

const draws = (seed: number, ...purpose: (string | number)[]) => {
  const stream = randomStream(seed, ...purpose)
  return Array.from({ length: 8 }, () => stream.next())
}

describe('a random stream', () => {
  it('is a function of its seed and purpose, today as tomorrow', () => {
    expect(draws(1, 'weights', 2)).toEqual(draws(1, 'weights', 2))
    // From an implementation in another language: SHA-256 of [1,"weights"], then xoroshiro128+ (24, 16, 37), low words.
    expect(draws(1, 'weights').slice(0, 3)).toEqual([1939458313, 1596793557, 267791196])
  })

  it('differs with the seed, each purpose, their order, and between a number and its digits', () => {
    const streams = [
      draws(1),
      draws(2),
      draws(-1),
      draws(1, 'a'),
      draws(1, 'b'),
      draws(1, 'a', 'b'),
      draws(1, 'b', 'a'),
      draws(1, 'ab'),
      draws(1, 2),
      draws(1, '2'),
      draws(12),
    ]
    expect(new Set(streams.flat()).size).toBe(8 * streams.length)
  })

  it('refuses a seed that is not a whole number', () => {
    for (const seed of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => randomStream(seed)).toThrow(`${seed} is not`)
      expect(() => randomStream(1, 'epoch', seed)).toThrow(RangeError)
    }
  })

  it('gives every whole number of a range equally often, from streams of one draw each too', () => {
    const one = randomStream(3, 'uniform')
    const many = (i: number) => uniformInt(randomStream(3, 'uniform', i), -2, 4)
    for (const draw of [() => uniformInt(one, -2, 4), many]) {
      const counts = new Array<number>(7).fill(0)
      for (let i = 0; i < 14_000; i++) counts[draw(i) + 2]!++
      expect(chiSquare(counts, new Array(7).fill(2000))).toBeLessThan(27.9) // p = 10⁻⁴ at 6 degrees of freedom
    }
  })

  it('refuses an empty or fractional range', () => {
    expect(() => uniformInt(randomStream(1), 0, -1)).toThrow('no whole number from 0 to -1')
    expect(() => uniformInt(randomStream(1), 0, 1.5)).toThrow(RangeError)
  })
})

describe('shuffling', () => {
  it('makes every order equally likely', () => {
    const stream = randomStream(5, 'shuffle')
    const counts = new Map<string, number>()
    for (let i = 0; i < 24_000; i++) {
      const order = shuffle(stream, [0, 1, 2, 3]).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    expect(chiSquare([...counts.values()], new Array(24).fill(1000))).toBeLessThan(56) // p = 10⁻⁴ at 23
  })

  it('works in place on lists of any length', () => {
    const list = Int32Array.of(4, 5, 6)
    expect(shuffle(randomStream(1), list)).toBe(list)
    expect([...list].sort()).toEqual([4, 5, 6])
    expect(shuffle(randomStream(1), [])).toEqual([])
  })
})
