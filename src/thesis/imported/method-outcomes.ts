import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../backend/use-backend.js'
import { type Explanation, explainBatch, ledgersOf, type Method } from '../../explanation/index.js'
import type { Imported } from '../../importing/index.js'
import type { Geometry } from '../../network/geometry.js'
import { toTensors } from '../../network/parameters.js'
import { conservation } from '../evaluation/conservation.js'

/** What of a model a method looks at. */
export type Explainable = Pick<Imported, 'architecture' | 'geometry' | 'units' | 'parameters'>

/** Shares of all that entered; with what is lost by rounding they add up to 1. */
export type LedgerShares = Readonly<
  Record<'pixels' | 'initialState' | 'biases' | 'epsilon' | 'undistributed', number>
>

/** Whether a method can explain a network, and where relevance went. */
export interface MethodOutcome {
  /** The method's id. */
  readonly method: string
  readonly title: string
  /** Why it cannot, naming the layer; null where it can. */
  readonly refusal: string | null
  /** Null for a method without a ledger, and where no logit is above 0. */
  readonly shares: LedgerShares | null
}

/**
 * Tries methods on some sequences, explaining the predicted class of each.
 *
 * @param x `[batch, rows, columns]` in [−1, 1]
 * @throws RangeError where a pixel lies outside the range
 */
export async function methodOutcomes(
  { architecture, geometry, units, parameters }: Explainable,
  methods: readonly Method[],
  x: Tensor3D,
): Promise<MethodOutcome[]> {
  await useBackend()
  const forward = architecture.forward(geometry, units)
  const w = toTensors(parameters)
  try {
    return methods.map((method): MethodOutcome => {
      const about = { method: method.id, title: method.title }
      const record = method.ledger !== undefined
      try {
        // Whether a method is defined does not depend on how many items there are.
        const options = { method, target: 'prediction', geometry, items: 1, record } as const
        const explanation = explainBatch(forward, w, x, options)
        return { ...about, refusal: null, shares: record ? sharesOf(explanation, geometry) : null }
      } catch (error) {
        if (error instanceof RangeError || !(error instanceof Error)) throw error
        return { ...about, refusal: error.message, shares: null }
      }
    })
  } finally {
    tf.dispose(w)
  }
}

/** Over the sequences that have evidence for their prediction. */
function sharesOf(explanation: Explanation, geometry: Geometry): LedgerShares | null {
  const ledgers = ledgersOf(explanation, geometry)
  if (!ledgers.some((ledger) => ledger.entered > 0)) return null
  const { entered, steps, initialState, biases, epsilon, undistributed } = conservation(ledgers).total
  return {
    pixels: steps.reduce((sum, part) => sum + part, 0) / entered,
    initialState: initialState / entered,
    biases: biases / entered,
    epsilon: epsilon / entered,
    undistributed: undistributed / entered,
  }
}
