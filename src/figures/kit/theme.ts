import type { Font, Layout, LayoutAxis } from 'plotly.js'
import { look } from './look.js'
import { typefaces } from './typefaces.js'
import { pt } from './units.js'

/** The families that a text is set in; what follows the first is for screens without it. */
export function fontFamilies(): string {
  const { family, fallback } = typefaces[look.typeface]
  return `${family}, ${fallback}`
}

export const smallFont = (): Partial<Font> => ({ size: look.small, color: look.ink })
export const mutedFont = (): Partial<Font> => ({ size: look.small, color: look.muted })

/** What all figures share: the theme's paper and type, no title (the caption says it), quiet hover labels. */
export function baseLayout(): Partial<Layout> {
  return {
    font: { family: fontFamilies(), size: look.text, color: look.ink },
    paper_bgcolor: look.paper,
    plot_bgcolor: look.paper,
    hovermode: 'closest',
    hoverlabel: {
      font: { family: fontFamilies(), size: pt(9) },
      bgcolor: look.paper,
      bordercolor: look.muted,
    },
  }
}

/** An axis with a thin line, outside ticks and light grid lines; `label` is its title. */
export function axis(settings: Partial<LayoutAxis> & { label?: string } = {}): Partial<LayoutAxis> {
  const { label, ...rest } = settings
  return {
    ...(label ? { title: { text: label, font: { size: look.text, color: look.ink }, standoff: 5 } } : {}),
    showline: true,
    linecolor: look.muted,
    linewidth: 0.6,
    ticks: 'outside',
    ticklen: 3,
    tickwidth: 0.6,
    tickcolor: look.muted,
    tickfont: smallFont(),
    showgrid: true,
    gridcolor: look.faint,
    gridwidth: 0.5,
    zeroline: false,
    ...rest,
  }
}

/** An axis that only carries coordinates. */
export function hiddenAxis(settings: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return { visible: false, showgrid: false, zeroline: false, ...settings }
}
