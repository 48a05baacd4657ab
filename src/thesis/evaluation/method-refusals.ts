import type { MajoritySequences } from '../../data/majority.js'
import { explainBatch } from '../../explanation/explain-batch.js'
import type { Method } from '../../explanation/method.js'
import type { Model } from '../models/model-value.js'
import { pixelsOf, withNetwork } from './loaded-network.js'

/** A method that is not defined for a network, and why. */
export interface Refusal {
  /** The method's id. */
  readonly method: string
  readonly why: string
}

/** The methods that refuse to explain a model, tried on its first two sequences; what else goes wrong is thrown. */
export async function methodRefusals(
  model: Model,
  sequences: MajoritySequences,
  methods: readonly Method[],
): Promise<Refusal[]> {
  return withNetwork(model, ({ forward, w, geometry }) => {
    const x = pixelsOf(sequences, [0, 1].slice(0, sequences.count))
    try {
      return methods.flatMap((method): Refusal[] => {
        try {
          explainBatch(forward, w, x, { method, target: 0, geometry, items: sequences.itemsPerSequence })
          return []
        } catch (error) {
          if (error instanceof RangeError || !(error instanceof Error)) throw error
          return [{ method: method.id, why: error.message }]
        }
      })
    } finally {
      x.dispose()
    }
  })
}
