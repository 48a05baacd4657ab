import { darkInks, type Inks, lightInks } from './inks.js'
import { checkedTheme, type Theme, type ThemePalette } from './themes.js'
import type { Typeface } from './typefaces.js'
import { pt } from './units.js'

/** Text sizes that layouts are made for, in points: a theme of other sizes is laid out at these and enlarged as a whole. */
const LAID_OUT_PT = 8

/** What figures are drawn with now: a theme with everything that it leaves to defaults, sizes in CSS pixels. */
export interface Look extends Inks {
  readonly typeface: Typeface
  readonly text: number
  readonly small: number
  /** How many times the layout is enlarged so that its text has the theme's size. */
  readonly zoom: number
  readonly legend: 'top' | 'bottom' | 'none'
  readonly title: boolean
  readonly isDark: boolean
  readonly palette: ThemePalette
}

type Changeable = { -readonly [Key in keyof Look]: Look[Key] }

const ofNotebook: { theme: Theme } = { theme: {} }

const current: Changeable = lookOf({})

/** The look of the figure that is being drawn: drawing functions read it where they use it, and keep nothing of it. */
export const look: Look = current

/**
 * Sets the theme of all figures that are drawn from now on, as `rcParams` does in matplotlib; what it leaves out is as at the start. A
 * theme that is passed to one figure or one export comes on top.
 *
 * @throws RangeError naming the setting that is unknown or out of range, and what is allowed
 * @example
 * setTheme({ font: 'Times', text: 9, small: 8, palette: { deep: '#1b7837', 'r-lstm': '#762a83' } })
 */
export function setTheme(theme: Theme): void {
  ofNotebook.theme = checkedTheme(theme)
  Object.assign(current, lookOf(theme))
}

/** Draws under a theme on top of that which was set. */
export function underTheme<Drawn>(theme: Theme | undefined, draw: () => Drawn): Drawn {
  if (theme === undefined) return draw()
  const before = { ...current }
  Object.assign(current, lookOf({ ...ofNotebook.theme, ...checkedTheme(theme) }))
  try {
    return draw()
  } finally {
    Object.assign(current, before)
  }
}

function lookOf({
  font = 'Computer Modern',
  text = LAID_OUT_PT,
  small = (7 / 8) * text,
  legend = 'top',
  title = false,
  dark = false,
  palette = {},
}: Theme): Look {
  const zoom = text / LAID_OUT_PT
  return {
    ...(dark ? darkInks : lightInks),
    typeface: font,
    text: pt(LAID_OUT_PT),
    small: pt(small / zoom),
    zoom,
    legend,
    title,
    isDark: dark,
    palette,
  }
}
