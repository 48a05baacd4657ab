import type { Data, Layout } from 'plotly.js'
import { presets } from './presets.js'

/** A plotly specification with a text alternative; plain data, except that most figures can redraw themselves for another width. */
export interface Figure {
  readonly data: Partial<Data>[]
  readonly layout: Partial<Layout>
  /** What the figure shows, in one or two sentences with the numbers that matter, for readers who cannot see it. */
  readonly alt: string
  /** How many sequences and seeds its numbers are over, as it says at its foot: `n = 1,000 sequences`. */
  readonly sample?: string
  /** The same figure laid out for a width in millimetres; text keeps its size, panels move and shrink. */
  readonly forWidth?: (widthMm: number) => Figure
}

/** Makes a figure from a drawing function of the width in millimetres, laid out for a double column. */
export function figureFrom(
  draw: (widthMm: number) => Figure,
  widthMm: number = presets['double-column'].widthMm,
): Figure {
  return { ...draw(widthMm), forWidth: (other) => figureFrom(draw, other) }
}
