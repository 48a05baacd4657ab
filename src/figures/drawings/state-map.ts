import type { Drawing } from '../kit/drawing.js'
import { look } from '../kit/look.js'
import type { Area } from '../kit/page.js'
import { hoverRelevance, type RelevanceScale, relevanceMap } from '../kit/raster.js'
import { type Scan, stepRange, stepTicks } from '../kit/steps.js'
import { fitText, textWidth } from '../kit/text-width.js'
import { smallFont } from '../kit/theme.js'

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

export interface StateMap {
  readonly states: StateRelevance
  readonly scale: RelevanceScale
  readonly scan?: Scan
  /** Whether the axis of steps has a name. */
  readonly isNamed: boolean
}

/** The relevance of its units, row-major, `[units, steps]`. */
export const stateValues = ({ units }: StateRelevance): number[] => units.flatMap(({ steps }) => steps)

/** Draws units by steps as a heatmap into a panel of its own; 16 pixels over the area are for its title. */
export function drawStateMap(drawing: Drawing, area: Area, { states, scale, scan, isNamed }: StateMap): void {
  const { units, state } = states
  const steps = units[0]?.steps.length ?? 0
  const { names } = drawing.panel(
    area,
    {
      range: stepRange(steps, scan),
      tickvals: stepTicks(steps),
      showgrid: false,
      label: isNamed ? 'Step' : undefined,
    },
    {
      range: [units.length - 0.5, -0.5],
      tickvals: units.map((_, i) => i),
      ticktext: units.map(({ unit }) => String(unit)),
      ticks: '',
      showgrid: false,
      tickfont: smallFont(),
    },
  )
  const values = stateValues(states)
  const map = relevanceMap(
    values,
    { rows: units.length, columns: steps },
    { panel: names, x0: 1, y0: 0 },
    { scale, name: `${state} units` },
  )
  drawing.add({
    data: [
      {
        ...map,
        hovertemplate: `%{customdata}: ${hoverRelevance(values)}<extra></extra>`,
        customdata: hoverTexts(states),
      },
    ],
    annotations: [
      drawing.page.label(area.left, area.top - 3, titleOf(states, area.width), {
        yanchor: 'bottom',
        font: { ...smallFont(), color: look.ink },
      }),
    ],
  })
}

/** The longest title that there is room for. */
function titleOf({ units, state, share }: StateRelevance, width: number): string {
  if (share === 0) return fitText('No relevance', width)
  const percent = `${(100 * share).toFixed(0)} %`
  const title = `Top ${units.length} ${state} units: ${percent}`
  const titles = [`${title} of the relevance there`, title, `${units.length} ${state} units: ${percent}`]
  return titles.find((one) => textWidth(one) < width) ?? fitText(`${state}: ${percent}`, width)
}

const hoverTexts = ({ units, state }: StateRelevance): string[][] =>
  units.map(({ unit, steps }) => steps.map((_, step) => `${state} unit ${unit}, step ${step + 1}`))
