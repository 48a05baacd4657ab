import type { Subject } from '../../shared/protocol.js'
import { subjectName, type View } from '../context.js'
import { cellKey, subjectKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import { Select, Toggle } from './choices.js'
import { HeatmapCell } from './heatmap-cell.js'
import { heatmapTable } from './heatmap-table.js'
import { Legend } from './legend.js'
import { Numbers } from './table.js'

const { heatmaps: words } = strings

/** Heatmaps of the chosen networks by the chosen methods, and where relevance should have gone. */
export function Heatmaps({ view, retry }: { view: View; retry: () => void }) {
  const { state, manifest, results, dataset } = view
  const { verdict } = results
  const label = verdict?.label ?? null
  const isBlank = view.state.items.every(({ pixels }) => !pixels.some(Boolean))
  return (
    <section class="panel heatmaps" aria-labelledby="heatmaps-heading" id="heatmaps" tabIndex={-1}>
      <header>
        <h2 id="heatmaps-heading">{words.heading}</h2>
        {results.milliseconds !== null && (
          <span class="took quiet">{strings.status.took(results.milliseconds)}</span>
        )}
      </header>
      <p class="lead" aria-live="polite">
        {isBlank ? words.blank : label === null ? words.noMajority : words.majority(dataset.classes[label]!)}
      </p>
      <Chosen view={view} />
      <div class="grid" style={{ '--methods': state.methods.length }}>
        {state.subjects.map((subject, place) => (
          <div class="grid-row" key={subjectKey(subject)}>
            <h3 style={{ '--series': manifest.networks.find(({ id }) => id === subject.network)?.color }}>
              {subjectName(manifest, subject)}
            </h3>
            <div class="grid-cells">
              {state.methods.map((method) => (
                <HeatmapCell
                  key={cellKey(subject, method)}
                  view={view}
                  place={place}
                  method={method}
                  retry={retry}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <Legend view={view} />
      <Numbers summary={words.numbers} {...heatmapTable(view)} />
    </section>
  )
}

function Chosen({ view: { state, manifest, change } }: { view: View }) {
  const isShown = (subject: Subject) => state.subjects.some((one) => subjectKey(one) === subjectKey(subject))
  const all = manifest.networks.flatMap(({ id }) => [
    { network: id, isTrained: true },
    { network: id, isTrained: false },
  ])
  const toggleSubject = (subject: Subject) => {
    const subjects = all.filter((one) => isShown(one) !== (subjectKey(one) === subjectKey(subject)))
    if (subjects.length > 0) change({ subjects })
  }
  const toggleMethod = (id: string) => {
    const ids = manifest.methods.map((method) => method.id)
    const methods = ids.filter((one) => state.methods.includes(one) !== (one === id))
    if (methods.length > 0) change({ methods })
  }
  const [poster, others] = [manifest.methods.slice(0, 3), manifest.methods.slice(3)]
  return (
    <div class="chosen">
      <fieldset>
        <legend>{words.networks}</legend>
        <div class="chips">
          {manifest.networks.map(({ id, title, color }) => (
            <span class="pair" key={id}>
              {[true, false].map((isTrained) => {
                const subject = { network: id, isTrained }
                return (
                  <Toggle
                    key={String(isTrained)}
                    isOn={isShown(subject)}
                    color={color}
                    onClick={() => toggleSubject(subject)}
                  >
                    {isTrained ? title : <Untrained title={title} />}
                  </Toggle>
                )
              })}
            </span>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.methods}</legend>
        <div class="chips">
          {[...poster, ...others.filter(({ id }) => state.methods.includes(id))].map(
            ({ id, title, short }) => (
              <Toggle key={id} isOn={state.methods.includes(id)} onClick={() => toggleMethod(id)}>
                <abbr title={title}>{short}</abbr>
                <span class="hidden"> {title}</span>
              </Toggle>
            ),
          )}
          <select
            class="add"
            aria-label={words.addMethod}
            value=""
            onChange={({ currentTarget }) => {
              toggleMethod(currentTarget.value)
              currentTarget.value = ''
            }}
          >
            <option value="">{words.more}</option>
            {others
              .filter(({ id }) => !state.methods.includes(id))
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </select>
        </div>
      </fieldset>
      <Select
        label={words.measure}
        value={state.measure}
        options={manifest.measures.map(({ id, title }) => ({ value: id, text: title }))}
        onChange={(measure) => change({ measure })}
      />
    </div>
  )
}

const Untrained = ({ title }: { title: string }) => (
  <>
    <span class="hidden">{title}, </span>
    {words.untrainedShort}
  </>
)
