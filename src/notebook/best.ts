import type { Field } from './field.js'
import { listOfNames, quoted } from './names.js'
import type { Best, Better } from './table-options.js'

const BETTER: readonly string[] = ['highest', 'lowest'] satisfies Better[]
const AMONG: readonly string[] = ['column', 'row', 'table'] satisfies Best['of'][]

/** A column of numbers with the text that is printed of each value, without interval. */
export interface PrintedField extends Field {
  readonly numeric: boolean
  readonly printed: readonly string[]
}

/**
 * For each column and row, whether its value is the best of its group. A value that is alone in its group is not.
 *
 * @param groupOf which group a row belongs to
 * @throws RangeError when a word is unknown, a column is none of numbers, or values are compared of which some are better where they
 *   are higher and others where they are lower
 */
export function bestCells(
  fields: readonly PrintedField[],
  choice: Best | Better,
  { isPivoted, groupOf }: { readonly isPivoted: boolean; groupOf(row: number): string },
): boolean[][] {
  const best = typeof choice === 'object' ? choice : { is: choice }
  const { of = 'column' } = best
  const directions = directionsOf(fields, best)
  const groups = new Map<string, { field: number; row: number; value: number }[]>()
  for (const [i, field] of fields.entries()) {
    if (!directions[i]) continue
    const compared = of === 'column' ? String(i) : isPivoted ? field.source : ''
    for (const [row, value] of field.values.entries()) {
      if (typeof value !== 'number' || Number.isNaN(value)) continue
      const key = JSON.stringify([compared, of === 'row' ? row : groupOf(row)])
      groups.set(key, [...(groups.get(key) ?? []), { field: i, row, value }])
    }
  }
  const bold = fields.map(({ values }) => values.map(() => false))
  for (const cells of groups.values()) {
    if (cells.length < 2) continue
    const [direction, ...others] = new Set(cells.map(({ field }) => directions[field]!))
    if (others.length > 0) throw new RangeError(mixed(of))
    const values = cells.map(({ value }) => value)
    const winner = direction === 'highest' ? Math.max(...values) : Math.min(...values)
    const first = cells.find(({ value }) => value === winner)!
    const text = fields[first.field]!.printed[first.row]
    for (const { field, row, value } of cells)
      bold[field]![row] = value === winner || fields[field]!.printed[row] === text
  }
  return bold
}

const mixed = (of: string): string =>
  `best of a ${of} compares columns of which some are better where they are higher and others where they are lower: ` +
  'name those of one kind, or compare within a column'

/** What is better in each column; undefined for those that have no best. */
function directionsOf(fields: readonly PrintedField[], { is, of, within }: Best): (Better | undefined)[] {
  const numbers = fields.filter(({ numeric, isKey }) => numeric && !isKey).map(({ source }) => source)
  if (of !== undefined && !AMONG.includes(of))
    throw new RangeError(`best is of a "${of}": it must be of one of ${quoted(AMONG)}`)
  if (of === 'row' && listOfNames(within).length > 0)
    throw new RangeError('best of a row is within that row already: leave within out')
  const words = typeof is === 'object' ? Object.values(is) : [is]
  const wrong = words.find((word) => !BETTER.includes(word))
  if (wrong !== undefined)
    throw new RangeError(
      `best is ${JSON.stringify(wrong)}: it must be ${quoted(BETTER).replace(', ', ' or ')}`,
    )
  const unknown = typeof is === 'object' ? Object.keys(is).find((name) => !numbers.includes(name)) : undefined
  if (unknown !== undefined)
    throw new RangeError(
      `best names "${unknown}", which is no column of numbers that is shown: there ${numbers.length > 0 ? `are ${quoted([...new Set(numbers)])}` : 'is none'}`,
    )
  return fields.map(({ source }) =>
    !numbers.includes(source) ? undefined : typeof is === 'object' ? is[source] : is,
  )
}
