import type { Annotations, Shape } from 'plotly.js'
import type { Area, Page, PanelNames } from './page.js'
import { INK, SMALL_TEXT } from './theme.js'

/**
 * The cosine similarity that equal relevance on all items scores: √(relevant / items), 0.816 for two of three. Below it, relevance
 * lies in the wrong place.
 */
export const uniformCosine = (relevant = 2, items = 3): number => Math.sqrt(relevant / items)

/** A horizontal line through a panel from `from` to `to`, with its name and value to the right of the panel. */
export function baseline(
  page: Page,
  area: Area,
  panel: PanelNames,
  line: { value: number; from: number; to: number; name: string },
): { shape: Partial<Shape>; label: Partial<Annotations> } {
  const { value, from, to, name } = line
  return {
    shape: {
      type: 'line',
      xref: panel.x,
      yref: panel.y,
      x0: from,
      x1: to,
      y0: value,
      y1: value,
      line: { color: INK, width: 1, dash: 'dash' },
    },
    label: page.label(area.left + area.width + 3, 0, `${name}<br>${value.toFixed(3)}`, {
      yref: panel.y,
      y: value,
      align: 'left',
      font: { size: SMALL_TEXT, color: INK },
    }),
  }
}
