import { useEffect, useRef, useState } from 'preact/hooks'
import type { Cell, Passage } from '../../shared/protocol.js'
import { methodName, subjectName, type View } from '../context.js'
import { cellKey, stepsOf } from '../state/state.js'
import { strings } from '../strings/index.js'
import { Heatmap } from './heatmap.js'
import { Ledger } from './ledger.js'
import { StepBars } from './step-bars.js'
import { GateStrip, StateStrip } from './strips.js'
import { Numbers } from './table.js'

const { time: words } = strings

/** How long the animation stays at a step, in milliseconds. */
const PACE = 450

/** One explanation as it flows back through time: what pixels receive, what the state holds, what gates let through, the ledger. */
export function Time({ view }: { view: View }) {
  const { state, manifest, results, dataset } = view
  const subject = state.subjects[state.followed.subject]!
  const cell = results.cells.get(cellKey(subject, state.followed.method))
  const passage = cell?.passage ?? null
  const [network, method] = [subjectName(manifest, subject), methodName(manifest, state.followed.method)]
  return (
    <section class="panel time" aria-labelledby="time-heading">
      <h2 id="time-heading">{words.heading}</h2>
      {cell === undefined || passage === null ? (
        <p class="quiet">{words.waiting}</p>
      ) : (
        <>
          <p class="lead">{words.intro(network, method, dataset.classes[cell.target]!)}</p>
          <Scrubber view={view} />
          <div class="time-columns">
            <Strips view={view} cell={cell} passage={passage} />
            <div class="booked">
              <SoFar view={view} cell={cell} passage={passage} />
              {passage.ledger === null ? (
                <p class="quiet">{words.noLedger(method)}</p>
              ) : (
                <Ledger ledger={passage.ledger} view={view} />
              )}
              <Numbers summary={strings.heatmaps.numbers} {...timeTable(cell, passage)} />
            </div>
          </div>
        </>
      )}
    </section>
  )
}

function Scrubber({ view: { state, dataset, change } }: { view: View }) {
  const steps = stepsOf(dataset)
  const [isPlaying, setPlaying] = useState(false)
  const step = useRef(state.step)
  step.current = state.step
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => {
      if (step.current === 0) setPlaying(false)
      else change({ step: step.current - 1 })
    }, PACE)
    return () => clearInterval(timer)
  }, [isPlaying])
  return (
    <div class="scrubber">
      <button
        type="button"
        class="play"
        onClick={() => {
          if (!isPlaying && state.step === 0) change({ step: steps - 1 })
          setPlaying(!isPlaying)
        }}
      >
        {isPlaying ? words.pause : words.play}
      </button>
      <label class="field">
        <span>{words.step}</span>
        <input
          type="range"
          min="1"
          max={steps}
          value={state.step + 1}
          aria-valuetext={words.stepText(state.step + 1, steps)}
          onInput={({ currentTarget }) => change({ step: Number(currentTarget.value) - 1 })}
        />
      </label>
      <output>{words.stepText(state.step + 1, steps)}</output>
    </div>
  )
}

function Strips({ view, cell, passage }: { view: View; cell: Cell; passage: Passage }) {
  const { state, dataset } = view
  const steps = stepsOf(dataset)
  const from = state.step
  return (
    <div class="strips" style={{ '--step': from, '--steps': steps }}>
      <div class="strip">
        <Heatmap cell={cell} view={view} from={from} />
      </div>
      <div class="strip">
        <p>{words.received}</p>
        <StepBars values={cell.steps} from={from} label={words.receivedText(cell.steps)} />
      </div>
      {passage.states.length === 0 && <p class="quiet">{words.noStates}</p>}
      {passage.states.map((flow) => (
        <StateStrip key={flow.name} flow={flow} view={view} />
      ))}
      {passage.gates.map((gate) => (
        <GateStrip key={`${gate.on} ${gate.isFromBefore}`} gate={gate} states={passage.states} view={view} />
      ))}
      {passage.gates.length === 0 && <p class="quiet">{words.noGates}</p>}
      <ol class="step-numbers" aria-hidden="true">
        {Array.from({ length: steps }, (_, step) => (
          <li key={`step ${step + 1}`} class={step === from ? 'now' : ''}>
            {step + 1}
          </li>
        ))}
      </ol>
    </div>
  )
}

function SoFar({ view: { state }, cell, passage }: { view: View; cell: Cell; passage: Passage }) {
  const passed = cell.steps.slice(state.step).reduce((sum, value) => sum + value, 0)
  const held = passage.states.reduce((sum, { totals }) => sum + (totals[state.step - 1] ?? 0), 0)
  return (
    <p class="so-far" aria-live="polite">
      {passage.states.length > 0 && words.soFar(state.step + 1, passed, held)}
    </p>
  )
}

function timeTable(cell: Cell, { states, gates }: Passage) {
  return {
    caption: words.heading,
    head: [
      words.stepColumn,
      words.received,
      ...states.map(({ name }) => `${words.holds}: ${name}`),
      ...gates.map(({ on, isFromBefore }) => words.gate(on, isFromBefore)),
    ],
    lines: cell.steps.map((received, step) => [
      String(step + 1),
      strings.number(received),
      ...states.map(({ totals }) => strings.number(totals[step]!)),
      ...gates.map(({ means }) => strings.number(means[step]!)),
    ]),
  }
}
