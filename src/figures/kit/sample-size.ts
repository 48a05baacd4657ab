/** What a mean is over, where its row says it. */
export interface Sampled {
  /** How many sequences were explained, for each seed where there are several. */
  readonly sequences?: number
  /** How many networks of different seeds the mean is over; as a list, the value of each. */
  readonly seeds?: number | readonly number[]
}

/**
 * How many sequences and seeds the numbers of a figure are over: `n = 10,000 sequences`, `n = 3 to 20 seeds × 1,000 sequences`,
 * `n = 10,000 sequences, controls 1,000 sequences`; empty where no row says it.
 *
 * @param controls whose numbers stand beside; named where they are over another sample. Default: none
 */
export function sampleSize(rows: readonly Sampled[], controls: readonly Sampled[] = []): string {
  const [own, beside] = [partsOf(rows), partsOf(controls)]
  if (own === '') return ''
  return `n = ${own}${beside === '' || beside === own ? '' : `, controls ${beside}`}`
}

function partsOf(rows: readonly Sampled[]): string {
  const seeds = rangeOf(
    rows.flatMap(({ seeds }) => (typeof seeds === 'object' ? seeds.length : (seeds ?? []))),
  )
  const sequences = rangeOf(rows.flatMap((row) => row.sequences ?? []))
  return [named(seeds, 'seed'), named(sequences, 'sequence')].filter((part) => part !== '').join(' × ')
}

type Range = readonly [least: number, most: number] | null

const rangeOf = (counts: readonly number[]): Range =>
  counts.length === 0 ? null : [Math.min(...counts), Math.max(...counts)]

function named(range: Range, noun: string): string {
  if (range === null) return ''
  const [least, most] = range
  const text = [...new Set([least, most])].map((count) => count.toLocaleString('en')).join(' to ')
  return `${text} ${noun}${most === 1 ? '' : 's'}`
}
