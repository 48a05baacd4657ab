import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { Measure } from '../../evaluation/measure.js'
import type { Method } from '../../explanation/index.js'
import type { Kind } from '../../values/registry.js'

/** The values of each kind. */
export interface Values {
  readonly architecture: Architecture
  readonly method: Method
  readonly dataset: Dataset
  readonly measure: Measure
}

/** What a kind is called in messages. */
export const NOUN: Readonly<Record<Kind, string>> = {
  architecture: 'network',
  method: 'method',
  dataset: 'dataset',
  measure: 'measure',
}

/** The function that makes a value of a kind. */
export const DEFINE: Readonly<Record<Kind, string>> = {
  architecture: 'defineArchitecture',
  method: 'defineMethod',
  dataset: 'defineDataset',
  measure: 'defineMeasure',
}

/** The functions that a value of each kind has. */
const FUNCTIONS: Readonly<Record<Kind, readonly string[]>> = {
  architecture: ['parameters', 'forward'],
  method: ['attribute'],
  dataset: ['load'],
  measure: ['baseline'],
}

/** Whether something is a value of a kind: it has an id, a title and the kind's functions. */
export function isValue<K extends Kind>(kind: K, candidate: unknown): candidate is Values[K] {
  if (typeof candidate !== 'object' || candidate === null) return false
  const parts = candidate as Readonly<Record<string, unknown>>
  const named = typeof parts.id === 'string' && typeof parts.title === 'string'
  const has = (name: string) => typeof parts[name] === 'function'
  // A measure scores sequence by sequence or batch by batch.
  return named && FUNCTIONS[kind].every(has) && (kind !== 'measure' || has('score') || has('scores'))
}
