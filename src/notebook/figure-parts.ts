import { laidOut } from '../figures/export/lay-out.js'
import type { Figure } from '../figures/kit/figure.js'
import type { FigureSize } from '../figures/kit/presets.js'

export const OVERFLOWS = ['refuse', 'pages', 'fewer'] as const

/** What is done with a figure that is higher than its page. */
export type Overflow = (typeof OVERFLOWS)[number]

/** A figure with the name of its files, and what is not shown of the whole. */
export interface Part {
  readonly figure: Figure
  readonly name: string
  readonly note?: string
}

/**
 * Each panel as a figure of its own.
 *
 * @throws Error when it has none that stand alone
 */
export function panelsOf(figure: Figure, name: string): Part[] {
  const { names, only } = figure.sections?.() ?? { names: [], only: () => figure }
  if (names.length < 2)
    throw new Error(
      'the figure has no panels that stand alone: leave { panels: true } out, or export what each is of',
    )
  return names.map((panel, i) => ({ figure: only(i, i + 1), name: `${name}-${fileName(panel)}` }))
}

const fileName = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()

/** The parts of a figure that fit a page each, or the first of them alone. */
export function pagesOf(part: Part, size: FigureSize & { heightMm?: number }, overflow: Overflow): Part[] {
  const { figure, name } = part
  const most = size.mostHeightMm ?? Number.POSITIVE_INFINITY
  const fits = (one: Figure) => laidOut(one, size).heightMm <= most
  if (fits(figure)) return [part]
  const { names, only } = figure.sections?.() ?? { names: [], only: () => figure }
  const pages: { readonly figure: Figure; readonly until: number }[] = []
  for (let from = 0; from < names.length; ) {
    let until = names.length
    while (until > from + 1 && !fits(only(from, until))) until--
    pages.push({ figure: only(from, until), until })
    from = until
  }
  if (overflow === 'pages' && pages.length > 1)
    return pages.map(({ figure }, i) => ({
      figure,
      name: `${name}-${i + 1}`,
      note: `Page ${i + 1} of ${pages.length}`,
    }))
  const [first] = pages
  if (first === undefined) return [part] // it is refused with its height
  return [
    {
      figure: first.figure,
      name,
      note: `Shown are ${first.until} of ${names.length}, for which the page has room; without ${names.slice(first.until).join(', ')}`,
    },
  ]
}
