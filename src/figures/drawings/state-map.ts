import type { Annotations, Layout, PlotData } from 'plotly.js'
import { type Area, addPanel, type Page, panelNames } from '../kit/page.js'
import { hoverRelevance, relevanceMap, relevanceScale } from '../kit/raster.js'
import { textWidth } from '../kit/text-width.js'
import { axis, INK, smallFont } from '../kit/theme.js'

/** The hidden units that carry most of an explanation's relevance, over time. */
export interface StateRelevance {
  /** The state that they are part of, such as `cell`. */
  readonly state: string
  /** How many units that state has. */
  readonly size: number
  /** The units with most relevance, most first: the number of each, from 0, and its relevance at every step. */
  readonly units: readonly { readonly unit: number; readonly steps: readonly number[] }[]
  /** The share that they carry of all the state's absolute relevance, in [0, 1]. */
  readonly share: number
}

/** The height of a unit in CSS pixels. */
export const STATE_PITCH = 11

/** Draws units by steps as a heatmap into panel `index`, which it adds to the layout; 16 pixels over the area are for its title. */
export function drawStateMap(
  sheet: Page,
  layout: Partial<Layout>,
  area: Area,
  { index, states, clip }: { readonly index: number; readonly states: StateRelevance; readonly clip: number },
): { data: Partial<PlotData>[]; annotations: Partial<Annotations>[] } {
  const { units, state, share } = states
  const names = panelNames(index)
  const { x, y } = sheet.domains(area)
  const steps = units[0]?.steps.length ?? 0
  addPanel(
    layout,
    index,
    axis({
      domain: x,
      range: [0.5, steps + 0.5],
      tickvals: Array.from({ length: steps }, (_, step) => step + 1).filter(
        (step) => step % 3 === 0 || step === 1,
      ),
      showgrid: false,
      label: 'Step',
    }),
    axis({
      domain: y,
      range: [units.length - 0.5, -0.5],
      tickvals: units.map((_, i) => i),
      ticktext: units.map(({ unit }) => String(unit)),
      ticks: '',
      showgrid: false,
      tickfont: smallFont,
    }),
  )
  const values = units.flatMap((unit) => unit.steps)
  const map = relevanceMap(
    values,
    { rows: units.length, columns: steps },
    { panel: names, x0: 1, y0: 0 },
    { scale: relevanceScale(values, clip), name: `${state} units` },
  )
  const title =
    share === 0 ? 'No relevance' : `Top ${units.length} ${state} units: ${(100 * share).toFixed(0)} %`
  const whole = share === 0 ? title : `${title} of the relevance there`
  return {
    data: [
      {
        ...map,
        hovertemplate: `%{customdata}: ${hoverRelevance(values)}<extra></extra>`,
        customdata: hoverTexts(states),
      },
    ],
    annotations: [
      sheet.label(area.left, area.top - 3, textWidth(whole) < area.width ? whole : title, {
        yanchor: 'bottom',
        font: { ...smallFont, color: INK },
      }),
    ],
  }
}

const hoverTexts = ({ units, state }: StateRelevance): string[][] =>
  units.map(({ unit, steps }) => steps.map((_, step) => `${state} unit ${unit}, step ${step + 1}`))
