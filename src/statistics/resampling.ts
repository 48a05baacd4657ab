import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { BootstrapOptions } from './bootstrap.js'
import { requireProbability } from './distributions.js'

/** Draws whole numbers from 0 to below `count`. */
export type Draw = (count: number) => number

/**
 * What `bootstrapInterval` draws from, by the same seeds. It is written down again because the code of `bootstrap.ts` is part of the
 * address of kept scores, which none of its lines may change.
 */
export function drawing(seed: number): Draw {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed is ${seed}: a whole number from 0 to 2⁵³ − 1 is needed`)
  const [low, high] = [seed | 0, Math.floor(seed / 2 ** 32)]
  const random = xoroshiro128plusFromState([~high, ~low, low, high])
  random.jump()
  return (count) => Math.floor((random.next() >>> 0) * (count / 2 ** 32))
}

/** The options of a resampling with their defaults, checked. */
export function resamplingOf({ level = 0.95, resamples = 2000, seed = 0 }: BootstrapOptions): {
  readonly level: number
  readonly resamples: number
  readonly draw: Draw
} {
  requireProbability('level', level)
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new RangeError(`resamples is ${resamples}: a whole number of at least 1 is needed`)
  return { level, resamples, draw: drawing(seed) }
}
