import { escapeHtml, type MimeBundle, type MimeMetadata } from './display.js'
import { formatNumber } from './format-number.js'
import { curveSvg } from './live-curve.js'
import type { ProgressState } from './progress-state.js'

/** What stays the same during a run. */
export interface ProgressFrame {
  readonly label: string
  readonly total: number
  readonly unit: string
  /** Panels of the live curve by title, each naming the metrics that it draws. */
  readonly metrics: Readonly<Record<string, readonly string[]>>
}

/** How a run stands: still going, with the seconds it will need if known, or over, with the word for how it ended. */
export type Standing = { readonly secondsLeft: number | null } | { readonly ended: string }

/** The state as an output: while running inline SVG that updates without flicker, at the end a picture that untrusted notebooks show too. */
export function progressBundle(frame: ProgressFrame, state: ProgressState, standing: Standing): MimeBundle {
  const text = progressLine(frame, state, standing)
  const [headline, ...details] = progressWords(frame, state, standing)
  return { 'text/html': progressHtml(frame, state, standing, headline!, details), 'text/plain': text }
}

/** Tells a program that runs the notebook, and shows none of its outputs, how far it is; the state that is saved at the end has none. */
export const progressMetadata = (
  frame: ProgressFrame,
  state: ProgressState,
  standing: Standing,
): MimeMetadata => ('ended' in standing ? {} : { thesis: { progress: shortLine(frame, state, standing) } })

/** The state as one line in which the time left comes early, since a terminal may have little room behind what else it shows. */
function shortLine(frame: ProgressFrame, state: ProgressState, standing: Standing): string {
  const done = share(frame, state)
  const [headline, ...details] = progressWords(frame, state, standing)
  const left = 'ended' in standing || standing.secondsLeft === null ? [] : [details.shift()!]
  const words = [`${bar(done, 10)} ${Math.floor(100 * done)} %`, ...left, frame.label, headline!, ...details]
  return words.join(' · ')
}

/** The state as one line for terminals. */
export function progressLine(frame: ProgressFrame, state: ProgressState, standing: Standing): string {
  const [headline, ...details] = progressWords(frame, state, standing)
  return [`${frame.label} ${bar(share(frame, state), 20)} ${headline}`, ...details].join(' · ')
}

const bar = (done: number, cells: number): string => {
  const full = Math.round(cells * done)
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}`
}

/** "about 3 min 20 s" for a number of seconds, coarser the longer it is. */
export function formatDuration(seconds: number): string {
  if (seconds <= 59) return `${Math.ceil(seconds)} s`
  const tens = Math.round(seconds / 10)
  if (tens < 60) return `${Math.floor(tens / 6)} min ${(tens % 6) * 10} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** How far the run is, in [0, 1]. */
export const share = ({ total }: ProgressFrame, { done }: ProgressState): number =>
  Math.max(0, Math.min(1, done / total))

function progressWords({ total, unit }: ProgressFrame, state: ProgressState, standing: Standing): string[] {
  const shown =
    'ended' in standing ? formatNumber(state.done) : state.done.toFixed(Number.isInteger(state.done) ? 0 : 1)
  const words = [`${shown} of ${formatNumber(total)} ${unit}`]
  if ('ended' in standing) words.push(standing.ended)
  else if (standing.secondsLeft !== null) words.push(`about ${formatDuration(standing.secondsLeft)} left`)
  for (const [name, { last }] of state.series) if (last) words.push(`${name} ${formatNumber(last.y)}`)
  if (state.best) {
    words.push(
      `best ${state.best.metric} ${formatNumber(state.best.value)} at ${formatNumber(state.best.at)}`,
    )
  }
  return words
}

function progressHtml(
  frame: ProgressFrame,
  state: ProgressState,
  standing: Standing,
  headline: string,
  details: readonly string[],
): string {
  const panels = Object.entries(frame.metrics).map(([title, names]) => ({
    title,
    series: names.map((name) => ({ name, points: state.series.get(name)?.points ?? [] })),
  }))
  const svg = state.series.size > 0 && panels.length > 0 ? curveSvg(panels, frame.total, frame.unit) : ''
  const alt = `Curves of ${escapeHtml(Object.values(frame.metrics).flat().join(', '))}`
  const picture =
    svg && 'ended' in standing
      ? `<img alt="${alt}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`
      : svg
  return (
    `<div><b>${escapeHtml(frame.label)}</b> · ${escapeHtml(headline)}<br>` +
    `<progress max="1" value="${share(frame, state).toFixed(3)}" aria-label="${escapeHtml(frame.label)}" style="width:100%;max-width:660px;accent-color:#1a85c8"></progress><br>` +
    `<small>${escapeHtml(details.join(' · ')) || '&nbsp;'}</small>${picture ? `<br>${picture}` : ''}</div>`
  )
}
