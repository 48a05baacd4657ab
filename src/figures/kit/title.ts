import type { Layout } from 'plotly.js'
import { look } from './look.js'
import { lineCount, wrapText } from './text-width.js'

const CHART = /^(Scatter plots|Line charts?|Bar charts?|Stacked bars|Dot plots?|Diagrams) of (the )?/

/**
 * A title of a few words: how a text alternative begins, up to its first stop, colon, semicolon or comma, without the kind of chart that
 * everybody sees.
 */
export function shortTitle(alt: string): string {
  const words = /^.*?(?=[.:;,](\s|$)|$)/s.exec(alt)![0].trim().replace(CHART, '')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** A figure with its title over it, in as many lines as it needs; everything else moves down. */
export function withTitle<Figure extends { readonly layout: Partial<Layout> }>(
  figure: Figure,
  title: string,
): Figure & { readonly title: string } {
  const { width = 0, height = 0, margin } = figure.layout
  const text = wrapText(title, width - 12, TITLE_SIZE * look.text)
  const room = Math.ceil(lineCount(text) * 1.35 * TITLE_SIZE * look.text + 6)
  return {
    ...figure,
    title,
    layout: {
      ...figure.layout,
      height: height + room,
      margin: { ...margin, t: (margin?.t ?? 0) + room },
      title: {
        text,
        font: { size: TITLE_SIZE * look.text, color: look.ink },
        x: 0.5,
        xanchor: 'center',
        y: 1 - 4 / (height + room),
        yanchor: 'top',
      },
    },
  }
}

/** How much larger than other text a title is. */
const TITLE_SIZE = 1.15
