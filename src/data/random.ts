import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { uniformInt as drawInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** A source of pseudo-random 32-bit numbers that moves on as they are drawn. */
export type RandomStream = RandomGenerator

/**
 * A deterministic stream (xoroshiro128+) for one purpose, independent of the streams for every other purpose or seed.
 *
 * @param purpose what it is for, such as `'dropout', epoch`
 * @throws if the seed or a number among the purposes is not a safe integer
 */
export function randomStream(seed: number, ...purpose: readonly (string | number)[]): RandomStream {
  for (const part of [seed, ...purpose]) {
    if (typeof part === 'number' && !Number.isSafeInteger(part)) {
      throw new RangeError(`A seed must be a whole number of at most 53 bits; ${part} is not`)
    }
  }
  // A hash fills all 128 bits of the state; the generator's own seeding sets 32 and shows them in its first draw.
  const digest = sha256(utf8ToBytes(JSON.stringify([seed, ...purpose])))
  const words = new DataView(digest.buffer, digest.byteOffset)
  return xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => words.getInt32(offset, true)))
}

/**
 * A uniform whole number from `low` to `high`, both included, without modulo bias.
 *
 * @throws if there is no such number
 */
export function uniformInt(stream: RandomStream, low: number, high: number): number {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high) {
    throw new RangeError(`There is no whole number from ${low} to ${high}`)
  }
  return drawInt(stream, low, high)
}

/** Shuffles a list in place, every order equally likely, and returns it. */
export function shuffle<List extends { length: number; [index: number]: number }>(
  stream: RandomStream,
  list: List,
): List {
  for (let last = list.length - 1; last > 0; last--) {
    const other = drawInt(stream, 0, last)
    const moved = list[last]!
    list[last] = list[other]!
    list[other] = moved
  }
  return list
}
