import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import type { Manifest } from '../../shared/manifest.js'
import type { Asked, Subject } from '../../shared/protocol.js'
import type { Item, LabelSource } from './items.js'
import { changed, type State, stepsOf } from './state.js'

/** The form of links; another number once they mean something else. */
const VERSION = '1'

/** The state as the part of a link behind the #: its words as JSON, then the drawing's bytes, compressed together. */
export function linkOf({ items, ...words }: State): string {
  const labels = items.map(({ label, source }) => [label, source])
  const json = strToU8(JSON.stringify({ ...words, labels }))
  const bytes = new Uint8Array(2 + json.length + items.reduce((sum, { pixels }) => sum + pixels.length, 0))
  new DataView(bytes.buffer).setUint16(0, json.length)
  bytes.set(json, 2)
  let at = 2 + json.length
  for (const { pixels } of items) {
    bytes.set(pixels, at)
    at += pixels.length
  }
  return `${VERSION}.${base64(deflateSync(bytes, { level: 9 }))}`
}

/** The state of a link; null where there is none, or it is none of this page. */
export function stateOfLink(hash: string, manifest: Manifest, first: State): State | null {
  const [version, text] = hash.replace(/^#/, '').split('.')
  if (version !== VERSION || text === undefined) return null
  try {
    const bytes = inflateSync(fromBase64(text))
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(0)
    const words: unknown = JSON.parse(strFromU8(bytes.subarray(2, 2 + length)))
    return isRecord(words) ? checked(words, bytes.subarray(2 + length), manifest, first) : null
  } catch {
    return null
  }
}

function checked(
  words: Record<string, unknown>,
  pixels: Uint8Array,
  { datasets, networks, methods, measures }: Manifest,
  first: State,
): State | null {
  const dataset = datasets.find(({ id }) => id === words.dataset)
  if (dataset === undefined || !Array.isArray(words.labels)) return null
  const { items: count, classes } = dataset.problem
  const size = dataset.rows * dataset.columns
  if (words.labels.length !== count || pixels.length !== count * size) return null
  const isClass = (value: unknown): value is number => isWhole(value, classes)
  const items = words.labels.map((given: unknown, place): Item => {
    const [label, source] = Array.isArray(given) ? given : []
    return {
      pixels: pixels.slice(place * size, (place + 1) * size),
      label: isClass(label) ? label : null,
      source: SOURCES.find((known) => known === source) ?? 'network',
    }
  })
  const known = <Shown extends { readonly id: string }>(all: readonly Shown[], id: unknown) =>
    all.find((one) => one.id === id)?.id
  const subjects = listOf(words.subjects).flatMap((given): Subject[] => {
    const network = isRecord(given) ? known(networks, given.network) : undefined
    return network === undefined ? [] : [{ network, isTrained: isRecord(given) && given.isTrained !== false }]
  })
  const chosen = listOf(words.methods).flatMap((id) => known(methods, id) ?? [])
  if (subjects.length === 0 || chosen.length === 0) return null
  const followed = isRecord(words.followed) ? words.followed : {}
  const asked: Asked | null =
    words.asked === 'label' || words.asked === 'prediction' || isClass(words.asked) ? words.asked : null
  return changed(first, {
    dataset: dataset.id,
    items,
    sequence: isWhole(words.sequence, dataset.examples.count) ? words.sequence : null,
    subjects,
    methods: [...new Set(chosen)],
    measure: known(measures, words.measure) ?? first.measure,
    asked: asked ?? first.asked,
    followed: {
      subject: isWhole(followed.subject, subjects.length) ? followed.subject : 0,
      method: known(methods, followed.method) ?? chosen[0]!,
    },
    step: isWhole(words.step, stepsOf(dataset)) ? words.step : 0,
    station: isWhole(words.station, STATIONS) ? words.station : null,
  })
}

/** How many stations the tour has. */
export const STATIONS = 6

const SOURCES: readonly LabelSource[] = ['example', 'user', 'network']

const isWhole = (value: unknown, below: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Base64 with letters that links may have. */
const base64 = (bytes: Uint8Array): string =>
  btoa(strFromU8(bytes, true)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

const fromBase64 = (text: string): Uint8Array =>
  strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true)
