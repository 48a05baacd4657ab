import { entriesOf } from '../../values/registry.js'
import { type Typeface, typefaces } from './typefaces.js'
import './names.js'

/** Colours by the id of a network or method, or a list that they take by turns, in the catalogue's order. */
export type ThemePalette = Readonly<Record<string, string>> | readonly string[]

/** How figures look, as one value; what is left out is as at the start. */
export interface Theme {
  /** "Computer Modern" or "Times", embedded in what is exported. Default: "Computer Modern". */
  readonly font?: Typeface
  /** Size of titles and axis labels on the page, in points, 6 to 48; lines and gaps grow with it. Default: 8. */
  readonly text?: number
  /** Size of tick labels, legends and notes in points, from 6 to that of the text. Default: 7/8 of the text. */
  readonly small?: number
  /** Colours `#rrggbb` by id, or a list; marks, hatches and dashes stay. Default: the catalogue's. */
  readonly palette?: ThemePalette
  /** Where the legend stands. Default: "top". */
  readonly legend?: 'top' | 'bottom' | 'none'
  /** Whether the figure's title stands over it. Default: false, since captions say it. */
  readonly title?: boolean
  /** Light on dark, for slides. Default: false. */
  readonly dark?: boolean
}

/** Themes by name. */
export const themes = {
  /** Papers that are set in LaTeX's own type, such as JMLR's. */
  print: {},
  /** Papers that are set in Times, such as those of NeurIPS, ICML and ACL. */
  times: { font: 'Times' },
  slides: { title: true },
  'slides-dark': { title: true, dark: true },
} as const satisfies Readonly<Record<string, Theme>>

/** The smallest text that a page may have, in points. */
export const SMALLEST_POINTS = 6
const LARGEST_POINTS = 48

const LEGENDS: readonly unknown[] = ['top', 'bottom', 'none']
const KEYS = ['font', 'text', 'small', 'palette', 'legend', 'title', 'dark']

/** @throws RangeError naming the setting of a theme that is unknown or out of range, and what is allowed */
export function checkedTheme(theme: Theme): Theme {
  const unknown = Object.keys(theme).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) throw new RangeError(`a theme has no "${unknown}": it has ${KEYS.join(', ')}`)
  const { font, text, small, palette, legend, title, dark } = theme
  if (font !== undefined && !Object.hasOwn(typefaces, font))
    throw new RangeError(`font is "${font}": it must be one of ${Object.keys(typefaces).join(', ')}`)
  assertSize('text', text, LARGEST_POINTS)
  assertSize('small', small, text ?? 8)
  if (legend !== undefined && !LEGENDS.includes(legend))
    throw new RangeError(`legend is "${legend}": it must be one of ${LEGENDS.join(', ')}`)
  for (const [name, value] of Object.entries({ title, dark }))
    if (value !== undefined && typeof value !== 'boolean')
      throw new RangeError(`${name} is ${JSON.stringify(value)}: it must be true or false`)
  if (palette !== undefined) assertPalette(palette)
  return theme
}

function assertSize(name: string, value: number | undefined, most: number): void {
  if (value !== undefined && !(value >= SMALLEST_POINTS && value <= most))
    throw new RangeError(`${name} is ${value}: it must be a size from ${SMALLEST_POINTS} to ${most} pt`)
}

function assertPalette(palette: ThemePalette): void {
  for (const [place, color] of Object.entries(palette))
    if (!/^#[0-9a-fA-F]{6}$/.test(color))
      throw new RangeError(`the palette's color of ${place} is "${color}": it must be written as #rrggbb`)
  if (Array.isArray(palette)) {
    if (palette.length === 0) throw new RangeError('the palette is empty: it needs at least one #rrggbb')
    return
  }
  const known = [...entriesOf('architecture'), ...entriesOf('method')].map(({ id }) => id)
  const stranger = Object.keys(palette).find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new RangeError(
      `the palette names "${stranger}", which is no network or method: there are ${known.join(', ')}`,
    )
}
