import type { Manifest, RelevanceScale } from '../../shared/manifest.js'

/** Whether the page is light or dark. */
export type Theme = 'light' | 'dark'

/** Colours of relevance from lowest to highest, as the four bytes of a pixel. */
export interface ColorTable {
  readonly sequential: Uint32Array
  readonly diverging: Uint32Array
}

const COLORS = 256

/** The paper that is drawn on, which is the colour of no relevance. */
export const PAPER: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#17181c' }

/** Ink at full strength. */
export const INKS: Readonly<Record<Theme, string>> = { light: '#1a1a1a', dark: '#f2f0ec' }

type Stops = readonly (readonly [at: number, color: string])[]

/** The palette's scales; on dark paper they run the other way, so that what is strong stands out there too. */
export function colorTable({ scales: { sequential, diverging } }: Manifest, theme: Theme): ColorTable {
  if (theme === 'light') return { sequential: tableOf(sequential), diverging: tableOf(diverging) }
  const negative = diverging
    .filter(([at]) => at <= 0.5)
    .map(([at, color]): [number, string] => [1 - 2 * at, color])
  const [up, down] = [inDark(sequential), inDark(negative.reverse())]
  return {
    sequential: tableOf(up),
    diverging: tableOf([
      ...down.map(([at, color]): [number, string] => [0.5 - at / 2, color]).reverse(),
      ...up.slice(1).map(([at, color]): [number, string] => [0.5 + at / 2, color]),
    ]),
  }
}

/** From dark paper through the scale's dark end to its light one, without its white. */
function inDark(stops: Stops): [number, string][] {
  const [darkest, lightest] = [stops.at(-1)![0], stops[1]![0]]
  const turned = stops
    .slice(1)
    .reverse()
    .map(([at, color]): [number, string] => [0.3 + (0.7 * (darkest - at)) / (darkest - lightest), color])
  return [[0, PAPER.dark], ...turned]
}

function tableOf(stops: Stops): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * COLORS)
  for (let i = 0; i < COLORS; i++) bytes.set([...colorAt(stops, i / (COLORS - 1)), 255], 4 * i)
  return new Uint32Array(bytes.buffer)
}

/** From paper to ink, as the four bytes of a pixel. */
export const inkTable = (theme: Theme): Uint32Array =>
  tableOf([
    [0, PAPER[theme]],
    [1, INKS[theme]],
  ])

function colorAt(stops: Stops, at: number): number[] {
  const above = Math.max(
    1,
    stops.findIndex(([stop]) => stop >= at),
  )
  const [[low, from], [high, to]] = [stops[above - 1]!, stops[above]!]
  const share = Math.min(1, Math.max(0, (at - low) / (high - low)))
  const [a, b] = [channels(from), channels(to)]
  return a.map((value, i) => value + share * (b[i]! - value))
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))

/** The place of a value's colour in a table. */
export function colorIndex(value: number, { signed, end }: RelevanceScale): number {
  const share = signed ? (value / end + 1) / 2 : value / end
  return Math.round((COLORS - 1) * Math.min(1, Math.max(0, share)))
}
