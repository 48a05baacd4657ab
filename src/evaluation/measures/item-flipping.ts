import { drawsFor, shuffled } from '../draws.js'
import { defineMeasure, type Probe, type ScoredBatch } from '../measure.js'
import { once } from '../once.js'
import { isConstant } from '../pixel-order.js'

/** Up to how many items all subsets are tried. */
const ALL = 6

/** How many random orders stand for chance where there are more items. */
const ORDERS = 4

/**
 * How much faster f falls when items are removed most relevant first than in a random order: the AOPC (Samek et al. 2017, Equation 12)
 * over the n − 1 steps at which orders can differ, minus its mean over all orders, by how far f moves over all subsets of the items; in
 * [−1, 1], chance 0. AOPC is here the mean fall of f over these L = n − 1 steps; the paper divides by L + 1, counting the sequence as it
 * is, whose fall is 0, so that its number is (n − 1)/n of this one for every method and order. Items of equal relevance go in every order,
 * and the score is the mean; all equal, so also all 0, score 0. Relevance counts as it is, with its sign: what speaks against goes last.
 * Which items are relevant is not asked.
 *
 * Of more than six items, chance is the mean of four orders drawn by the sequence's seed, and the range of f is over what these and the
 * relevance remove.
 */
export const itemFlipping = defineMeasure({
  id: 'itemFlipping',
  title: 'Item flipping beyond chance',
  short: 'items flipped',
  range: [-1, 1],
  baseline: () => 0,
  scores: (batch) => (batch.sequences[0]!.relevant.length <= ALL ? overAllSubsets(batch) : overDraws(batch)),
})

function overAllSubsets({ sequences, probe }: ScoredBatch): Float64Array {
  const items = sequences[0]!.relevant.length
  const subsets = Array.from({ length: 2 ** items }, (_, set) => set)
  const states = once(probe, 'subsets of items', () =>
    subsets.map((set) =>
      set === 0
        ? probe.f
        : withoutItems(probe, items, sequences[0]!.columns, () => (item) => (set >> item) & 1),
    ),
  )
  const sizes = subsets.map((set) => set.toString(2).replaceAll('0', '').length)
  return Float64Array.from(sequences, ({ itemRelevance }, row) => {
    const f = states.map((state) => state[row]!)
    const spread = Math.max(...f) - Math.min(...f)
    if (spread === 0 || items < 2) return 0
    let gain = 0
    for (let size = 1; size < items; size++) {
      const all = subsets.filter((set) => sizes[set] === size)
      const first = all.filter((set) => isMostRelevant(itemRelevance, set))
      const of = (sets: readonly number[]) => sets.reduce((sum, set) => sum + f[set]!, 0) / sets.length
      gain += of(all) - of(first)
    }
    return gain / (items - 1) / spread
  })
}

/** Whether no item outside a set has more relevance than one in it. */
function isMostRelevant(relevance: Float64Array, set: number): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [item, value] of relevance.entries()) {
    if ((set >> item) & 1) least = Math.min(least, value)
    else most = Math.max(most, value)
  }
  return least >= most
}

function overDraws({ sequences, probe }: ScoredBatch): Float64Array {
  const { relevant, columns } = sequences[0]!
  const items = relevant.length
  const curve = (orders: readonly Uint32Array[]) =>
    Array.from({ length: items - 1 }, (_, step) =>
      withoutItems(probe, items, columns, (row) => (item) => (orders[row]!.indexOf(item) <= step ? 1 : 0)),
    )
  const drawn = (purpose: string) =>
    Array.from(probe.seeds, (seed) => shuffled(items, drawsFor(seed, purpose)))
  const random = once(probe, 'orders of items', () => [
    withoutItems(probe, items, columns, () => () => 1),
    ...Array.from({ length: ORDERS }, (_, order) => curve(drawn(`items ${order}`))).flat(),
  ])
  const own = curve(
    drawn('ties of items').map((order, row) => {
      const { itemRelevance } = sequences[row]!
      return order.sort((a, b) => itemRelevance[b]! - itemRelevance[a]!)
    }),
  )
  return probe.f.map((f, row) => {
    const [blank, ...drawn] = random.map((state) => state[row]!)
    const flipped = own.map((state) => state[row]!)
    const states = [f, blank!, ...drawn, ...flipped]
    const spread = Math.max(...states) - Math.min(...states)
    if (spread === 0 || isConstant(sequences[row]!.itemRelevance)) return 0
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    return (mean(drawn) - mean(flipped)) / spread
  })
}

/** f of the sequences without some items: `isRemoved` is 1 for those that become background. */
function withoutItems(
  probe: Probe,
  items: number,
  columns: number,
  isRemoved: (row: number) => (item: number) => number,
): Float64Array {
  const { x, seeds, range } = probe
  const flags = Array.from(seeds, (_, row) =>
    Uint8Array.from({ length: items }, (_, item) => isRemoved(row)(item)),
  )
  const pixels = x.length / seeds.length
  const width = columns / items
  return probe.evidence(
    x.map((value, place) => {
      const item = Math.floor((place % columns) / width)
      return flags[Math.floor(place / pixels)]![item] === 1 ? range.low : value
    }),
  )
}
