import type { Annotations, PlotData } from 'plotly.js'
import type { Drawing, Panel } from '../kit/drawing.js'
import { look } from '../kit/look.js'
import { fixed } from '../kit/numbers.js'
import type { Area } from '../kit/page.js'
import { fitText, textWidth } from '../kit/text-width.js'
import { smallFont } from '../kit/theme.js'

/** The logit of every class, and which of them matter. */
export interface Logits {
  readonly classes: readonly string[]
  /** f(x) of every class. */
  readonly logits: readonly number[]
  readonly label: number
  readonly prediction: number
  /** The class that is explained. */
  readonly target: number
}

/** The height of a class in CSS pixels. */
export const LOGIT_PITCH = 11

/** With more classes than this, only the highest are shown. */
const ALL = 24
const HIGHEST = 20

/** The numbers of the classes that are shown: all of them, or the highest with the label, the prediction and the target. */
export function shownClasses({ classes, logits, label, prediction, target }: Logits): number[] {
  const all = classes.map((_, k) => k)
  if (all.length <= ALL) return all
  const falling = all.sort((a, b) => logits[b]! - logits[a]! || a - b)
  const needed = new Set([label, prediction, target])
  const others = falling.filter((k) => !needed.has(k)).slice(0, HIGHEST - needed.size)
  return falling.filter((k) => needed.has(k) || others.includes(k))
}

/** The room for class names left of the bars, and for remarks right of them; names get no wider than `longest`. */
export function logitMargins(logits: Logits, longest: number): { left: number; right: number } {
  const shown = shownClasses(logits)
  const names = shown.map((k) => Math.min(longest, textWidth(logits.classes[k]!)))
  const remarks = shown.map((k) => textWidth(remarkOn(logits, k)))
  return { left: Math.max(...names) + 12, right: Math.max(...remarks) + 10 }
}

/** Draws the logits as bars into a panel of their own, with class names of at most `longest` pixels left of it. */
export function drawLogitBars(drawing: Drawing, area: Area, logits: Logits, longest: number): void {
  const shown = shownClasses(logits)
  const values = shown.map((k) => logits.logits[k]!)
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const margin = 0.04 * (high - low || 1)
  const panel = drawing.panel(
    area,
    {
      range: [low < 0 ? low - margin : 0, high + margin],
      nticks: 6,
      zeroline: low < 0,
      zerolinecolor: look.muted,
      zerolinewidth: 0.6,
      label: 'Logit <i>f</i>(<i>x</i>)',
    },
    {
      range: [shown.length - 0.5, -0.5],
      tickvals: shown.map((_, place) => place),
      ticktext: shown.map((k) => fitText(logits.classes[k]!, longest)),
      ticks: '',
      showgrid: false,
      tickfont: smallFont(),
    },
  )
  drawing.add({ data: [bars(panel, logits, shown)], annotations: remarks(drawing, area, logits, shown) })
}

function bars(
  { names }: Panel,
  { classes, logits, target }: Logits,
  shown: readonly number[],
): Partial<PlotData> {
  return {
    type: 'bar',
    orientation: 'h',
    name: 'Logits',
    xaxis: names.x,
    yaxis: names.y,
    x: shown.map((k) => logits[k]!),
    y: shown.map((_, place) => place),
    width: 0.75,
    text: shown.map((k) => classes[k]!),
    textposition: 'none',
    marker: {
      color: shown.map((k) => (k === target ? look.accent : look.rule)),
      line: { color: look.ink, width: 0.4 },
    },
    hovertemplate: '<b>%{text}</b>: logit %{x:.3f}<extra></extra>',
  }
}

/** The roles of classes beside their bars, and over them how many are left out. */
function remarks(
  { page }: Drawing,
  area: Area,
  logits: Logits,
  shown: readonly number[],
): Partial<Annotations>[] {
  const beside = shown.flatMap((k, place) => {
    const remark = remarkOn(logits, k)
    const row = area.top + ((place + 0.5) / shown.length) * area.height
    return remark === ''
      ? []
      : [page.label(area.left + area.width + 5, row, remark, { font: { size: look.small, color: look.ink } })]
  })
  if (shown.length === logits.classes.length) return beside
  const left = `${shown.length} of ${logits.classes.length} classes, by logit`
  return [
    ...beside,
    page.label(area.left, area.top - 3, left, {
      yanchor: 'bottom',
      font: { ...smallFont(), color: look.muted },
    }),
  ]
}

function remarkOn({ logits, label, prediction, target }: Logits, k: number): string {
  const roles = [
    ...(k === label ? ['label'] : []),
    ...(k === prediction ? ['prediction'] : []),
    ...(k === target ? ['explained'] : []),
  ]
  return roles.length > 0 ? `${fixed(logits[k]!)} ${roles.join(', ')}` : ''
}
