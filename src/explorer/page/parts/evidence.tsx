import type { Subject } from '../../shared/protocol.js'
import { subjectName, type View } from '../context.js'
import { subjectKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import { Numbers } from './table.js'

const { evidence: words } = strings

/** What each network predicts, with its evidence for each class, and which class is asked about. */
export function Evidence({ view }: { view: View }) {
  const { state, results, manifest, dataset } = view
  const shown = state.subjects.filter((subject) => results.logits.has(subjectKey(subject)))
  return (
    <section class="panel evidence" aria-labelledby="evidence-heading">
      <h2 id="evidence-heading">{words.heading}</h2>
      {shown.length === 0 && <p class="quiet">{words.none}</p>}
      {shown.map((subject) => (
        <Bars key={subjectKey(subject)} subject={subject} view={view} />
      ))}
      <AskedAbout view={view} />
      {shown.length > 0 && (
        <Numbers
          summary={strings.heatmaps.numbers}
          caption={words.heading}
          head={[words.class, ...shown.map((subject) => subjectName(manifest, subject))]}
          lines={dataset.classes.map((name, k) => [
            name,
            ...shown.map((subject) => strings.evidenceNumber(results.logits.get(subjectKey(subject))![k]!)),
          ])}
        />
      )}
    </section>
  )
}

function Bars({ subject, view }: { subject: Subject; view: View }) {
  const { results, manifest, dataset, state } = view
  const logits = results.logits.get(subjectKey(subject))!
  const predicted = logits.indexOf(Math.max(...logits))
  const most = Math.max(1, ...logits.map(Math.abs))
  const label = results.verdict?.label ?? null
  const name = subjectName(manifest, subject)
  const color = manifest.networks.find(({ id }) => id === subject.network)?.color
  const isLong = dataset.classes.some((title) => title.length > 2)
  return (
    <figure class="bars" style={{ '--series': color }}>
      <figcaption>
        <strong>{name}</strong> {words.predicts(dataset.classes[predicted]!)}
        {label !== null && (
          <span class={predicted === label ? 'right' : 'wrong'}>
            {predicted === label ? ` ✓ ${words.right}` : ` ✗ ${words.wrong}`}
          </span>
        )}
      </figcaption>
      <div
        class={isLong ? 'bar-row long' : 'bar-row'}
        role="img"
        aria-label={words.chart(name, dataset.classes[predicted]!, logits[predicted]!)}
      >
        {logits.map((value, k) => (
          <div
            key={dataset.classes[k]}
            class={`bar ${k === predicted ? 'predicted' : ''} ${k === state.asked ? 'asked' : ''}`}
          >
            <div class="bar-half up">
              {value > 0 && <div style={{ height: `${(100 * value) / most}%` }} />}
            </div>
            <div class="bar-half down">
              {value < 0 && <div style={{ height: `${(-100 * value) / most}%` }} />}
            </div>
            <span class="bar-name">{dataset.classes[k]}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}

function AskedAbout({ view: { state, dataset, change } }: { view: View }) {
  const options = [
    ...(['prediction', 'label'] as const).map((value) => ({ value, text: words.asked[value] })),
    ...dataset.classes.map((text, value) => ({ value, text })),
  ]
  return (
    <fieldset class="asked">
      <legend>{words.explain}</legend>
      <div class="chips">
        {options.map(({ value, text }) => (
          <label key={value} class="chip radio">
            <input
              type="radio"
              name="asked"
              checked={state.asked === value}
              onChange={() => change({ asked: value })}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
