import type { Problem } from '../../data/majority-problem.js'
import type { RelevanceScale } from '../../figures/kit/raster.js'
import type { Scan } from '../../network/geometry.js'

export type { RelevanceScale }

/** What of a problem the page has to know. */
export type ShownProblem = Pick<Problem, 'items' | 'majority' | 'classes' | 'stepColumns'> & {
  readonly scan: Scan
}

/** A file of the explorer, beside its page, and how large it is. */
export interface Asset {
  readonly file: string
  readonly bytes: number
}

/** The parameters of one network on one dataset, in half precision. */
export interface Weights extends Asset {
  /** The same as they were trained, in single precision: fetched once somebody uses the page. */
  readonly exact: Asset
  /** On all test sequences, from 0 to 1; null where it was never trained. */
  readonly accuracy: number | null
}

export interface ShownDataset {
  readonly id: string
  readonly title: string
  readonly classes: readonly string[]
  readonly rows: number
  readonly columns: number
  readonly problem: ShownProblem
  /** The first test sequences: labels of their items, then the items' pixels, compressed by gzip. */
  readonly examples: Asset & { readonly count: number }
}

export interface ShownNetwork {
  readonly id: string
  readonly title: string
  readonly color: string
  /** By dataset. */
  readonly trained: Readonly<Record<string, Weights>>
  readonly untrained: Readonly<Record<string, Weights>>
}

export interface ShownMethod {
  readonly id: string
  readonly title: string
  readonly short: string
  readonly color: string
  /** Whether what enters at the logit is shared out and adds up. */
  readonly hasLedger: boolean
}

export interface ShownMeasure {
  readonly id: string
  readonly title: string
  readonly short: string
  readonly baseline: number
  readonly baselineName: string
  readonly range: readonly [low: number, high: number]
}

type ColorScale = readonly (readonly [at: number, color: string])[]

/** All that the page knows before it asks for anything: it stands in the page itself. */
export interface Manifest {
  readonly version: string
  readonly datasets: readonly ShownDataset[]
  readonly networks: readonly ShownNetwork[]
  readonly methods: readonly ShownMethod[]
  readonly measures: readonly ShownMeasure[]
  readonly scales: Readonly<
    Record<'light' | 'dark', { readonly sequential: ColorScale; readonly diverging: ColorScale }>
  >
  readonly worker: string
  /** TensorFlow.js's WebAssembly, compressed by gzip: with SIMD and without. */
  readonly wasm: { readonly simd: string; readonly plain: string }
  /** Of the first dataset the first test sequence: labels, then pixels, compressed by gzip, in base64. */
  readonly first: string
}
