import type { Annotations, Shape } from 'plotly.js'
import type { Drawn, Panel } from './drawing.js'
import { look } from './look.js'
import type { Page } from './page.js'

/** A level that a panel's scores must beat. */
export interface Baseline {
  readonly value: number
  /** What the label says, in lines. */
  readonly text: string
}

export interface BaselineSpan {
  /** From where to where on the x axis it is drawn. */
  readonly from: number
  readonly to: number
  /** The range of the y axis. */
  readonly range: readonly [low: number, high: number]
  /** Whether its name and value stand to the right of the panel. */
  readonly isLabelled: boolean
}

/** Horizontal lines through a panel, with their names and values to its right; labels of close lines are moved apart. */
export function baselines(
  page: Page,
  { area, names }: Panel,
  lines: readonly Baseline[],
  { from, to, range: [low, high], isLabelled }: BaselineSpan,
): Drawn {
  const rising = [...lines].sort((a, b) => a.value - b.value)
  const shapes = rising.map(
    ({ value }): Partial<Shape> => ({
      type: 'line',
      xref: names.x,
      yref: names.y,
      x0: from,
      x1: to,
      y0: value,
      y1: value,
      line: { color: look.ink, width: 1, dash: 'dash' },
    }),
  )
  const annotations: Partial<Annotations>[] = []
  let lowest = Number.NEGATIVE_INFINITY
  for (const { value, text } of isLabelled ? rising : []) {
    const at = ((value - low) / (high - low)) * area.height
    const height = look.small * 1.3 * text.split('<br>').length
    const moved = Math.max(0, lowest - (at - height / 2))
    lowest = at + moved + height / 2
    annotations.push(
      page.label(area.left + area.width + 3, 0, text, {
        yref: names.y,
        y: value,
        ...(moved > 0 ? { yshift: moved } : {}),
        align: 'left',
        font: { size: look.small, color: look.ink },
      }),
    )
  }
  return { shapes, annotations }
}
