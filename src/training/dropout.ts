import type { RandomStream } from '../data/random.js'

/** Draws a layer's dropout mask `[rows, units]`, entries 0 or 1/keep; rows are `[steps·batch]` where all steps come at once. */
export type MaskDraw = (layer: string, rows: number, units: number) => Float32Array

/** Ordinary dropout draws a mask for every step, per-sequence dropout one for all steps (Gal and Ghahramani 2016). */
export type Dropout = 'perStep' | 'perSequence'

const HALF = 0x10000
const TWO_TO_32 = 2 ** 32

/** Below this share of dropped entries it is quicker to draw the gaps between them. */
const RARE = 0.15

/** The masks of one pass after another; those of a pass are good until the next pass draws. */
export type DropoutMasks = (batch: number, stream: RandomStream) => MaskDraw

/**
 * Dropout masks with entries 1/keep with probability keep (to 1/65536), else 0.
 *
 * Each pass is told how many sequences its batch has; a layer's rows are as many, or steps·batch where all steps come at once.
 */
export function dropoutMasks(kind: Dropout, keep: number): DropoutMasks {
  // Every pass draws masks of the same sizes in the same order.
  const drawers: Bernoulli[] = []
  const gaps = 1 - keep < RARE ? gapsBetweenDrops(keep) : null
  return (batch, stream) => {
    const kept = new Map<string, Float32Array>()
    let next = 0
    const draw = (rows: number, units: number) => {
      const index = next++
      const count = rows * units
      if (drawers[index]?.count !== count)
        drawers[index] = gaps ? withRareDrops(count, keep, gaps) : withFrequentDrops(count, keep)
      return drawers[index].draw(stream)
    }
    return (layer, rows, units) => {
      if (kind === 'perStep') return draw(rows, units)
      const mask = kept.get(layer) ?? draw(batch, units)
      kept.set(layer, mask)
      return rows === batch ? mask : repeated(mask, rows / batch)
    }
  }
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times)
  for (let i = 0; i < times; i++) all.set(values, i * values.length)
  return all
}

/** Draws `count` entries anew into the same array. */
interface Bernoulli {
  readonly count: number
  draw(stream: RandomStream): Float32Array
}

/** Goes from one dropped entry to the next, and next time puts back those that were dropped before it drops others. */
function withRareDrops(count: number, keep: number, gap: (bits: number) => number): Bernoulli {
  const mask = new Float32Array(count).fill(1 / keep)
  const dropped: number[] = []
  let drops = 0
  const draw = (stream: RandomStream) => {
    for (let k = 0; k < drops; k++) mask[dropped[k]!] = 1 / keep
    drops = 0
    for (let i = gap(stream.next()); i < count; i += 1 + gap(stream.next())) {
      mask[i] = 0
      dropped[drops++] = i
    }
    return mask
  }
  return { count, draw }
}

/** How many entries are kept before one is dropped: k with probability keepᵏ·(1 − keep), from 32 random bits. */
function gapsBetweenDrops(keep: number): (bits: number) => number {
  const perKept = 1 / Math.log(keep)
  const exact = (bits: number) => Math.floor(Math.log((bits + 0.5) / TWO_TO_32) * perKept)
  // The highest bits alone tell most gaps; −1 where they do not.
  const table = Int32Array.from({ length: 1 << TABLE_BITS }, (_, high) => {
    const first = high * 2 ** (32 - TABLE_BITS)
    const gap = exact(first)
    return gap === exact(first + 2 ** (32 - TABLE_BITS) - 1) ? gap : -1
  })
  return (bits) => {
    const known = table[bits >>> (32 - TABLE_BITS)]!
    return known >= 0 ? known : exact(bits >>> 0)
  }
}

const TABLE_BITS = 12

function withFrequentDrops(count: number, keep: number): Bernoulli {
  const threshold = Math.round(keep * HALF)
  const scale = HALF / threshold
  const mask = new Float32Array(count)
  const draw = (stream: RandomStream) => {
    // One 32-bit draw serves two entries: drawing dominates the cost of a mask.
    for (let i = 0; i < count; i += 2) {
      const bits = stream.next()
      mask[i] = (bits & 0xffff) < threshold ? scale : 0
      if (i + 1 < count) mask[i + 1] = bits >>> 16 < threshold ? scale : 0
    }
    return mask
  }
  return { count, draw }
}
