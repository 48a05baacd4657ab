import type { MajoritySequences } from '../../data/majority.js'
import type { Target } from '../../explanation/check-explained.js'
import type { Evidence } from '../../explanation/evidence.js'
import type { Explanation } from '../../explanation/explain-batch.js'
import type { Method } from '../../explanation/method.js'
import type { Model } from '../models/model-value.js'
import { BATCH, explainInBatches } from './explain-in-batches.js'

export interface ExplainSequencesOptions {
  readonly method: Method
  /** Default: the label. */
  readonly target?: Target | 'label'
  /** Default: the logit. */
  readonly evidence?: Evidence
  /** Whether to record taps and the ledger. */
  readonly record?: boolean
}

/**
 * Explains some sequences with a model in one batch.
 *
 * @param which positions in `sequences`, `[batch]`, at most 100
 * @throws RangeError as `explainInBatches` does, and when there are no sequences or too many
 */
export async function explainSequences(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method, ...options }: ExplainSequencesOptions,
): Promise<Explanation> {
  if (which.length < 1 || which.length > BATCH)
    throw new RangeError(`there are ${which.length} sequences; from 1 to ${BATCH} are explained at once`)
  const found: Explanation[] = []
  await explainInBatches(
    model,
    sequences,
    which,
    { methods: [method], measures: [], ...options },
    (batch) => {
      found.push(batch.explanation)
    },
  )
  return found[0]!
}
