import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** A source of pseudo-random numbers: each call gives the next one, uniform in [0, 1). */
export type Draws = () => number

/**
 * Numbers for one purpose and one seed, independent of those for any other.
 *
 * @param seed a whole number, such as a sequence's own
 * @param purpose what they are for, e.g. `robustness 2`
 */
export function drawsFor(seed: number, purpose: string): Draws {
  // FNV-1a
  let hash = 0x811c9dc5
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193)
  const random = xoroshiro128plusFromState([~hash, ~seed, seed | 0, hash | 0])
  random.jump() // away from the first draws, where the bits of the seed still show
  return () => (random.next() >>> 0) / 2 ** 32
}

/** The whole numbers from 0 to `length` − 1, every order equally likely (Fisher and Yates). */
export function shuffled(length: number, draws: Draws): Uint32Array {
  const list = Uint32Array.from({ length }, (_, i) => i)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(draws() * (last + 1))
    const moved = list[last]!
    list[last] = list[other]!
    list[other] = moved
  }
  return list
}
