import type { Data, Layout } from 'plotly.js'
import { look, underTheme } from './look.js'
import { presets } from './presets.js'
import { baseLayout } from './theme.js'
import type { Theme } from './themes.js'
import { shortTitle, withTitle } from './title.js'
import { toMillimetres } from './units.js'

/** A plotly specification with a text alternative; plain data, except that most figures can redraw themselves for another width. */
export interface Figure {
  readonly data: Partial<Data>[]
  readonly layout: Partial<Layout>
  /** What the figure shows, in one or two sentences with the numbers that matter, for readers who cannot see it. */
  readonly alt: string
  /** How many sequences and seeds its numbers are over, as it says at its foot: `n = 1,000 sequences`. */
  readonly sample?: string
  /** Its title in a few words, for metadata and for themes that show it. Default: how the text alternative begins. */
  readonly title?: string
  /** The same figure laid out for a width in millimetres, under a theme; text keeps its size, panels move and shrink. */
  readonly forWidth?: (widthMm: number, theme?: Theme) => Figure
  /** The theme of its own that it was drawn under, on top of the one that was set for all. */
  readonly theme?: Theme
}

/** Makes a figure from a drawing function of the width in millimetres, laid out for a double column. */
export function figureFrom(
  draw: (widthMm: number) => Figure,
  widthMm: number = presets['double-column'].widthMm,
  theme?: Theme,
): Figure {
  const drawn = underTheme(theme, () => titled(draw(widthMm)))
  return {
    ...drawn,
    ...(theme === undefined ? {} : { theme }),
    forWidth: (other, its) => figureFrom(draw, other, its === undefined ? theme : { ...theme, ...its }),
  }
}

/**
 * The same figure under a theme of its own, on top of the one that was set for all.
 *
 * @throws RangeError naming the setting of the theme that is unknown or out of range, and what is allowed
 * @example
 * const dark = themed(figure, { dark: true, title: true })
 */
export function themed(figure: Figure, theme: Theme): Figure {
  if (figure.forWidth) return figure.forWidth(toMillimetres(figure.layout.width!), theme)
  return underTheme(theme, () => ({ ...figure, theme, layout: { ...baseLayout(), ...figure.layout } }))
}

const titled = (figure: Figure): Figure =>
  look.title ? withTitle(figure, figure.title ?? shortTitle(figure.alt)) : figure
