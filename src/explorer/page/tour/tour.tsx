import { useEffect, useRef, useState } from 'preact/hooks'
import type { Examples } from '../../shared/examples.js'
import type { SurveyRow } from '../../shared/protocol.js'
import type { View } from '../context.js'
import { Numbers } from '../parts/table.js'
import { strings } from '../strings/index.js'
import type { WorkerClient } from '../worker-client.js'
import { stations } from './stations.js'

const { tour: words } = strings
const MEASURES = ['cosine', 'cosineBeyondChance', 'itemRanking']

interface TourProps {
  readonly view: View
  readonly client: WorkerClient
  readonly examples: (dataset: string) => Promise<Examples>
  /** Whether the station is where a link was opened. */
  readonly isLinked: boolean
}

/** The guided tour: each station sets the page up, and says what the numbers say that are computed there and then. */
export function Tour({ view, client, examples, isLinked }: TourProps) {
  const { state, change, dataset } = view
  const place = state.station!
  const station = stations[place]!
  const { rows, problem } = useSurvey(view, client)
  const heading = useRef<HTMLHeadingElement>(null)
  async function go(to: number) {
    const changes = stations[to]!.arrive(view, await examples(dataset.id))
    change({ ...changes, station: to })
    heading.current?.focus()
  }
  // Whoever opens the tour arrives at its station; whoever opens a link to a station finds what the link holds.
  useEffect(() => {
    if (!isLinked) void go(place)
  }, [])
  const told = station.tell(view, rows)
  return (
    <section class="panel tour" aria-labelledby="tour-heading">
      <header>
        <p class="quiet">{words.station(place, stations.length)}</p>
        <button type="button" onClick={() => change({ station: null })}>
          {words.close}
        </button>
      </header>
      <h2 id="tour-heading" ref={heading} tabIndex={-1}>
        {station.title}
      </h2>
      <div class="told" aria-live="polite">
        {told === null ? (
          <p class="quiet">{problem === null ? words.measuring : words.failed(problem)}</p>
        ) : (
          told.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)
        )}
      </div>
      {station.trials(view).length > 0 && (
        <p class="trials">
          <span>{words.tryIt}</span>
          {station.trials(view).map(({ text, changes }) => (
            <button key={text} type="button" onClick={() => change(changes)}>
              {text}
            </button>
          ))}
        </p>
      )}
      {told && <Numbers summary={words.numbers} {...told.table} />}
      <nav aria-label={words.heading}>
        <button type="button" disabled={place === 0} onClick={() => void go(place - 1)}>
          ← {words.back}
        </button>
        <ol>
          {stations.map(({ title }, k) => (
            <li key={title}>
              <button
                type="button"
                class="stop"
                aria-label={`${words.station(k, stations.length)}: ${title}`}
                title={title}
                aria-current={k === place ? 'step' : undefined}
                onClick={() => void go(k)}
              />
            </li>
          ))}
        </ol>
        <button
          type="button"
          class="primary"
          disabled={place === stations.length - 1}
          onClick={() => void go(place + 1)}
        >
          {words.next} →
        </button>
      </nav>
    </section>
  )
}

/** What the station asks of the examples, asked once for each dataset and station. */
function useSurvey({ state, dataset }: View, client: WorkerClient) {
  const known = useRef(new Map<string, readonly SurveyRow[]>())
  const [, setCount] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const { asked } = stations[state.station!]!
  const key = `${dataset.id} ${state.station}`
  useEffect(() => {
    setProblem(null)
    if (asked.length === 0 || known.current.has(key)) return
    client.survey({ dataset: dataset.id, asked, measures: MEASURES }).then(
      (rows) => {
        known.current.set(key, rows)
        setCount((count) => count + 1)
      },
      (error: Error) => setProblem(error.message),
    )
  }, [key])
  return { rows: known.current.get(key) ?? [], problem }
}
