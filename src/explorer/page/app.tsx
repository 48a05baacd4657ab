import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Examples, readExamples } from '../shared/examples.js'
import { fetchBytes, gunzip } from '../shared/gzip.js'
import type { Manifest } from '../shared/manifest.js'
import type { Question } from '../shared/protocol.js'
import type { View } from './context.js'
import { colorTable } from './paint/colors.js'
import { outlinePath, sideBySide } from './paint/raster.js'
import { Evidence } from './parts/evidence.js'
import { Header } from './parts/header.js'
import { Heatmaps } from './parts/heatmaps.js'
import { Sequence } from './parts/sequence.js'
import { Status } from './parts/status.js'
import { Time } from './parts/time.js'
import { linkOf, stateOfLink } from './state/link.js'
import { NO_RESULTS, type Results, withReply } from './state/results.js'
import { changed, datasetOf, type State } from './state/state.js'
import { strings } from './strings/index.js'
import { useTheme } from './theme.js'
import { Tour } from './tour/tour.js'
import { WorkerClient, type WorkerStatus } from './worker-client.js'

/** How long the address waits for the next change before it holds the state, in milliseconds. */
const UNTIL_LINKED = 400

/** The explorer, at what a link holds or at the first test sequence. */
export function App({ manifest, first, linked }: { manifest: Manifest; first: State; linked: State | null }) {
  const [state, setState] = useState(linked ?? first)
  const [results, setResults] = useState<Results>(NO_RESULTS)
  const [status, setStatus] = useState<WorkerStatus>({ kind: 'starting' })
  const { theme, chosen, choose } = useTheme()
  const client = useMemo(
    () =>
      new WorkerClient(
        manifest,
        (replies) =>
          setResults((before) =>
            replies.reduce((results, { reply, question }) => withReply(results, reply, question), before),
          ),
        setStatus,
      ),
    [manifest],
  )
  useEffect(() => client.start(), [client])
  useEffect(() => onFirstUse(() => client.refine()), [client])
  const question = useMemo(
    () => questionOf(state),
    [state.dataset, state.items, state.subjects, state.methods, state.measure, state.asked, state.followed],
  )
  useEffect(() => client.ask(question), [client, question])
  useLink(state, (hash) => setState((before) => stateOfLink(hash, manifest, first) ?? before))

  const dataset = datasetOf(manifest, state)
  const drawing = useMemo(
    () => sideBySide(state.items, dataset.rows, dataset.columns),
    [state.items, dataset.rows, dataset.columns],
  )
  const view: View = {
    manifest,
    dataset,
    state,
    results: results.dataset === dataset.id ? results : { ...NO_RESULTS, unloaded: results.unloaded },
    theme,
    colors: useMemo(() => colorTable(manifest, theme), [manifest, theme]),
    drawing,
    outline: useMemo(() => outlinePath(drawing), [drawing]),
    change: (changes) => setState((before) => changed(before, changes)),
  }
  const examples = useExamples(manifest)
  const retry = () => client.ask(questionOf(state))
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('heatmaps')?.focus()}>
        {strings.page.skip}
      </button>
      <Header view={view} theme={chosen} onTheme={choose} />
      <main>
        {state.station !== null && (
          <Tour
            view={view}
            client={client}
            examples={examples}
            isLinked={state.station === linked?.station}
          />
        )}
        <div class="columns">
          <div class="left">
            <Sequence view={view} examples={examples} />
            <Evidence view={view} />
          </div>
          <div class="right">
            <Heatmaps view={view} retry={retry} />
            <Time view={view} />
          </div>
        </div>
      </main>
      <footer>
        <p>{strings.page.footer(manifest.version)}</p>
      </footer>
      <Status status={status} onRetry={() => client.retry()} />
    </>
  )
}

/** Calls once somebody begins to use the page. */
function onFirstUse(call: () => void): void {
  const controller = new AbortController()
  const begin = () => {
    controller.abort()
    call()
  }
  for (const event of ['pointerdown', 'keydown'] as const)
    addEventListener(event, begin, { signal: controller.signal, capture: true })
}

function questionOf(state: State): Question {
  const { dataset, items, subjects, methods, measure, asked, followed, station } = state
  return {
    dataset,
    items: items.map(({ pixels }) => pixels),
    labels: items.map(({ label }) => label),
    subjects,
    methods,
    measures: [...new Set([measure, 'cosine', 'cosineBeyondChance', 'itemRanking'])],
    asked,
    // The tour compares what passes through the states of all that are shown.
    followed:
      station === null ? [followed] : subjects.map((_, subject) => ({ subject, method: followed.method })),
  }
}

/** Keeps the state in the address, and takes it from there where the address changes otherwise. */
function useLink(state: State, take: (hash: string) => void): void {
  const written = useRef<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => {
      written.current = `#${linkOf(state)}`
      history.replaceState(null, '', written.current)
    }, UNTIL_LINKED)
    return () => clearTimeout(timer)
  }, [state])
  useEffect(() => {
    const look = () => location.hash !== written.current && take(location.hash)
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
}

/** Test sequences by dataset, fetched when they are first asked for. */
function useExamples({ datasets }: Manifest): (dataset: string) => Promise<Examples> {
  const known = useRef(new Map<string, Promise<Examples>>())
  return (id) => {
    const found = known.current.get(id) ?? fetchExamples(datasets.find((dataset) => dataset.id === id)!)
    known.current.set(id, found)
    found.catch(() => known.current.delete(id))
    return found
  }
}

const fetchExamples = async (dataset: Manifest['datasets'][number]): Promise<Examples> =>
  readExamples(await gunzip(await fetchBytes(new URL(dataset.examples.file, document.baseURI).href)), dataset)
