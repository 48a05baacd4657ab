import { darkInks, type Inks, lightInks } from '../../../figures/kit/inks.js'
import type { Manifest, RelevanceScale } from '../../shared/manifest.js'

/** Whether the page is light or dark. */
export type Theme = 'light' | 'dark'

/** Colours of relevance from lowest to highest, as the four bytes of a pixel. */
export interface ColorTable {
  readonly sequential: Uint32Array
  readonly diverging: Uint32Array
}

const COLORS = 256

/** Paper and ink of each theme. */
export const INKS: Readonly<Record<Theme, Inks>> = { light: lightInks, dark: darkInks }

type Stops = readonly (readonly [at: number, color: string])[]

/** The palette's scales for the theme. */
export const colorTable = ({ scales }: Manifest, theme: Theme): ColorTable => ({
  sequential: tableOf(scales[theme].sequential),
  diverging: tableOf(scales[theme].diverging),
})

function tableOf(stops: Stops): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * COLORS)
  for (let i = 0; i < COLORS; i++) bytes.set([...colorAt(stops, i / (COLORS - 1)), 255], 4 * i)
  return new Uint32Array(bytes.buffer)
}

/** From paper to ink, as the four bytes of a pixel. */
export const inkTable = (theme: Theme): Uint32Array =>
  tableOf([
    [0, INKS[theme].paper],
    [1, INKS[theme].ink],
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
