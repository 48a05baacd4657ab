import type { Verdict } from '../evaluation/claims.js'

/** A number with a name, as it appears in a sentence. */
export type Named = readonly [name: string, value: number]

/**
 * Named numbers with the signs between them that are true of them as they are shown: `Shallow 0.48 < Deep 0.67`; `≈` where
 * no difference is left at this many digits.
 */
export function inequality(numbers: readonly Named[], digits = 2): string {
  const shown = numbers.map(([, value]) => Number(value.toFixed(digits)))
  return numbers
    .map(([name, value], i) => {
      const text = `${name} ${minus(value.toFixed(digits))}`
      if (i === 0) return text
      const [before, here] = [shown[i - 1]!, shown[i]!]
      return `${before < here ? '<' : before > here ? '>' : '≈'} ${text}`
    })
    .join(' ')
}

/** The entry with the largest value; throws a RangeError when there is none. */
export const largest = <Item>(items: readonly Item[], of: (item: Item) => number): Item =>
  extreme(items, (a, b) => of(a) >= of(b))

/** The entry with the smallest value; throws a RangeError when there is none. */
export const smallest = <Item>(items: readonly Item[], of: (item: Item) => number): Item =>
  extreme(items, (a, b) => of(a) <= of(b))

/** Words as a list: `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'none') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/**
 * What several verdicts on one claim come to: `the claim holds`, `the claim is contradicted`, or for whom it does what:
 * `the claim holds for a and b, is contradicted for c and undecided for d`.
 */
export function inWords(verdicts: readonly (readonly [name: string, verdict: Verdict])[]): string {
  const parts = (['holds', 'contradicted', 'undecided'] as const).flatMap((verdict) => {
    const names = verdicts.filter(([, own]) => own === verdict).map(([name]) => name)
    return names.length > 0 ? [{ does: verdict === 'holds' ? 'holds' : `is ${verdict}`, names }] : []
  })
  if (parts.length === 0) return 'there is nothing to decide the claim'
  if (parts.length === 1) return `the claim ${parts[0]!.does}`
  return `the claim ${listed(parts.map(({ does, names }) => `${does} for ${listed(names)}`))}`
}

/** A share in [0, 1] as `12.3 %`. */
export const percent = (share: number, digits = 1): string => `${minus((100 * share).toFixed(digits))} %`

function extreme<Item>(items: readonly Item[], keeps: (a: Item, b: Item) => boolean): Item {
  if (items.length === 0) throw new RangeError('there is nothing to compare')
  return items.reduce((a, b) => (keeps(a, b) ? a : b))
}

const minus = (text: string): string => (Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−'))
