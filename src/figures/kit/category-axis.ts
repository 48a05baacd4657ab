import type { LayoutAxis } from 'plotly.js'
import { look } from './look.js'
import { fitText, textWidth } from './text-width.js'

/** The widest label that is turned upright, in CSS pixels. */
const LONGEST = 96

/** How the names of categories are written under an axis. */
export interface CategoryLabels {
  /** Empty where all stand beside each other. */
  readonly settings: Partial<LayoutAxis>
  /** How much more room than one line they need, in CSS pixels. */
  readonly height: number
}

/** Lets names stand beside each other where they fit, upright where they do not, and only some of them where there are too many. */
export function categoryLabels(
  names: readonly string[],
  width: number,
  size: number = look.small,
): CategoryLabels {
  const slot = width / names.length
  const widths = names.map((name) => textWidth(name, size))
  const apart = widths.every((own, i) => i === 0 || (own + widths[i - 1]!) / 2 + 3 <= slot)
  if (apart) return { settings: {}, height: 0 }
  const widest = Math.max(...widths)
  const isUpright = widest > 3 * size
  const every = Math.ceil((isUpright ? size + 1 : widest + 4) / slot)
  const shown = names.map((_, i) => i).filter((i) => i % every === 0)
  return {
    settings: {
      tickmode: 'array',
      tickvals: shown,
      ticktext: shown.map((i) => fitText(names[i]!, LONGEST, size)),
      tickangle: isUpright ? -90 : 0,
    },
    height: isUpright ? Math.ceil(Math.min(widest, LONGEST) - size) : 0,
  }
}
