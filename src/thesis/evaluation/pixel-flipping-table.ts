import * as tf from '@tensorflow/tfjs-core'
import { assembleBatch } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import { PIXEL_RANGE } from '../../data/pixel-range.js'
import { flippedPixels } from '../../evaluation/pixel-flipping.js'
import type { Method } from '../../explanation/method.js'
import type { PixelFlippingRow } from '../../figures/charts/pixel-flipping-figure.js'
import { logitsOf } from '../../network/logits.js'
import { bootstrapInterval } from '../../statistics/index.js'
import type { Model } from '../models/model-value.js'
import { type TableOf, tableOf } from '../reading/table-of.js'
import { methodOf } from '../values/value-of.js'
import { type ExplainedBatch, explainInBatches } from './explain-in-batches.js'
import type { LoadedNetwork } from './loaded-network.js'

export interface PixelFlippingOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** Shares of the pixels that are removed, ascending in [0, 1]. */
  readonly fractions: readonly number[]
  /** Ends the work after a batch, by throwing its reason. */
  readonly signal?: AbortSignal
  /** Told after every batch of a model and method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

const COLUMNS = [
  'network',
  'method',
  'fraction',
  'value',
  'low',
  'high',
  'sequences',
] as const satisfies readonly (keyof PixelFlippingRow)[]

/**
 * What is left of the label's logit as the most relevant pixels become background (Samek et al. 2017): the mean of f(flipped) / f(x)
 * over the sequences with f(x) > 0, with its 95 % bootstrap interval, a row for each model, method and fraction.
 *
 * @throws Error when a model has f(x) ≤ 0 for every sequence; RangeError when relevance is not finite
 */
export async function pixelFlippingTable(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: PixelFlippingOptions,
): Promise<TableOf<PixelFlippingRow>> {
  const methods = await Promise.all(options.methods.map(methodOf))
  const rows: PixelFlippingRow[] = []
  for (const [turn, model] of models.entries()) {
    const onProgress = (done: number) => options.onProgress?.((turn + done) / models.length)
    rows.push(...(await flippingRows(model, sequences, which, { ...options, methods, onProgress })))
  }
  return tableOf(rows, COLUMNS)
}

async function flippingRows(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  {
    methods,
    fractions,
    signal,
    onProgress,
  }: Omit<PixelFlippingOptions, 'methods'> & { readonly methods: readonly Method[] },
): Promise<PixelFlippingRow[]> {
  const { network } = model.configuration
  const left = new Map(methods.map(({ id }) => [id, fractions.map((): number[] => [])]))
  const options = { methods, measures: [], signal, onProgress }
  await explainInBatches(model, sequences, which, options, (batch, loaded) => {
    for (const [i, values] of logitsLeft(loaded, sequences, batch, fractions).entries())
      left.get(batch.method.id)![i]!.push(...values)
  })
  return [...left].flatMap(([method, byFraction]) => {
    if (byFraction[0]?.length === 0)
      throw new Error(`${network} has no evidence for its labels: all f(x) are ≤ 0`)
    return fractions.map((fraction, i) => {
      const { estimate: value, low, high } = bootstrapInterval(byFraction[i]!)
      return { network, method, fraction, value, low, high, sequences: byFraction[i]!.length }
    })
  })
}

/** f(flipped) / f(x) by fraction, for the sequences of a batch with f(x) > 0. */
function logitsLeft(
  { forward, w }: LoadedNetwork,
  sequences: MajoritySequences,
  { which, explanation: { relevance, shape, logits, target } }: ExplainedBatch,
  fractions: readonly number[],
): number[][] {
  const evidence = (of: Float32Array) => Array.from(target, (k, i) => of[i * sequences.classes + k]!)
  const before = evidence(logits)
  const pixels = assembleBatch(sequences, which, new Float32Array(relevance.length))
  return Array.from(flippedPixels(pixels, relevance, shape, fractions, PIXEL_RANGE.low), (flipped) => {
    const x = tf.tensor3d(flipped.slice(), [...shape])
    const after = evidence(logitsOf(forward, w, x))
    x.dispose()
    return after.flatMap((value, i) => (before[i]! > 0 ? [value / before[i]!] : []))
  })
}
