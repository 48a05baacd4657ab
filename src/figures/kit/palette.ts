import type { Dash, Pattern } from 'plotly.js'
import { entriesOf, entryOf, type Kind } from '../../values/registry.js'
import type { SeriesStyle } from '../../values/series-style.js'
import { onPaper } from './dark.js'
import { furtherStyles } from './further-styles.js'
import { look } from './look.js'
import type { ThemePalette } from './themes.js'
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
  const style = catalogueStyle(kind, id, drawn)
  const color = paletteColor(kind, id) ?? onPaper(style.color)
  return color === style.color ? style : { ...style, color }
}

/** The color that the theme gives to an id; undefined where it gives none. */
function paletteColor(kind: Kind, id: string): string | undefined {
  const { palette } = look
  if (!isList(palette)) return Object.hasOwn(palette, id) ? palette[id] : undefined
  const place = entriesOf(kind).findIndex((entry) => entry.id === id)
  return place < 0 ? undefined : palette[place % palette.length]
}

const isList = (palette: ThemePalette): palette is readonly string[] => Array.isArray(palette)

function catalogueStyle(kind: Kind, id: string, drawn: readonly string[]): SeriesStyle {
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
  fgcolor: look.paper,
  fgopacity: 0.8,
  size: patternSize,
  solidity: patternSolidity,
})

/** A line of a style; plotly takes lengths as well as names of dashes, its types names only. */
export const dashOf = ({ dash }: Pick<SeriesStyle, 'dash'>): Dash => dash as Dash

type ColorScale = [number, string][]

/** Relevance ≥ 0 from the paper's color on. */
export const sequential = (): ColorScale => (look.isDark ? SEQUENTIAL_ON_DARK : SEQUENTIAL)

/** Signed relevance: the paper's color is 0. */
export const diverging = (): ColorScale => (look.isDark ? DIVERGING_ON_DARK : DIVERGING)

/** Images: 0 is the paper. */
export const inkOnPaper = (): ColorScale => [
  [0, look.paper],
  [1, look.isDark ? look.ink : '#000000'],
]

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

/** Dark paper to nearly white through red, the lighter the more. */
export const SEQUENTIAL_ON_DARK: ColorScale = [
  [0, '#14171c'],
  [0.15, '#3d1517'],
  [0.3, '#6f191c'],
  [0.45, '#a42a25'],
  [0.6, '#d14a35'],
  [0.75, '#ef7d58'],
  [0.9, '#fbb893'],
  [1, '#ffe9dc'],
]

/** Blue, dark paper, red; blue gets no lighter than a middle grey, and exported figures hatch it. */
export const DIVERGING_ON_DARK: ColorScale = [
  [0, '#5d97d0'],
  [0.125, '#4478ac'],
  [0.25, '#2f5680'],
  [0.375, '#1f3650'],
  ...SEQUENTIAL_ON_DARK.map(([at, color]): [number, string] => [0.5 + at / 2, color]),
]
