import type { Cell } from '../../shared/protocol.js'
import { methodName, shares, subjectName, type View } from '../context.js'
import { unloadedKey } from '../state/results.js'
import { cellKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import { Heatmap } from './heatmap.js'

const { heatmaps: words } = strings

interface Place {
  readonly view: View
  /** Among the networks that are shown. */
  readonly place: number
  readonly method: string
  readonly retry: () => void
}

/** One network by one method: the heatmap, each item's share, and the score beside what knows nothing. */
export function HeatmapCell({ view, place, method, retry }: Place) {
  const { state, manifest, results } = view
  const subject = state.subjects[place]!
  const key = cellKey(subject, method)
  const cell = results.cells.get(key)
  const isFollowed = state.followed.subject === place && state.followed.method === method
  const [network, title] = [subjectName(manifest, subject), methodName(manifest, method)]
  const short = methodName(manifest, method, 'short')
  return (
    <figure class={`cell ${isFollowed ? 'followed' : ''}`}>
      <figcaption>
        <button
          type="button"
          class="follow"
          aria-pressed={isFollowed}
          aria-label={words.follow(short, network, title)}
          title={words.follow(short, network, title)}
          onClick={() => change(view, place, method)}
        >
          <span>{short}</span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M13 4v3.5H4M7 4.5l-3.5 3L7 10.5M13 12H4" />
          </svg>
        </button>
        {cell && <Score cell={cell} view={view} />}
      </figcaption>
      {cell === undefined ? (
        <Missing view={view} place={place} why={results.refused.get(key)} retry={retry} />
      ) : (
        <>
          <Heatmap cell={cell} view={view} label={describe(cell, view, network, title)} />
          <Shares cell={cell} view={view} />
        </>
      )}
    </figure>
  )
}

const change = ({ change }: View, subject: number, method: string) =>
  change({ followed: { subject, method }, step: 0 })

function describe(cell: Cell, view: View, network: string, title: string): string {
  const { dataset, state, manifest } = view
  const parts = shares(cell.items)
  if (parts === null) return `${network}, ${title}. ${words.noRelevance}`
  const measure = manifest.measures.find(({ id }) => id === state.measure)!
  const score = cell.scores?.[state.measure]
  return words.picture(
    network,
    title,
    dataset.classes[cell.target]!,
    parts.map((share, place) => words.shareOf(place, share)),
    score === undefined
      ? words.nowhere
      : words.scoreText(measure.title, score, measure.baselineName, measure.baseline),
  )
}

function Score({ cell, view: { manifest, state } }: { cell: Cell; view: View }) {
  const measure = manifest.measures.find(({ id }) => id === state.measure)!
  const score = cell.scores?.[measure.id]
  if (score === undefined) return <span class="score">–</span>
  return (
    <span class="score">
      {measure.short} <b>{strings.evidenceNumber(score)}</b>{' '}
      <span class="quiet">
        {measure.baselineName} {strings.evidenceNumber(measure.baseline)}
      </span>
    </span>
  )
}

function Shares({ cell, view: { results } }: { cell: Cell; view: View }) {
  const parts = shares(cell.items)
  if (parts === null) return <p class="quiet note">{words.noRelevance}</p>
  return (
    <div class="shares">
      {parts.map((share, place) => {
        const isRelevant = results.verdict?.relevant[place] ?? false
        return (
          <div key={place} class={`share ${isRelevant ? 'relevant' : ''}`}>
            <div class="share-bar">
              <div class={share < 0 ? 'negative' : ''} style={{ width: `${100 * Math.abs(share)}%` }} />
            </div>
            <span>{strings.percent(share)}</span>
            {isRelevant && (
              <span class="mark" title={words.relevant}>
                ●<span class="hidden"> {words.relevant}</span>
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}

function Missing({ view, place, why, retry }: Omit<Place, 'method'> & { why: string | undefined }) {
  const { state, manifest, results, dataset } = view
  const subject = state.subjects[place]!
  const failed = results.unloaded.get(unloadedKey(dataset.id, subject))
  const network = manifest.networks.find(({ id }) => id === subject.network)
  const weights = network?.[subject.isTrained ? 'trained' : 'untrained'][dataset.id]
  return (
    <div class="missing">
      {why !== undefined ? (
        <p>{why}</p>
      ) : failed === undefined ? (
        <p>{words.loading(weights?.bytes ?? 0)}</p>
      ) : (
        <p>
          {words.failed(failed)}{' '}
          <button type="button" onClick={retry}>
            {words.again}
          </button>
        </p>
      )}
    </div>
  )
}
