import type { ModelConfiguration } from '../models/configuration.js'
import type { WhatIsExplained } from './evaluate-sequences.js'
import type { ModelEvaluation } from './evaluation.js'

/** What a worker process is asked to evaluate: a checkpoint, by values that it loads itself. */
export interface EvaluateJob extends WhatIsExplained {
  /** The checkpoint's folder. */
  readonly folder: string
  readonly configuration: ModelConfiguration
  /** What the parameters must be; see `parametersDigest`. */
  readonly parameters: string
  /** What the checksum of the dataset must be. */
  readonly data: string
  /** Ids or files, as `architectureOf` and its like accept them. */
  readonly architecture: string
  readonly dataset: string
  readonly methods: readonly string[]
  readonly measures: readonly string[]
  readonly limit: number | null
}

/** What it tells: the share done, or the result with its numbers as plain lists. */
export type EvaluateMessage =
  | { readonly done: number }
  | { readonly evaluation: PlainEvaluation }
  | { readonly error: string }

/** An evaluation as plain JSON. */
export interface PlainEvaluation extends Omit<ModelEvaluation, 'correct' | 'scores'> {
  readonly correct: readonly number[]
  readonly scores: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>
}

export const toPlain = ({ correct, scores, ...rest }: ModelEvaluation): PlainEvaluation => ({
  ...rest,
  correct: Array.from(correct),
  scores: mapScores(scores, (values) => Array.from(values)),
})

export const fromPlain = ({ correct, scores, ...rest }: PlainEvaluation): ModelEvaluation => ({
  ...rest,
  correct: Uint8Array.from(correct),
  scores: mapScores(scores, (values) => Float64Array.from(values)),
})

const mapScores = <A, B>(
  scores: Readonly<Record<string, Readonly<Record<string, A>>>>,
  map: (values: A) => B,
): Record<string, Record<string, B>> =>
  Object.fromEntries(
    Object.entries(scores).map(([method, byMeasure]) => [
      method,
      Object.fromEntries(Object.entries(byMeasure).map(([measure, values]) => [measure, map(values)])),
    ]),
  )
