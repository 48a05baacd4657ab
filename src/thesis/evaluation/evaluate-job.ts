import type { ModelConfiguration } from '../models/configuration.js'

/** What a worker process is asked to evaluate. */
export interface EvaluateJob {
  readonly configuration: ModelConfiguration
  readonly methods: readonly string[]
  readonly limit: number | null
}

/** What it tells: the share done, or the result with its numbers as plain lists. */
export type EvaluateMessage =
  | { readonly done: number }
  | { readonly correct: number[]; readonly cosines: Record<string, number[]> }
  | { readonly error: string }
