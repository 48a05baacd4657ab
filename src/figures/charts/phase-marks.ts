import type { PlotData } from 'plotly.js'
import { look } from '../kit/look.js'
import { networkName } from '../kit/names.js'
import { panelNames } from '../kit/page.js'
import type { SeriesStyle } from '../kit/palette.js'
import type { TrainingRow } from './training-row.js'

/** What the legend calls the mark. */
export const PHASE_NAME = 'next phase starts'
const phaseSymbol = { symbol: 'line-ns-open', size: 13 } as const

/** The legend's entry for the mark. */
export function phaseKey(): Partial<PlotData> {
  return {
    type: 'scatter',
    mode: 'markers',
    name: PHASE_NAME,
    x: [null],
    y: [null],
    marker: { ...phaseSymbol, color: look.muted, line: { width: 1.4 } },
    hoverinfo: 'skip',
  }
}

/** A stroke through the validation curves at the first epoch of each phase but the first. */
export function phaseMarks(
  epochs: readonly TrainingRow[],
  style: SeriesStyle,
  run: string,
  kinds: readonly ('loss' | 'accuracy')[],
): Partial<PlotData>[] {
  const starts = epochs.filter((row, i) => i > 0 && row.phase !== epochs[i - 1]!.phase)
  if (starts.length === 0) return []
  return kinds.map(
    (kind, index): Partial<PlotData> => ({
      type: 'scatter',
      mode: 'markers',
      legendgroup: run || 'validation',
      showlegend: false,
      xaxis: panelNames(index).x,
      yaxis: panelNames(index).y,
      x: starts.map((row) => row.epoch),
      y: starts.map((row) => (kind === 'loss' ? row.validationLoss : 100 * row.validationAccuracy)),
      marker: { ...phaseSymbol, color: style.color, line: { width: 1.4 } },
      hovertemplate: `${run ? `<b>${networkName(run)}</b>, ` : ''}phase %{customdata} starts at epoch %{x}<extra></extra>`,
      customdata: starts.map((row) => (row.phase ?? 0) + 1),
    }),
  )
}
