import type { MajoritySequences } from '../../../data/majority.js'
import type { TapRecord } from '../../../explanation/recorder.js'
import { bootstrapInterval } from '../../../statistics/index.js'
import { type BatchesOptions, explainInBatches } from '../../evaluation/explain-in-batches.js'
import type { Model } from '../../models/model-value.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import { methodOf } from '../../values/value-of.js'

/** How much of what entered at the logit passes through a state at one step. */
export interface StateRow {
  readonly network: string
  /** The layer or state as the network calls it, e.g. `cell`. */
  readonly state: string
  /** In reading order, from 1. */
  readonly step: number
  /** Mean of Σ R over its units / f(x), over sequences with f(x) > 0, with its 95 % bootstrap interval; a state's part may come by many ways. */
  readonly share: number
  readonly low: number
  readonly high: number
  readonly sequences: number
}

const COLUMNS = [
  'network',
  'state',
  'step',
  'share',
  'low',
  'high',
  'sequences',
] as const satisfies readonly (keyof StateRow)[]

/**
 * How relevance walks back through the states of networks: a row for each network, state and step, for methods that share out what enters.
 *
 * @throws Error when the method has no ledger
 * @example
 * const { test } = await majority('mnist-maj')
 * const table = await stateLedger([model], test, [0, 1, 2, 3], { method: 'deepTaylor' })
 */
export async function stateLedger(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: Pick<BatchesOptions, 'signal' | 'onProgress'> & {
    readonly method: Parameters<typeof methodOf>[0]
  },
): Promise<TableOf<StateRow>> {
  const method = await methodOf(options.method)
  if (method.ledger === undefined)
    throw new Error(`${method.title} has no ledger: it does not share out what enters at the logit`)
  const rows: StateRow[] = []
  for (const [turn, model] of models.entries()) {
    const found = new Map<string, number[]>()
    await explainInBatches(
      model,
      sequences,
      which,
      {
        methods: [method],
        measures: [],
        record: true,
        signal: options.signal,
        onProgress: (done) => options.onProgress?.((turn + done) / models.length),
      },
      ({ explanation: { taps, entered } }) => {
        for (const { name, step, sums } of taps.flatMap((tap) => sumsOf(tap, entered.length))) {
          const key = JSON.stringify([name, step])
          const shares = found.get(key) ?? []
          found.set(key, shares)
          for (const [i, sum] of sums.entries()) if (entered[i]! > 0) shares.push(sum / entered[i]!)
        }
      },
    )
    for (const [key, shares] of found) {
      if (shares.length === 0) continue
      const [state, step] = JSON.parse(key) as [string, number]
      const { estimate: share, low, high } = bootstrapInterval(shares, { seed: 1 })
      rows.push({
        network: model.configuration.network,
        state,
        step: step + 1,
        share,
        low,
        high,
        sequences: shares.length,
      })
    }
  }
  return tableOf(rows, COLUMNS)
}

/** By step, the sum over the units of each sequence; the state before the first step is left out. */
function sumsOf({ name, step, shape: [rows, units], relevance }: TapRecord, batch: number) {
  if (step === 'initial') return []
  const first = step === 'all' ? 0 : step
  return Array.from({ length: rows / batch }, (_, k) => ({
    name,
    step: first + k,
    sums: Array.from({ length: batch }, (_, i) => {
      const start = (k * batch + i) * units
      return relevance.subarray(start, start + units).reduce((sum, value) => sum + value, 0)
    }),
  }))
}
