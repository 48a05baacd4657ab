import type { Pattern } from 'plotly.js'
import { METHODS, NETWORKS } from './names.js'

/** How one series looks: told apart by colour, by lightness in grey print, and by pattern, marker and dash without either. */
export interface SeriesStyle {
  readonly color: string
  readonly pattern: '' | '/' | '\\' | 'x' | '-' | '|' | '+' | '.'
  readonly symbol: string
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash'
}

/** Plain recurrent networks are blue and darken with depth, LSTMs are orange and darken with convolutions (hues of Okabe and Ito). */
const networkStyles: readonly SeriesStyle[] = [
  { color: '#4697d1', pattern: '', symbol: 'circle', dash: 'solid' },
  { color: '#1f6fae', pattern: '/', symbol: 'square', dash: 'dash' },
  { color: '#0a3a68', pattern: 'x', symbol: 'diamond', dash: 'dashdot' },
  { color: '#c06f08', pattern: '.', symbol: 'triangle-up', dash: 'longdash' },
  { color: '#8a2f06', pattern: '-', symbol: 'triangle-down', dash: 'dot' },
]

const methodStyles: readonly SeriesStyle[] = [
  { color: '#a98600', pattern: '', symbol: 'circle', dash: 'dot' },
  { color: '#2f7fbf', pattern: '/', symbol: 'square', dash: 'dashdot' },
  { color: '#0f7355', pattern: 'x', symbol: 'diamond', dash: 'dash' },
  { color: '#9c3209', pattern: '.', symbol: 'triangle-up', dash: 'solid' },
  { color: '#3c2170', pattern: '-', symbol: 'triangle-down', dash: 'longdash' },
]

/** The style of a network; networks of one's own take the styles of `all` by position. */
export const networkStyle = (id: string, all: readonly string[] = []): SeriesStyle =>
  styleOf(networkStyles, NETWORKS, id, all)

/** The style of an explanation method. */
export const methodStyle = (id: string, all: readonly string[] = []): SeriesStyle =>
  styleOf(methodStyles, METHODS, id, all)

function styleOf(
  styles: readonly SeriesStyle[],
  known: readonly string[],
  id: string,
  all: readonly string[],
): SeriesStyle {
  const index = known.includes(id) ? known.indexOf(id) : Math.max(all.indexOf(id), 0)
  return styles[index % styles.length]!
}

/** The fill pattern of a bar: fine white lines or dots over its colour. */
export const barPattern = (style: SeriesStyle): Partial<Pattern> => ({
  shape: style.pattern,
  fillmode: 'overlay',
  fgcolor: '#ffffff',
  fgopacity: 0.8,
  size: 4,
  solidity: 0.18,
})

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
 * Ice blue, grey, red for signed relevance. Lightness falls from the negative to the positive end without a turn, so that in a grey
 * print no negative value looks like a positive one: lighter than the grey of 0 is negative, darker is positive.
 */
export const DIVERGING: ColorScale = [
  [0, '#b5f6ff'],
  [0.125, '#b5ecf7'],
  [0.25, '#b7e0ea'],
  [0.375, '#bad1d7'],
  [0.5, '#bfbfbf'],
  [0.575, '#d3a896'],
  [0.65, '#e38d6c'],
  [0.725, '#e56c49'],
  [0.8, '#d64b35'],
  [0.875, '#b92a26'],
  [0.95, '#8a0f18'],
  [1, '#5f000c'],
]

/** Ink on paper for the images themselves: 0 is white. */
export const INK_ON_PAPER: ColorScale = [
  [0, '#ffffff'],
  [1, '#000000'],
]
