import type { MajoritySequences } from '../../../data/majority.js'
import type { Measure } from '../../../evaluation/measure.js'
import type { Method } from '../../../explanation/method.js'
import { bootstrapInterval, histogramEntropy, rankCorrelation } from '../../../statistics/index.js'
import { baselinesOf } from '../../evaluation/evaluation.js'
import { explainInBatches } from '../../evaluation/explain-in-batches.js'
import type { Model } from '../../models/model-value.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import { measureOf, methodOf } from '../../values/value-of.js'
import { type Randomisation, type Randomised, randomisedLayers } from './randomised-layers.js'

/** What of an explanation is followed as layers lose what they have learnt, besides measures. */
export const followed = ['similarity', 'complexity'] as const

/** What remains of an explanation when layers of the network are untrained again. */
export interface RandomisationRow {
  readonly dataset: string
  readonly network: string
  readonly method: string
  readonly mode: Randomisation
  /** The layer that lost its parameters last, or `none` where all are trained. */
  readonly layer: string
  /** How many layers have lost theirs. */
  readonly count: number
  /**
   * `similarity`: Spearman's rank correlation of |R| over pixels with that of the trained network, 0 where one of them is the same
   * everywhere. `complexity`: by how much the entropy of the histogram of R rises, as a share of the trained network's (the efficient
   * form of the test, Hedström et al. 2024). Else the id of a measure.
   */
  readonly quantity: string
  /** Mean over sequences with its 95 % bootstrap interval. */
  readonly value: number
  readonly low: number
  readonly high: number
  /**
   * What the value is compared with. `similarity`: 0, that of explanations that have nothing to do with each other. `complexity`: 0, no
   * change, which is not chance but what an explanation scores that does not see what was untrained. A measure: its `baseline`.
   */
  readonly chance: number
  readonly sequences: number
}

const COLUMNS = [
  ...(['dataset', 'network', 'method', 'mode', 'layer', 'count', 'quantity'] as const),
  ...(['value', 'low', 'high', 'chance', 'sequences'] as const),
] as const satisfies readonly (keyof RandomisationRow)[]

export interface RandomisationOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** Measures, or their ids or files, that score the explanations too. Default: none. */
  readonly measures?: readonly (Measure | string)[]
  /** Of the untrained parameters. Default: 2, since training starts from those of 1. */
  readonly seed?: number
  readonly signal?: AbortSignal
  /** Told after every batch of a method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/**
 * Model parameter randomisation (Adebayo et al. 2018): how explanations of the label change as layers of a network are untrained again,
 * from the logits to the pixels or each alone; an explanation that stays the same does not depend on what was learnt.
 *
 * @param which positions in `sequences`
 * @throws as `explainInBatches`
 * @example
 * const { test } = await majority('mnist-maj')
 * const model = await loadModel('mnist-maj', 'r-lstm')
 * const table = await randomisationTable([model], test, [0, 1, 2, 3], { methods: ['deepTaylor'] })
 */
export async function randomisationTable(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { methods: given, measures: scored = [], seed = 2, signal, onProgress }: RandomisationOptions,
): Promise<TableOf<RandomisationRow>> {
  const methods = await Promise.all(given.map(methodOf))
  const measures = await Promise.all(scored.map(measureOf))
  const rows: RandomisationRow[] = []
  for (const [turn, model] of models.entries()) {
    const variants = randomisedLayers(model, seed)
    const explained = (of: Model, part: number) =>
      explainedBy(of, sequences, which, methods, measures, signal, (done) =>
        onProgress?.((turn + (part + done) / (variants.length + 1)) / models.length),
      )
    const trained = await explained(model, 0)
    const before: readonly Variant[] = [
      { mode: 'cascading', layer: 'none', count: 0 },
      { mode: 'independent', layer: 'none', count: 0 },
    ]
    for (const variant of before) rows.push(...rowsOf(model, sequences, measures, variant, trained, trained))
    for (const [part, variant] of variants.entries()) {
      const changed = await explained(variant.model, part + 1)
      rows.push(...rowsOf(model, sequences, measures, variant, trained, changed))
    }
  }
  return tableOf(rows, COLUMNS)
}

type Variant = Pick<Randomised, 'mode' | 'layer' | 'count'>

/** By method: the relevance of each sequence, and its scores by measure. */
type ExplainedBy = ReadonlyMap<
  string,
  { readonly relevance: Float32Array[]; readonly scores: Readonly<Record<string, number[]>> }
>

async function explainedBy(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  methods: readonly Method[],
  measures: readonly Measure[],
  signal: AbortSignal | undefined,
  onProgress: (done: number) => void,
): Promise<ExplainedBy> {
  const found = new Map(
    methods.map(({ id }) => [
      id,
      {
        relevance: [] as Float32Array[],
        scores: Object.fromEntries(measures.map((measure) => [measure.id, [] as number[]])),
      },
    ]),
  )
  const pixels = sequences.rows * sequences.columns
  await explainInBatches(
    model,
    sequences,
    which,
    { methods, measures, signal, onProgress },
    ({ method, explanation: { relevance }, scores }) => {
      const own = found.get(method.id)!
      for (let start = 0; start < relevance.length; start += pixels)
        own.relevance.push(relevance.slice(start, start + pixels))
      for (const [id, values] of Object.entries(scores)) own.scores[id]!.push(...values)
    },
  )
  return found
}

function rowsOf(
  { configuration: { dataset, network } }: Model,
  { itemsPerSequence: items, majority }: MajoritySequences,
  measures: readonly Measure[],
  { mode, layer, count }: Variant,
  trained: ExplainedBy,
  changed: ExplainedBy,
): RandomisationRow[] {
  const chances = baselinesOf(measures, { items, majority })
  return [...trained].flatMap(([method, { relevance: before }]) => {
    const { relevance: after, scores } = changed.get(method)!
    const row = (quantity: string, values: readonly number[], chance: number): RandomisationRow => {
      const { estimate: value, low, high } = bootstrapInterval(values, { seed: 1 })
      const sequences = values.length
      return { dataset, network, method, mode, layer, count, quantity, value, low, high, chance, sequences }
    }
    const similarities = before.map((relevance, i) => similarityOf(relevance, after[i]!))
    const rises = before.map((relevance, i) =>
      riseOf(histogramEntropy(relevance), histogramEntropy(after[i]!)),
    )
    return [
      row('similarity', similarities, 0),
      row('complexity', rises, 0),
      ...Object.entries(scores).map(([id, values]) => row(id, values, chances[id]!)),
    ]
  })
}

/** Spearman's rank correlation of sizes; 0 where one explanation is the same everywhere, and so has no order to agree with. */
function similarityOf(a: Float32Array, b: Float32Array): number {
  const similarity = rankCorrelation(a.map(Math.abs), b.map(Math.abs))
  return Number.isNaN(similarity) ? 0 : similarity
}

/** A rise as a share of what was there; 0 where there was nothing, so that no share can be told. */
const riseOf = (before: number, after: number): number => (before === 0 ? 0 : (after - before) / before)
