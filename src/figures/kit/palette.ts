import type { Dash, Pattern } from 'plotly.js'
import { entriesOf, entryOf, type Kind } from '../../values/registry.js'
import type { SeriesStyle } from '../../values/series-style.js'
import { furtherStyles } from './further-styles.js'
import './names.js'

export type { SeriesStyle } from '../../values/series-style.js'

/** The style of a network; `drawn` are all networks of the figure, for those that were not defined in this process. */
export const networkStyle = (id: string, drawn: readonly string[] = []): SeriesStyle =>
  styleOf('architecture', id, drawn)

/** The style of an explanation method. */
export const methodStyle = (id: string, drawn: readonly string[] = []): SeriesStyle =>
  styleOf('method', id, drawn)

/** A value's own style; else, by its place among those that have none, one that differs from all others of its kind. */
export function styleOf(kind: Kind, id: string, drawn: readonly string[]): SeriesStyle {
  const own = entryOf(kind, id)?.style
  if (own) return own
  const entries = entriesOf(kind)
  const taken = entries.flatMap(({ style }) => style ?? [])
  const defined = entries.filter(({ style }) => !style).map((entry) => entry.id)
  const unknown = [...drawn, id].filter((other) => entryOf(kind, other) === undefined)
  const place = [...defined, ...new Set(unknown)].indexOf(id)
  return furtherStyles(taken, place + 1)[place]!
}

/** The fill pattern of a bar: fine white lines or dots over its colour. */
export const barPattern = ({
  pattern,
  patternSize = 4,
  patternSolidity = 0.18,
}: SeriesStyle): Partial<Pattern> => ({
  shape: pattern,
  fillmode: 'overlay',
  fgcolor: '#ffffff',
  fgopacity: 0.8,
  size: patternSize,
  solidity: patternSolidity,
})

/** A line of a style; plotly takes lengths as well as names of dashes, its types names only. */
export const dashOf = ({ dash }: Pick<SeriesStyle, 'dash'>): Dash => dash as Dash

/** Marks what is relevant, and the baseline that explanations must beat. */
export const ACCENT = '#c0410b'

type ColorScale = [number, string][]

/** White to dark red with evenly falling lightness, for relevance ≥ 0. */
export const SEQUENTIAL: ColorScale = [
  [0, '#ffffff'],
  [0.15, '#fee4d4'],
  [0.3, '#fcc2a4'],
  [0.45, '#f8976f'],
  [0.6, '#e76545'],
  [0.75, '#c9332b'],
  [0.9, '#961019'],
  [1, '#67000d'],
]

/**
 * Blue, white, red for signed relevance: white is 0 and red the same as in maps without signs. Blue gets no darker than a middle grey, and
 * exported figures hatch it, so that a grey print shows what is negative.
 */
export const DIVERGING: ColorScale = [
  [0, '#3b7dbd'],
  [0.125, '#6a9fd0'],
  [0.25, '#9cc1e2'],
  [0.375, '#cfe1f2'],
  ...SEQUENTIAL.map(([at, color]): [number, string] => [0.5 + at / 2, color]),
]

/** Ink on paper for the images themselves: 0 is white. */
export const INK_ON_PAPER: ColorScale = [
  [0, '#ffffff'],
  [1, '#000000'],
]
