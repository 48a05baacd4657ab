import type { Font, Layout, LayoutAxis } from 'plotly.js'
import { pt } from './units.js'

/** Computer Modern where it is installed or embedded; the rest is for screens without it. */
export const FONT_FAMILY = 'CMU Serif, Latin Modern Roman, STIX Two Text, Times New Roman, serif'

/** Text sizes in CSS pixels: 8 pt and 7 pt in print, which stay legible in a two-column paper. */
export const TEXT: number = pt(8)
export const SMALL_TEXT: number = pt(7)

/** Greys for ink that is not data. */
export const INK = '#1a1a1a'
export const MUTED = '#595959'
export const RULE = '#c8c8c8'
export const FAINT = '#ececec'

export const smallFont: Partial<Font> = { size: SMALL_TEXT, color: INK }
export const mutedFont: Partial<Font> = { size: SMALL_TEXT, color: MUTED }

/** What all figures share: white page, Computer Modern, no title (the caption says it), quiet hover labels. */
export function baseLayout(): Partial<Layout> {
  return {
    font: { family: FONT_FAMILY, size: TEXT, color: INK },
    paper_bgcolor: 'white',
    plot_bgcolor: 'white',
    hovermode: 'closest',
    hoverlabel: { font: { family: FONT_FAMILY, size: pt(9) }, bgcolor: 'white', bordercolor: MUTED },
  }
}

/** An axis with a thin line, outside ticks and light grid lines; `label` is its title. */
export function axis(settings: Partial<LayoutAxis> & { label?: string } = {}): Partial<LayoutAxis> {
  const { label, ...rest } = settings
  return {
    ...(label ? { title: { text: label, font: { size: TEXT, color: INK }, standoff: 5 } } : {}),
    showline: true,
    linecolor: MUTED,
    linewidth: 0.6,
    ticks: 'outside',
    ticklen: 3,
    tickwidth: 0.6,
    tickcolor: MUTED,
    tickfont: smallFont,
    showgrid: true,
    gridcolor: FAINT,
    gridwidth: 0.5,
    zeroline: false,
    ...rest,
  }
}

/** An axis that only carries coordinates. */
export function hiddenAxis(settings: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return { visible: false, showgrid: false, zeroline: false, ...settings }
}
