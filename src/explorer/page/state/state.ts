import type { Manifest, ShownDataset } from '../../shared/manifest.js'
import type { Asked, Subject } from '../../shared/protocol.js'
import { emptyItem, type Item } from './items.js'

/** All that a link holds: what is drawn, what is asked, and what is looked at. */
export interface State {
  readonly dataset: string
  readonly items: readonly Item[]
  /** The test sequence that the items are; null once they were changed. */
  readonly sequence: number | null
  readonly subjects: readonly Subject[]
  readonly methods: readonly string[]
  readonly measure: string
  readonly asked: Asked
  /** The explanation that is followed through time. */
  readonly followed: { readonly subject: number; readonly method: string }
  /** The step that relevance has flowed back to, from 0. */
  readonly step: number
  /** The station of the tour; null outside it. */
  readonly station: number | null
}

/** The dataset that is shown. */
export const datasetOf = ({ datasets }: Manifest, { dataset }: Pick<State, 'dataset'>): ShownDataset =>
  datasets.find(({ id }) => id === dataset) ?? datasets[0]!

export const stepsOf = ({ problem, columns }: ShownDataset): number =>
  (problem.items * columns) / problem.stepColumns

/** What the page shows first: a test sequence, a network with gates and one without, by the method that follows relevance. */
export function firstState(manifest: Manifest, items: readonly Item[] | null): State {
  const dataset = manifest.datasets[0]!
  const first = ['r-lstm', 'shallow'].filter((id) => manifest.networks.some((network) => network.id === id))
  const networks = first.length > 0 ? first : [manifest.networks[0]!.id]
  const methods = manifest.methods.slice(0, 3).map(({ id }) => id)
  return {
    dataset: dataset.id,
    items: items ?? Array.from({ length: dataset.problem.items }, () => emptyItem(dataset)),
    sequence: items === null ? null : 0,
    subjects: networks.map((network) => ({ network, isTrained: true })),
    methods,
    measure: manifest.measures[0]!.id,
    asked: 'prediction',
    followed: { subject: 0, method: manifest.methods.find(({ hasLedger }) => hasLedger)?.id ?? methods[0]! },
    step: 0,
    station: null,
  }
}

/** The state with changes, whose parts fit together: what is followed is among what is shown. */
export function changed(state: State, changes: Partial<State>): State {
  const next = { ...state, ...changes }
  const { subjects, methods } = next
  const method = methods.includes(next.followed.method) ? next.followed.method : methods.at(-1)!
  const subject = Math.min(next.followed.subject, subjects.length - 1)
  return { ...next, followed: { subject, method } }
}

export const subjectKey = ({ network, isTrained }: Subject): string =>
  isTrained ? network : `${network}~untrained`

/** By what one explanation is known. */
export const cellKey = (subject: Subject, method: string): string => `${subjectKey(subject)} ${method}`
