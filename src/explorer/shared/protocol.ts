import type { Ledger } from '../../explanation/ledger.js'
import type { Manifest, RelevanceScale } from './manifest.js'

export type { Ledger }

/** A network that is shown: trained, or as it was before its training. */
export interface Subject {
  readonly network: string
  readonly isTrained: boolean
}

/** The class that is asked about. */
export type Asked = 'label' | 'prediction' | number

/** One sequence, and how it is to be explained. */
export interface Question {
  readonly dataset: string
  /** Bytes of each item, row-major, `[items][rows·columns]`. */
  readonly items: readonly Uint8Array[]
  /** The class of each item; null where the first network is to say what it reads. */
  readonly labels: readonly (number | null)[]
  readonly subjects: readonly Subject[]
  readonly methods: readonly string[]
  readonly measures: readonly string[]
  readonly asked: Asked
  /** Which explanations are followed through time. */
  readonly followed: readonly Followed[]
}

/** One explanation: a place among the subjects, and a method. */
export interface Followed {
  readonly subject: number
  readonly method: string
}

/** Many explanations of the first test sequences: by which networks and methods, and by what they are scored. */
export interface Survey {
  readonly dataset: string
  readonly asked: readonly { readonly subject: Subject; readonly method: string }[]
  readonly measures: readonly string[]
}

/** What the page asks the worker. */
export type Request =
  | { readonly kind: 'start'; readonly manifest: Manifest; readonly base: string }
  | { readonly kind: 'explain'; readonly id: number; readonly question: Question }
  | { readonly kind: 'refine' }
  | { readonly kind: 'survey'; readonly id: number; readonly survey: Survey }

/** What passes through one state, step by step. */
export interface StateFlow {
  readonly name: string
  readonly units: number
  /** `[steps, units]`. */
  readonly relevance: Float32Array
  /** `[steps]`. */
  readonly totals: readonly number[]
}

/** How far one gate is open, step by step. */
export interface GateFlow {
  readonly on: string
  readonly isFromBefore: boolean
  readonly units: number
  /** `[steps, units]`. */
  readonly open: Float32Array
  /** `[steps]`. */
  readonly means: readonly number[]
}

/** One explanation followed through time. */
export interface Passage {
  readonly states: readonly StateFlow[]
  readonly gates: readonly GateFlow[]
  /** Null where the method does not share out what enters at the logit. */
  readonly ledger: Ledger | null
}

/** One network asked by one method. */
export interface Cell {
  readonly subject: number
  readonly method: string
  /** `[rows·items·columns]`, row-major. */
  readonly relevance: Float32Array
  readonly scale: RelevanceScale
  readonly target: number
  /** By item. */
  readonly items: readonly number[]
  /** By step, in reading order. */
  readonly steps: readonly number[]
  /** By measure; null where no item is relevant. */
  readonly scores: Readonly<Record<string, number>> | null
  readonly passage: Passage | null
}

/** What the labels say of a sequence. */
export interface Verdict {
  /** The class of each item, given or read; null where nothing is drawn. */
  readonly labels: readonly (number | null)[]
  /** The class of the majority; null where there is none. */
  readonly label: number | null
  /** Whether relevance should go there, by item. */
  readonly relevant: readonly boolean[]
}

/** One network and method over the first test sequences, `[sequences]` each. */
export interface SurveyRow {
  readonly subject: Subject
  readonly method: string
  /** `[sequences][items]`. */
  readonly items: readonly (readonly number[])[]
  readonly relevant: readonly (readonly boolean[])[]
  readonly scores: Readonly<Record<string, readonly number[]>>
  readonly isRight: readonly boolean[]
  /** Mean over sequences, of each step's share of the absolute relevance, `[steps]`. */
  readonly stepShares: readonly number[]
}

/** What the worker tells the page. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly dataset: string; readonly subject: Subject }
  | { readonly kind: 'unloaded'; readonly dataset: string; readonly subject: Subject; readonly why: string }
  | { readonly kind: 'verdict'; readonly id: number; readonly verdict: Verdict }
  | {
      readonly kind: 'logits'
      readonly id: number
      readonly subject: number
      readonly logits: readonly number[]
    }
  | { readonly kind: 'cell'; readonly id: number; readonly cell: Cell }
  | {
      readonly kind: 'refused'
      readonly id: number
      readonly subject: number
      readonly method: string
      readonly why: string
    }
  | { readonly kind: 'done'; readonly id: number; readonly milliseconds: number }
  | { readonly kind: 'surveyed'; readonly id: number; readonly rows: readonly SurveyRow[] }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
