import { drawsFor, shuffled } from './draws.js'
import type { Probe, ScoredBatch } from './measure.js'
import { once } from './once.js'
import { flippedInOrder } from './pixel-flipping.js'
import { isConstant, pixelOrder } from './pixel-order.js'

/** How many random orders stand for chance. */
const ORDERS = 3

/** f of the sequences with all pixels at the background, f(x₀), `[batch]`. */
export const blankEvidence = (probe: Probe): Float64Array =>
  once(probe, 'blank', () => probe.evidence(new Float32Array(probe.x.length).fill(probe.range.low)))

/** f as pixels become background in an order: for each fraction `[batch]`; see `flippedInOrder`. */
export const deletionCurve = (
  probe: Probe,
  orders: readonly Uint32Array[],
  fractions: readonly number[],
): Float64Array[] =>
  Array.from(
    flippedInOrder(probe.x, orders, fractions, () => probe.range.low),
    (x) => probe.evidence(x),
  )

/** f as pixels return to the background in an order: for each fraction `[batch]`. */
export function insertionCurve(
  probe: Probe,
  orders: readonly Uint32Array[],
  fractions: readonly number[],
): Float64Array[] {
  const blank = new Float32Array(probe.x.length).fill(probe.range.low)
  return Array.from(
    flippedInOrder(blank, orders, fractions, (place) => probe.x[place]!),
    (x) => probe.evidence(x),
  )
}

/** f along each of a few random orders of all pixels, drawn by the sequences' seeds: `[orders][fractions]`, each `[batch]`. */
export const randomDeletionCurves = (probe: Probe, fractions: readonly number[]): Float64Array[][] =>
  once(probe, `random deletion at ${fractions}`, () => {
    const pixels = probe.x.length / probe.seeds.length
    return Array.from({ length: ORDERS }, (_, order) => {
      const orders = Array.from(probe.seeds, (seed) => shuffled(pixels, drawsFor(seed, `order ${order}`)))
      return deletionCurve(probe, orders, fractions)
    })
  })

/** Shares of the pixels at which random orders are tried for the spread of f. */
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const

/**
 * How far f moves, whatever the relevance: its highest minus its lowest value among the sequence, the background, and random removals,
 * `[batch]`. Dividing by it makes networks comparable whose logits are of different sizes, also where f(x) ≤ f(x₀).
 */
export const spreadOfEvidence = (probe: Probe): Float64Array =>
  once(probe, 'spread', () => {
    const states = [probe.f, blankEvidence(probe), ...randomDeletionCurves(probe, TENTHS).flat()]
    return probe.f.map((_, row) => {
      const values = states.map((state) => state[row]!)
      return Math.max(...values) - Math.min(...values)
    })
  })

/** How a measure removes or inserts pixels. */
export interface Removal {
  /** Whether pixels become background or return to it. */
  readonly curve: 'deletion' | 'insertion'
  /** Shares of the pixels at which f is asked, ascending in (0, 1). */
  readonly fractions: readonly number[]
  /** The score's weight of each difference of f. */
  readonly weight: number
}

/**
 * By how much f falls more (deletion) or rises more (insertion) in the order of relevance than in random ones: the weighted sum of the
 * differences at the fractions, by the spread of f, `[batch]`; 0 where relevance is everywhere the same or f does not move.
 */
export function removalBeyondChance(
  { sequences, probe }: ScoredBatch,
  { curve, fractions, weight }: Removal,
): Float64Array {
  const orders = sequences.map((sequence, row) => pixelOrder(sequence, probe.seeds[row]!))
  const isDeletion = curve === 'deletion'
  const own = isDeletion ? deletionCurve(probe, orders, fractions) : insertionCurve(probe, orders, fractions)
  // What is inserted in a random order is what the reverse order, as random, has still to remove.
  const removed = isDeletion ? fractions : fractions.map((fraction) => rounded(1 - fraction)).reverse()
  const random = randomDeletionCurves(probe, removed).map((curve) =>
    isDeletion ? curve : curve.toReversed(),
  )
  const spread = spreadOfEvidence(probe)
  return spread.map((scale, row) => {
    if (scale === 0 || isConstant(sequences[row]!.relevance)) return 0
    let sum = 0
    for (const [i, state] of own.entries())
      sum += random.reduce((total, curve) => total + curve[i]![row]!, 0) / random.length - state[row]!
    return ((isDeletion ? weight : -weight) * sum) / scale
  })
}

/** A fraction without what subtracting it from 1 adds: 0.3 in place of 0.30000000000000004. */
const rounded = (fraction: number): number => Math.round(fraction * 1e12) / 1e12
