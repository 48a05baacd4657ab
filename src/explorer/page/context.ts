import type { Manifest, ShownDataset } from '../shared/manifest.js'
import type { Subject } from '../shared/protocol.js'
import type { ColorTable, Theme } from './paint/colors.js'
import type { Raster } from './paint/raster.js'
import type { Results } from './state/results.js'
import type { State } from './state/state.js'
import { strings } from './strings/index.js'

/** What every part of the page is made of. */
export interface View {
  readonly manifest: Manifest
  readonly dataset: ShownDataset
  readonly state: State
  readonly results: Results
  readonly theme: Theme
  readonly colors: ColorTable
  /** The whole sequence as drawn. */
  readonly drawing: Raster
  /** Its outline, as the path of an SVG. */
  readonly outline: string
  readonly change: (changes: Partial<State>) => void
}

/** What a network is called here. */
export function subjectName({ networks }: Manifest, { network, isTrained }: Subject): string {
  const title = networks.find(({ id }) => id === network)?.title ?? network
  return isTrained ? title : strings.heatmaps.untrained(title)
}

/** What a method is called, in full or short. */
export const methodName = ({ methods }: Manifest, id: string, form: 'title' | 'short' = 'title'): string =>
  methods.find((method) => method.id === id)?.[form] ?? id

/** Each item's share of the absolute relevance of all items; null where there is none. */
export function shares(items: readonly number[]): number[] | null {
  const total = items.reduce((sum, value) => sum + Math.abs(value), 0)
  return total > 0 ? items.map((value) => value / total) : null
}
