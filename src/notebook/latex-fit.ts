import { SMALLER_SIZES, type Venue, type VenueName } from '../figures/kit/venues.js'
import { type Grid, type GridColumn, isRepeated, spanners } from './grid.js'
import type { LatexLayout } from './latex.js'
import { latexSpan, withoutInterval } from './latex-cell.js'
import { quoted } from './names.js'
import { typeWidth } from './type-width.js'
import { venueOf, type WholeVenue } from './whole-venue.js'

const FITS = ['refuse', 'warn', 'shrink', 'stretch', 'scale'] as const

/** What is done with a table that is wider than its venue allows. */
export type Fit = (typeof FITS)[number]

/** Where a table is printed. */
export interface FitOptions {
  /** Where it is printed, such as "neurips" or "icml-column", or `{ widthPt: 345 }`; its width is measured. Default: it is not. */
  readonly venue?: VenueName | Venue
  /**
   * What is done with a table that is too wide: "refuse" throws; "warn" says so; "shrink" takes the largest of LaTeX's smaller sizes
   * that fits; "stretch" is as wide as the text, by a `tabular*` with more space between its columns, or less; "scale" makes all of it
   * smaller, by a `\resizebox`. Default: "refuse".
   */
  readonly fit?: Fit
}

/** How a table is made to fit, and a sentence that says how wide it is. */
export interface Fitted {
  readonly layout: LatexLayout
  readonly note: string
  readonly isTooWide: boolean
}

/** Space on either side of a column, and the least that is left between two of a stretched table, in points. */
const [SPACE, LEAST_SPACE] = [6, 4]
/** The size of the smallest text that venues take, in points. */
const LEAST_READABLE = 6

/**
 * Finds the layout in which a table fits its venue.
 *
 * @throws RangeError that says how wide it is and what is allowed when it does not, or that an option is unknown.
 */
export function fitTable(grid: Grid, { venue, fit = 'refuse' }: FitOptions): Fitted {
  if (!FITS.includes(fit)) throw new RangeError(`fit is "${fit}": it must be one of ${quoted(FITS)}`)
  if (venue === undefined) {
    if (fit !== 'refuse')
      throw new RangeError(
        `fit: "${fit}" makes a table fit a venue, which is missing: name one, such as "neurips"`,
      )
    return { layout: {}, note: '', isTooWide: false }
  }
  const place = venueOf(venue)
  const across = place.isAcross ? { isAcross: true } : {}
  const width = tableWidth(grid, place, place.fontPt)
  const fitted = (layout: LatexLayout, words: string, isTooWide = false): Fitted => ({
    layout: { ...across, ...layout },
    note: `${points(width)} pt wide at ${points(place.fontPt)} pt, ${place.name} allows ${points(place.widthPt)} pt${words}`,
    isTooWide,
  })
  if (fit === 'stretch') {
    const least = leastWidth(grid, place)
    if (least <= place.widthPt) return fitted({ isStretched: true }, ': stretched to that')
    throw tooWide(width, place, `stretched it would take ${points(least)} pt`, grid)
  }
  if (width <= place.widthPt) return fitted({}, '')
  if (fit === 'warn') return fitted({}, `: too wide by ${points(width - place.widthPt)} pt`, true)
  if (fit === 'scale') {
    const factor = place.widthPt / width
    const size = factor * place.fontPt
    const warning = size < LEAST_READABLE ? ', too small to read in print' : ''
    return fitted(
      { isScaled: true },
      `: scaled to ${Math.floor(factor * 100)} %, so that its text is of ${points(size)} pt${warning}`,
    )
  }
  const size = fit === 'shrink' && smallerSize(grid, place)
  if (size)
    return fitted(
      { size },
      `: set in \\${size}, ${points(tableWidth(grid, place, place.smallerPt[size]))} pt wide`,
    )
  throw tooWide(width, place, '', grid)
}

function smallerSize(grid: Grid, place: WholeVenue) {
  return SMALLER_SIZES.find((size) => tableWidth(grid, place, place.smallerPt[size]) <= place.widthPt)
}

function tooWide(width: number, place: WholeVenue, words: string, grid: Grid): RangeError {
  const size = smallerSize(grid, place)
  const smallest = tableWidth(grid, place, place.smallerPt.scriptsize)
  const choices = [
    size ? `fit: "shrink" sets it in \\${size}` : `even \\scriptsize takes ${points(smallest)} pt`,
    ...(leastWidth(grid, place) <= place.widthPt ? ['fit: "stretch" leaves less space between columns'] : []),
    `fit: "scale" makes its text ${points((place.fontPt * place.widthPt) / width)} pt`,
    'or leave columns out',
  ]
  return new RangeError(
    `the table is ${points(width)} pt wide at ${points(place.fontPt)} pt, and ${place.name} allows ${points(place.widthPt)} pt` +
      `${words && `; ${words}`}: ${choices.join(', ')}`,
  )
}

const points = (value: number): string => String(Math.round(value * 10) / 10)

/** How wide a table is in points, with the space around its columns. */
export const tableWidth = (grid: Grid, place: WholeVenue, sizePt: number): number =>
  columnWidths(grid, place, sizePt).reduce((sum, width) => sum + width + 2 * SPACE, 0)

/** The same with the least space between columns, and none around them. */
const leastWidth = (grid: Grid, place: WholeVenue): number =>
  columnWidths(grid, place, place.fontPt).reduce((sum, width) => sum + width + LEAST_SPACE, -LEAST_SPACE)

function columnWidths(grid: Grid, { typeface }: WholeVenue, sizePt: number): number[] {
  const type = { typeface, sizePt }
  const widths = grid.columns.map((column, i) => {
    const rows = column.cells.map((_, row) => row).filter((row) => !isRepeated(grid, i, row))
    return Math.max(typeWidth(column.heading, type), cellsWidth(column, rows, type))
  })
  // A heading above several columns widens the last of them, as in LaTeX.
  for (const { over, from, count } of spanners(grid)) {
    const own = widths.slice(from, from + count).reduce((sum, width) => sum + width, 2 * SPACE * (count - 1))
    if (over) widths[from + count - 1]! += Math.max(0, typeWidth(over, type) - own)
  }
  return widths
}

type Type = Omit<Parameters<typeof typeWidth>[1], 'isBold'>

/** How wide a column's cells are; numbers and their intervals have a width each. */
function cellsWidth(column: GridColumn, rows: readonly number[], type: Type): number {
  if (latexSpan(column) === 1)
    return widest(rows.map((row) => cellWidth(column.cells[row]!, column.bold[row]! > 0, type)))
  const numbers = rows.map((row) => cellWidth(withoutInterval(column, row)[0], column.bold[row]! > 0, type))
  const intervals = rows.map((row) => cellWidth(withoutInterval(column, row)[1], false, type))
  return widest(numbers) + typeWidth(' ', type) + widest(intervals)
}

const cellWidth = (text: string, isBold: boolean, type: Type): number =>
  typeWidth(text.replace(/e(−?\d+)$/, '×10$1'), { ...type, isBold })

const widest = (widths: readonly number[]): number => widths.reduce((most, width) => Math.max(most, width), 0)
