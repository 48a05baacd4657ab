import { type Draws, drawsFor, shuffled } from './draws.js'
import type { Probe, ScoredSequence } from './measure.js'
import { once } from './once.js'

/** How many subsets are drawn for each sequence. */
const DRAWS = 24

/** Random subsets of the patches of each sequence, and what removing them does. */
export interface Subsets {
  /** By draw and sequence, the patches that are removed: 1 for each of them, `[patches]`. */
  readonly removed: readonly (readonly Uint8Array[])[]
  /** By draw, the fall of f, f(x) − f(x without the subset), `[batch]`. */
  readonly falls: readonly Float64Array[]
}

/** The patch of each pixel, row-major, `[rows, columns]`: squares of `patch` pixels, smaller at the right and the bottom. */
export function patchesOf(
  { rows, columns }: Pick<ScoredSequence, 'rows' | 'columns'>,
  patch: number,
): Uint32Array {
  const across = Math.ceil(columns / patch)
  return Uint32Array.from(
    { length: rows * columns },
    (_, pixel) => Math.floor(pixel / columns / patch) * across + Math.floor((pixel % columns) / patch),
  )
}

/**
 * Draws subsets of the patches by each sequence's seed, and asks f of the sequences without them; all methods share them.
 *
 * @param patches the patch of each pixel
 * @param sizeOf how many patches of `count` are removed, from 1 to `count` − 1
 * @param key tells these subsets from others
 */
export const removedSubsets = (
  probe: Probe,
  patches: Uint32Array,
  sizeOf: (count: number, draws: Draws) => number,
  key: string,
): Subsets =>
  once(probe, `subsets ${key}`, () => {
    const count = Math.max(...patches) + 1
    const removed = Array.from({ length: DRAWS }, (_, draw) =>
      Array.from(probe.seeds, (seed) => {
        const draws = drawsFor(seed, `subset ${draw}`)
        const flags = new Uint8Array(count)
        const size = sizeOf(count, draws)
        for (const patch of shuffled(count, draws).subarray(0, size)) flags[patch] = 1
        return flags
      }),
    )
    const falls = removed.map((flags) => {
      const x = probe.x.map((value, place) => {
        const row = Math.floor(place / patches.length)
        return flags[row]![patches[place % patches.length]!] === 1 ? probe.range.low : value
      })
      return probe.evidence(x).map((f, row) => probe.f[row]! - f)
    })
    return { removed, falls }
  })

/** The relevance of each subset of one sequence, `[draws]`, and the falls of f, `[draws]`. */
export function subsetSums(
  { removed, falls }: Subsets,
  relevance: Float32Array,
  patches: Uint32Array,
  row: number,
): { readonly sums: Float64Array; readonly falls: Float64Array } {
  const byPatch = new Float64Array(removed[0]![row]!.length)
  for (const [pixel, value] of relevance.entries()) byPatch[patches[pixel]!]! += value
  return {
    sums: Float64Array.from(removed, (flags) =>
      byPatch.reduce((sum, value, patch) => (flags[row]![patch] === 1 ? sum + value : sum), 0),
    ),
    falls: Float64Array.from(falls, (fall) => fall[row]!),
  }
}
