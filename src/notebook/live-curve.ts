import { escapeHtml } from './display.js'
import { formatNumber } from './format-number.js'
import type { Point } from './progress-state.js'

/** One panel of curves that share an axis, such as training and validation loss. */
export interface CurvePanel {
  readonly title: string
  readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[]
}

const width = 330
const height = 150
const plot = { left: 58, right: width - 8, top: 34, bottom: height - 20 }
/** Okabe and Ito's blue, vermilion and green in shades that keep 3:1 against white and against a dark theme. */
const colours = ['#1a85c8', '#d55e00', '#009e73', '#b5739d']
/** Training is dashed and validation solid, as in the figure of a whole training; a curve alone is solid. */
const dashes = ['5 3', '', '2 2', '7 2 2 2']
const dashOf = (i: number, count: number) => (count === 1 ? '' : dashes[i % dashes.length])
const ink = '#7f7f7f' // the grey that reads alike on white and on a dark theme

/** Where the axis ends: far enough for what there is and a quarter more, so that the curves of a long run fill their panels from the start. */
function endOf(panels: readonly CurvePanel[], total: number): number {
  const last = panels
    .flatMap(({ series }) => series)
    .reduce((most, { points }) => Math.max(most, points.at(-1)?.x ?? 0), 0)
  const size = 10 ** Math.floor(Math.log10(Math.max(1, last)))
  const steps = [1, 2, 5, 10, 20].map((step) => step * size)
  return Math.min(total, steps.find((step) => step >= 1.25 * last) ?? total)
}

/** An SVG of `panels` side by side over x from 0 to at most `total`, legible on light and dark backgrounds, in colour and grey. */
export function curveSvg(panels: readonly CurvePanel[], total: number, unit: string): string {
  const alt = panels
    .flatMap(({ series }) => series)
    .map(({ name, points }) => `${name} ${formatNumber(points.at(-1)?.y ?? Number.NaN)}`)
    .join(', ')
  const end = endOf(panels, total)
  const body = panels.map(
    (panel, i) => `<g transform="translate(${i * width},0)">${panelSvg(panel, end, unit)}</g>`,
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(alt)}" width="${panels.length * width}" ` +
    `height="${height}" viewBox="0 0 ${panels.length * width} ${height}" font-family="sans-serif" font-size="11">` +
    `${body.join('')}</svg>`
  )
}

function panelSvg({ title, series }: CurvePanel, end: number, unit: string): string {
  const values = series.flatMap(({ points }) => points.map(({ y }) => y))
  const low = values.length > 0 ? Math.min(...values) : 0
  const high = values.length > 0 ? Math.max(...values) : 1
  const x = (value: number) => plot.left + (value / end) * (plot.right - plot.left)
  const y = (value: number) =>
    high > low
      ? plot.bottom - ((value - low) / (high - low)) * (plot.bottom - plot.top)
      : (plot.top + plot.bottom) / 2
  const label = (text: string, at: string) => `<text fill="${ink}" ${at}>${escapeHtml(text)}</text>`
  const axis = `<path d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}" fill="none" stroke="${ink}" stroke-width="1"/>`
  const ends =
    high > low
      ? label(formatNumber(high, 3), `x="${plot.left - 5}" y="${plot.top + 4}" text-anchor="end"`) +
        label(formatNumber(low, 3), `x="${plot.left - 5}" y="${plot.bottom}" text-anchor="end"`)
      : label(formatNumber(low, 3), `x="${plot.left - 5}" y="${y(low) + 4}" text-anchor="end"`)
  const feet =
    label('0', `x="${plot.left}" y="${height - 6}"`) +
    label(`${formatNumber(end)} ${unit}`, `x="${plot.right}" y="${height - 6}" text-anchor="end"`)
  const lines = series.map(({ points }, i) => line(points, x, y, { i, count: series.length }))
  return (
    label(title, `x="4" y="12" font-weight="bold"`) + legend(series) + axis + ends + feet + lines.join('')
  )
}

function line(
  points: readonly Point[],
  x: (v: number) => number,
  y: (v: number) => number,
  { i, count }: { readonly i: number; readonly count: number },
): string {
  if (points.length === 0) return ''
  const colour = colours[i % colours.length]
  const d = points.map((point) => `${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('L')
  const end = points.at(-1)!
  return (
    `<path d="M${d}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-dasharray="${dashOf(i, count)}"/>` +
    `<circle cx="${x(end.x).toFixed(1)}" cy="${y(end.y).toFixed(1)}" r="2.6" fill="${colour}"/>`
  )
}

function legend(series: CurvePanel['series']): string {
  let left = plot.left
  return series
    .map(({ name }, i) => {
      const key =
        `<path d="M${left} 22h18" stroke="${colours[i % colours.length]}" stroke-width="2" stroke-dasharray="${dashOf(i, series.length)}"/>` +
        `<text x="${left + 22}" y="26" fill="${ink}">${escapeHtml(name)}</text>`
      left += 36 + 6 * name.length
      return key
    })
    .join('')
}
