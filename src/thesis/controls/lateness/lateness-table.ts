import { permutation } from '../../../data/batches.js'
import type { Method } from '../../../explanation/method.js'
import { bootstrapInterval, mean } from '../../../statistics/index.js'
import { checkLimit } from '../../evaluation/evaluate-model.js'
import { type SequenceRelevance, sequenceRelevance, shares } from '../../evaluation/sequence-relevance.js'
import { majority } from '../../models/majority.js'
import type { Model } from '../../models/model-value.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import { methodOf } from '../../values/value-of.js'

/** How late relevance lies in sequences of one length, read in steps of one width. */
export interface LatenessRow {
  readonly network: string
  readonly method: string
  /** What the network is, such as `trained` or `untrained`. */
  readonly kind: string
  readonly items: number
  readonly stepColumns: number
  readonly steps: number
  /** Mean share of |relevance of items| on the item read last, with its 95 % bootstrap interval. */
  readonly last: number
  readonly low: number
  readonly high: number
  /** The share of any item if nothing were known: one of the number of items. */
  readonly chance: number
  /** Mean place of |relevance of steps|, from 0 for all on the first step to 1 for all on the last; 0.5 for an equal share. */
  readonly place: number
  /** Of all that were explained, in [0, 1]. */
  readonly accuracy: number
  /** Those that have any relevance, which lies nowhere else. */
  readonly sequences: number
}

const COLUMNS = [
  ...(['network', 'method', 'kind', 'items', 'stepColumns', 'steps'] as const),
  ...(['last', 'low', 'high', 'chance', 'place', 'accuracy', 'sequences'] as const),
] as const satisfies readonly (keyof LatenessRow)[]

/** How many sequences are explained where nothing else is asked for. */
const DEFAULT_LIMIT = 100

/** Networks, each with what it is. */
export interface LatenessModel {
  readonly kind: string
  readonly model: Model
}

export interface LatenessOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** How many test sequences of each problem, a whole number from 1 to all there are. Default: 100, or all where there are fewer. */
  readonly limit?: number
  readonly signal?: AbortSignal
  /** Told after every batch of a method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/**
 * How late the relevance of what a network predicts lies, on the test sequences of its own problem: a row per network and method that gives
 * any sequence relevance. Relevant items stand anywhere, so that what is right has no place.
 *
 * @throws RangeError when `limit` is not a whole number from 1 to the number of test sequences of each problem
 * @example
 * const problem = problemOf(model.dataset, { items: 6, majority: 4 })
 * const table = await latenessTable([{ kind: 'trained', model: lengthened(model, problem) }], { methods: ['deepTaylor'], limit: 10 })
 */
export async function latenessTable(
  models: readonly LatenessModel[],
  { methods: given, limit, signal, onProgress }: LatenessOptions,
): Promise<TableOf<LatenessRow>> {
  checkLimit(limit)
  const methods = await Promise.all(given.map(methodOf))
  const rows: LatenessRow[] = []
  for (const [turn, { kind, model }] of models.entries()) {
    const { problem, network } = model.configuration
    const { test } = await majority(model.dataset, problem)
    if (limit !== undefined && limit > test.count)
      throw new RangeError(`limit is ${limit}; ${model.dataset.title} has ${test.count} test sequences`)
    const which = permutation(test.count, problem.seed).slice(0, limit ?? DEFAULT_LIMIT)
    for (const [i, method] of methods.entries()) {
      const explained = await sequenceRelevance(model, test, which, {
        method,
        target: 'prediction',
        signal,
        onProgress: (done) => onProgress?.((turn + (i + done) / methods.length) / models.length),
      })
      const somewhere = explained.filter(({ items }) => items.some((part) => part !== 0))
      if (somewhere.length === 0) continue
      const { items, stepColumns, scan } = problem
      const lastItem = scan === 'leftToRight' ? items - 1 : 0
      const lastShares = somewhere.map((sequence) => Math.abs(shares(sequence.items)[lastItem]!))
      const { estimate: last, low, high } = bootstrapInterval(lastShares, { seed: 1 })
      rows.push({
        network,
        method: method.id,
        kind,
        items,
        stepColumns,
        steps: test.steps,
        last,
        low,
        high,
        chance: 1 / items,
        place: mean(somewhere.map(placeOf)),
        accuracy: mean(explained.map(({ label, prediction }) => (label === prediction ? 1 : 0))),
        sequences: somewhere.length,
      })
    }
  }
  return tableOf(rows, COLUMNS)
}

/** The mean place of a sequence's |relevance of steps|, 0.5 where there is no relevance or but one step. */
function placeOf({ steps }: SequenceRelevance): number {
  const parts = shares(steps).map(Math.abs)
  if (steps.length < 2 || parts.every((part) => part === 0)) return 0.5
  return parts.reduce((sum, part, step) => sum + (part * step) / (steps.length - 1), 0)
}
