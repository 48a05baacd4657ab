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
  /** The rows that it was made of, for its numbers beside it. */
  readonly rows?: () => readonly object[]
  /** Its panels, sequences or whatever else it shows one after the other. */
  readonly sections?: () => Sections
  /** The theme of its own that it was drawn under, on top of the one that was set for all. */
  readonly theme?: Theme
}

/** What a figure shows one after the other, which can be shown alone. */
export interface Sections {
  readonly names: readonly string[]
  /** The figure with those from `from` up to `until`, which is left out. */
  readonly only: (from: number, until: number) => Figure
}

/** What a figure can tell of itself beside how it is drawn. */
export type FigureParts = Pick<Figure, 'rows' | 'sections'>

/** Makes a figure from a drawing function of the width in millimetres, laid out for a double column. */
export function figureFrom(
  draw: (widthMm: number) => Figure,
  parts: FigureParts = {},
  widthMm: number = presets['double-column'].widthMm,
  theme?: Theme,
): Figure {
  const drawn = underTheme(theme, () => titled(draw(widthMm)))
  return {
    ...drawn,
    ...parts,
    ...(theme === undefined ? {} : { theme }),
    forWidth: (other, its) =>
      figureFrom(draw, parts, other, its === undefined ? theme : { ...theme, ...its }),
  }
}

/** The sections of rows by a name that each has, in their order; `make` draws those of some of them. */
export const sectionsBy =
  <Row>(
    rows: readonly Row[],
    nameOf: (row: Row) => string,
    make: (rows: readonly Row[]) => Figure,
  ): (() => Sections) =>
  () => {
    const names = [...new Set(rows.map(nameOf))]
    return {
      names,
      only: (from, until) => {
        const chosen = new Set(names.slice(from, until))
        return make(rows.filter((row) => chosen.has(nameOf(row))))
      },
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
