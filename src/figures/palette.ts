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
  { color: '#9fd0f0', pattern: '', symbol: 'circle', dash: 'solid' },
  { color: '#3a94d0', pattern: '/', symbol: 'square', dash: 'dash' },
  { color: '#0b4a7f', pattern: 'x', symbol: 'diamond', dash: 'dashdot' },
  { color: '#f0a030', pattern: '.', symbol: 'triangle-up', dash: 'longdash' },
  { color: '#b0400a', pattern: '-', symbol: 'triangle-down', dash: 'dot' },
]

const methodStyles: readonly SeriesStyle[] = [
  { color: '#f2c744', pattern: '', symbol: 'circle', dash: 'dot' },
  { color: '#6aa9d8', pattern: '/', symbol: 'square', dash: 'dashdot' },
  { color: '#1f9470', pattern: 'x', symbol: 'diamond', dash: 'dash' },
  { color: '#c0410b', pattern: '.', symbol: 'triangle-up', dash: 'solid' },
  { color: '#47297f', pattern: '-', symbol: 'triangle-down', dash: 'longdash' },
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

/** Blue, white, red for signed relevance; the blue end stays lighter than the red, so that the sign survives grey print where it is strong. */
export const DIVERGING: ColorScale = [
  [0, '#1f5fa8'],
  [0.125, '#4a8bc6'],
  [0.25, '#8bb8de'],
  [0.375, '#c8def0'],
  [0.5, '#ffffff'],
  [0.575, '#fee4d4'],
  [0.65, '#fcc2a4'],
  [0.725, '#f8976f'],
  [0.8, '#e76545'],
  [0.875, '#c9332b'],
  [0.95, '#961019'],
  [1, '#67000d'],
]

/** Ink on paper for the images themselves: 0 is white. */
export const INK_ON_PAPER: ColorScale = [
  [0, '#ffffff'],
  [1, '#000000'],
]
