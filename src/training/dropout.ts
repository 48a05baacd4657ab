import type { RandomStream } from '../data/random.js'

/** Draws a layer's dropout mask `[rows, units]`, entries 0 or 1/keep; rows are `[steps·batch]` where all steps come at once. */
export type MaskDraw = (layer: string, rows: number, units: number) => Float32Array

/** Ordinary dropout draws a mask for every step, stationary dropout one for all steps (Gal and Ghahramani 2016). */
export type Dropout = 'ordinary' | 'stationary'

const HALF = 0x10000
const TWO_TO_32 = 2 ** 32

/** Below this share of dropped entries it is quicker to draw the gaps between them. */
const RARE = 0.15

/**
 * Dropout masks for one pass: entries 1/keep with probability keep (to 1/65536), else 0.
 *
 * @param batch sequences in the batch; a layer's rows are batch, or steps·batch where all steps come at once
 */
export function dropoutMasks(kind: Dropout, keep: number, batch: number, stream: RandomStream): MaskDraw {
  const kept = new Map<string, Float32Array>()
  const draw = (rows: number, units: number) => bernoulli(rows * units, keep, stream)
  return (layer, rows, units) => {
    if (kind === 'ordinary') return draw(rows, units)
    const mask = kept.get(layer) ?? draw(batch, units)
    kept.set(layer, mask)
    return rows === batch ? mask : repeated(mask, rows / batch)
  }
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times)
  for (let i = 0; i < times; i++) all.set(values, i * values.length)
  return all
}

function bernoulli(count: number, keep: number, stream: RandomStream): Float32Array {
  return 1 - keep < RARE ? withRareDrops(count, keep, stream) : withFrequentDrops(count, keep, stream)
}

/** Goes from one dropped entry to the next: before it are k kept ones with probability keepᵏ·(1 − keep). */
function withRareDrops(count: number, keep: number, stream: RandomStream): Float32Array {
  const mask = new Float32Array(count).fill(1 / keep)
  const perKept = 1 / Math.log(keep)
  const kept = () => Math.floor(Math.log(((stream.next() >>> 0) + 0.5) / TWO_TO_32) * perKept)
  for (let i = kept(); i < count; i += 1 + kept()) mask[i] = 0
  return mask
}

function withFrequentDrops(count: number, keep: number, stream: RandomStream): Float32Array {
  const threshold = Math.round(keep * HALF)
  const scale = HALF / threshold
  const mask = new Float32Array(count)
  // One 32-bit draw serves two entries: drawing dominates the cost of a mask.
  for (let i = 0; i < count; i += 2) {
    const bits = stream.next()
    mask[i] = (bits & 0xffff) < threshold ? scale : 0
    if (i + 1 < count) mask[i + 1] = bits >>> 16 < threshold ? scale : 0
  }
  return mask
}
