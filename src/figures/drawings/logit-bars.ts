import type { Annotations, Layout, PlotData } from 'plotly.js'
import { type Area, addPanel, type Page, panelNames } from '../kit/page.js'
import { ACCENT } from '../kit/palette.js'
import { textWidth } from '../kit/text-width.js'
import { axis, INK, MUTED, RULE, SMALL_TEXT, smallFont } from '../kit/theme.js'

/** The score of every class, and which of them matter. */
export interface Scores {
  readonly classes: readonly string[]
  /** f(x) of every class. */
  readonly logits: readonly number[]
  readonly label: number
  readonly prediction: number
  /** The class that is explained. */
  readonly target: number
}

/** The height of a class in CSS pixels. */
export const SCORE_PITCH = 11

/** The room for class names left of the bars, and for remarks right of them. */
export function scoreMargins(scores: Scores): { left: number; right: number } {
  const names = scores.classes.map((name) => textWidth(name))
  const remarks = scores.classes.map((_, k) => textWidth(remarkOn(scores, k)))
  return { left: Math.max(...names) + 12, right: Math.max(...remarks) + 10 }
}

/** Draws the logits of all classes as bars into panel `index`, which it adds to the layout. */
export function drawScoreBars(
  sheet: Page,
  layout: Partial<Layout>,
  area: Area,
  { index, ...scores }: Scores & { readonly index: number },
): { data: Partial<PlotData>[]; annotations: Partial<Annotations>[] } {
  const { classes, logits, target } = scores
  const names = panelNames(index)
  const { x, y } = sheet.domains(area)
  const [low, high] = [Math.min(0, ...logits), Math.max(0, ...logits)]
  const margin = 0.04 * (high - low || 1)
  addPanel(
    layout,
    index,
    axis({
      domain: x,
      range: [low < 0 ? low - margin : 0, high + margin],
      nticks: 6,
      zeroline: low < 0,
      zerolinecolor: MUTED,
      zerolinewidth: 0.6,
      label: 'Logit <i>f</i>(<i>x</i>)',
    }),
    axis({
      domain: y,
      range: [classes.length - 0.5, -0.5],
      tickvals: classes.map((_, k) => k),
      ticktext: [...classes],
      ticks: '',
      showgrid: false,
      tickfont: smallFont,
    }),
  )
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'Logits',
        xaxis: names.x,
        yaxis: names.y,
        x: [...logits],
        y: classes.map((_, k) => k),
        width: 0.75,
        text: [...classes],
        textposition: 'none',
        marker: {
          color: classes.map((_, k) => (k === target ? ACCENT : RULE)),
          line: { color: INK, width: 0.4 },
        },
        hovertemplate: '<b>%{text}</b>: logit %{x:.3f}<extra></extra>',
      },
    ],
    annotations: classes.flatMap((_, k) => {
      const remark = remarkOn(scores, k)
      const row = area.top + ((k + 0.5) / classes.length) * area.height
      return remark === ''
        ? []
        : [sheet.label(area.left + area.width + 5, row, remark, { font: { size: SMALL_TEXT, color: INK } })]
    }),
  }
}

function remarkOn({ logits, label, prediction, target }: Scores, k: number): string {
  const roles = [
    ...(k === label ? ['label'] : []),
    ...(k === prediction ? ['prediction'] : []),
    ...(k === target ? ['explained'] : []),
  ]
  return roles.length > 0 ? `${logits[k]!.toFixed(2).replace('-', '−')} ${roles.join(', ')}` : ''
}
