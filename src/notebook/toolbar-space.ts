import type { Layout } from 'plotly.js'
import { look } from '../figures/kit/look.js'

/** The height of plotly's toolbar with a little air, in CSS pixels. */
export const TOOLBAR_HEIGHT = 26

/** Plotly's own, where a layout names none. */
const DEFAULT = { height: 450, marginTop: 100 }

/** A layout with a strip of its own for the toolbar, above all that the figure draws; what it draws keeps its size. */
export function withToolbar(layout: Partial<Layout>): Partial<Layout> {
  const top = layout.margin?.t ?? DEFAULT.marginTop
  const height = layout.height ?? DEFAULT.height
  const title = layout.title
  return {
    ...layout,
    ...(layout.height === undefined ? {} : { height: height + TOOLBAR_HEIGHT }),
    margin: { ...layout.margin, t: top + TOOLBAR_HEIGHT },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: look.muted, ...layout.modebar },
    // Plotly places a title in the middle of the margin, toolbar and all.
    ...(title !== undefined && title.y === undefined && title.yref !== 'paper'
      ? { title: { ...title, y: 1 - (TOOLBAR_HEIGHT + top / 2) / (height + TOOLBAR_HEIGHT) } }
      : {}),
  }
}
