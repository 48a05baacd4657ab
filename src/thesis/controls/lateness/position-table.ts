import { bootstrapInterval } from '../../../statistics/index.js'
import { type SequenceRelevance, shares } from '../../evaluation/sequence-relevance.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'

/** How much of the relevance lies on the items at one place of the sequence. */
export interface PositionRow {
  readonly network: string
  /** Items between this one and the last to be read: 0 for the last. */
  readonly fromEnd: number
  /** Whether the items counted here are relevant, are not, or are all of that place. */
  readonly role: 'relevant' | 'irrelevant' | 'all'
  /** Mean share of |relevance of items| with its 95 % bootstrap interval. */
  readonly share: number
  readonly low: number
  readonly high: number
  /** The share of an item if nothing were known: one of the number of items. */
  readonly chance: number
  readonly sequences: number
}

const COLUMNS = [
  'network',
  'fromEnd',
  'role',
  'share',
  'low',
  'high',
  'chance',
  'sequences',
] as const satisfies readonly (keyof PositionRow)[]

/**
 * Where relevance lies by distance from the end of the reading, for relevant items, for others and for both together. Sequences without
 * any relevance lie nowhere and are left out, and so are rows without a sequence.
 *
 * @param byNetwork what `relevanceByNetwork` gives
 * @param scan from which end sequences were read. Default: the left
 * @example
 * const { test } = await majority('mnist-maj')
 * const table = positionTable(await relevanceByNetwork([model], test, [0, 1, 2], { method: 'deepTaylor' }))
 */
export function positionTable(
  byNetwork: Readonly<Record<string, readonly SequenceRelevance[]>>,
  scan: 'leftToRight' | 'rightToLeft' = 'leftToRight',
): TableOf<PositionRow> {
  const rows = Object.entries(byNetwork).flatMap(([network, sequences]) => {
    const items = sequences[0]?.items.length ?? 0
    return Array.from({ length: items }, (_, fromEnd) => fromEnd).flatMap((fromEnd) => {
      const item = scan === 'leftToRight' ? items - 1 - fromEnd : fromEnd
      return (['relevant', 'irrelevant', 'all'] as const).flatMap((role): PositionRow[] => {
        const own = sequences.filter(
          ({ items, relevant }) =>
            items.some((part) => part !== 0) &&
            (role === 'all' || relevant.includes(item) === (role === 'relevant')),
        )
        if (own.length === 0) return []
        const values = own.map((sequence) => Math.abs(shares(sequence.items)[item]!))
        const { estimate: share, low, high } = bootstrapInterval(values, { seed: 1 })
        return [{ network, fromEnd, role, share, low, high, chance: 1 / items, sequences: own.length }]
      })
    })
  })
  return tableOf(rows, COLUMNS)
}
