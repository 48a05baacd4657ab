import type { MajoritySequences } from '../../data/majority.js'
import { agreementOfChances, agreementOfRanks } from '../../evaluation/agreement.js'
import { topChances } from '../../evaluation/top-share.js'
import type { Method } from '../../explanation/method.js'
import { bootstrapInterval } from '../../statistics/index.js'
import { ranks } from '../../statistics/rank-correlation.js'
import type { Model } from '../models/model-value.js'
import { type TableOf, tableOf } from '../reading/table-of.js'
import { methodOf } from '../values/value-of.js'
import { checkDistinct } from './check-distinct.js'
import { type ExplainedBatch, explainInBatches } from './explain-in-batches.js'

export interface AgreementOptions {
  /** At least two methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** The share of the pixels that counts as most relevant, in (0, 1]. Default: 0.1. */
  readonly top?: number
  /** Ends the work after a batch, by throwing its reason. */
  readonly signal?: AbortSignal
  /** Told after every batch of a model and method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/** How alike two methods explain a network. */
export interface AgreementRow {
  readonly network: string
  readonly first: string
  readonly second: string
  /** Spearman's correlation of the pixels, or the share of the most relevant pixels that both name. */
  readonly agreement: 'rank' | 'top'
  /** Mean over the sequences, with its 95 % bootstrap interval. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** What methods score that have nothing to do with one another. */
  readonly baseline: number
  readonly sequences: number
}

const COLUMNS = [
  'network',
  'first',
  'second',
  'agreement',
  'mean',
  'low',
  'high',
  'baseline',
  'sequences',
] as const satisfies readonly (keyof AgreementRow)[]

/**
 * How alike methods explain the labels of some sequences, two rows for each network and pair of methods: `rankAgreement`, chance 0, and
 * `topAgreement`, chance the share `top`.
 *
 * @param which positions in `sequences`
 * @throws RangeError when there are fewer than two methods, two have one id, or `top` is out of range
 * @example
 * const { test } = await majority(model.dataset, model.configuration.problem)
 * const table = await agreementTable([model], test, [0, 1], { methods: ['sensitivity', 'deepTaylor'] })
 * table.objects() // a row for each pair and way to agree: first, second, agreement, mean, …
 */
export async function agreementTable(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: AgreementOptions,
): Promise<TableOf<AgreementRow>> {
  const { top = 0.1, signal } = options
  if (!(top > 0 && top <= 1)) throw new RangeError(`top is ${top}; it must lie in (0, 1]`)
  const methods = await Promise.all(options.methods.map(methodOf))
  if (methods.length < 2) throw new RangeError(`there are ${methods.length} methods; an agreement needs two`)
  checkDistinct('method', methods)
  const rows: AgreementRow[] = []
  for (const [turn, model] of models.entries()) {
    const pairs = new Pairs(methods, top)
    const onProgress = (done: number) => options.onProgress?.((turn + done) / models.length)
    const settings = { methods, measures: [], signal, onProgress }
    await explainInBatches(model, sequences, which, settings, (batch) => pairs.add(batch))
    rows.push(...pairs.rows(model.configuration.network))
  }
  return tableOf(rows, COLUMNS)
}

/** What of a sequence's explanation agreements need. */
interface Ranked {
  readonly ranks: Float64Array
  readonly chances: Float64Array
}

/** The agreements of each pair of methods, sequence by sequence. */
class Pairs {
  /** By method, the sequences of the batch that is being explained. */
  private batch: Ranked[][] = []
  private top = 0
  private pixels = 0
  private readonly pairs: readonly { first: number; second: number; rank: number[]; top: number[] }[]

  constructor(
    private readonly methods: readonly Method[],
    private readonly share: number,
  ) {
    this.pairs = methods.flatMap((_, first) =>
      methods.slice(first + 1).map((_, i) => ({ first, second: first + 1 + i, rank: [], top: [] })),
    )
  }

  /** Takes a batch's explanation by the next method. */
  add({ which, explanation: { relevance, shape } }: ExplainedBatch): void {
    const pixels = shape[1] * shape[2]
    this.pixels = pixels
    this.top = Math.max(1, Math.round(this.share * pixels))
    this.batch.push(
      Array.from(which, (_, row) => {
        const own = relevance.subarray(row * pixels, (row + 1) * pixels)
        return { ranks: ranks(own), chances: topChances(own, this.top) }
      }),
    )
    if (this.batch.length < this.methods.length) return
    for (const pair of this.pairs)
      for (const [row, a] of this.batch[pair.first]!.entries()) {
        const b = this.batch[pair.second]![row]!
        pair.rank.push(agreementOfRanks(a.ranks, b.ranks))
        pair.top.push(agreementOfChances(a.chances, b.chances, this.top))
      }
    this.batch = []
  }

  rows(network: string): AgreementRow[] {
    return this.pairs.flatMap(({ first, second, ...values }) =>
      (['rank', 'top'] as const).map((agreement): AgreementRow => {
        const { estimate, low, high } = bootstrapInterval(values[agreement], { seed: 1 })
        return {
          network,
          first: this.methods[first]!.id,
          second: this.methods[second]!.id,
          agreement,
          mean: estimate,
          low,
          high,
          baseline: agreement === 'rank' ? 0 : this.top / this.pixels,
          sequences: values[agreement].length,
        }
      }),
    )
  }
}
