import { useMemo } from 'preact/hooks'
import type { GateFlow, StateFlow } from '../../shared/protocol.js'
import type { View } from '../context.js'
import { inkImage, relevanceImage } from '../paint/raster.js'
import { linesOf, strongestUnits } from '../paint/strongest.js'
import { strings } from '../strings/index.js'
import { Pixels } from './canvas.js'
import { StepBars } from './step-bars.js'

const { time: words } = strings

/** How many units are shown, one a line. */
const LINES = 24

/** The share of values that lies within the colours. */
const CLIP = 0.99

/** What passes through a state, unit by unit and in all. */
export function StateStrip({ flow, view }: { flow: StateFlow; view: View }) {
  const { colors, state } = view
  const { name, units, relevance, totals } = flow
  const lines = Math.min(LINES, units)
  const image = useMemo(() => {
    const values = linesOf(relevance, units, strongestUnits(relevance, units, lines))
    const sizes = Array.from(values, Math.abs).sort((a, b) => a - b)
    const end = sizes[Math.floor(CLIP * (sizes.length - 1))] || 1
    const raster = { rows: lines, columns: values.length / lines, values }
    return relevanceImage(raster, { signed: values.some((value) => value < 0), end }, colors, state.step)
  }, [relevance, units, lines, colors, state.step])
  return (
    <>
      <div class="strip">
        <p>
          {words.state(name, units)} <span class="quiet">{words.strongest(lines, units)}</span>
        </p>
        <Pixels image={image} class="units" label={words.stateText(name, totals)} />
      </div>
      <div class="strip">
        <p>{words.holds}</p>
        <StepBars values={totals} from={state.step} label={words.stateText(name, totals)} />
      </div>
    </>
  )
}

/** How far a gate is open: the units of its state in the same order, and their mean. */
export function GateStrip({
  gate,
  states,
  view,
}: {
  gate: GateFlow
  states: readonly StateFlow[]
  view: View
}) {
  const { theme } = view
  const { on, isFromBefore, units, open, means } = gate
  const name = words.gate(on, isFromBefore)
  const image = useMemo(() => {
    const state = states.find((flow) => flow.units === units)
    const lines = Math.min(LINES, units)
    const values = linesOf(open, units, strongestUnits(state?.relevance ?? open, units, lines))
    const raster = { rows: lines, columns: values.length / lines, values: values.map((value) => 255 * value) }
    return inkImage(raster, theme)
  }, [open, units, states, theme])
  return (
    <div class="strip gate">
      <p>
        {name} <span class="quiet">{words.gateHint(on, isFromBefore)}</span>
      </p>
      <Pixels image={image} class="units" label={words.gateText(name, means)} />
      <div class="means" aria-hidden="true">
        {means.map((mean, step) => (
          <span key={step}>{strings.evidenceNumber(mean)}</span>
        ))}
      </div>
    </div>
  )
}
