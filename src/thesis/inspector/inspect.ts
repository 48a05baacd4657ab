import { setImmediate } from 'node:timers/promises'
import type { MajoritySequences } from '../../data/majority.js'
import { provenance } from '../../data/provenance.js'
import { itemRelevance, relevanceCosines } from '../../evaluation/index.js'
import { type Explanation, type Method, stepSums, type Target } from '../../explanation/index.js'
import type { InspectedMethod, Inspection } from '../../figures/drawings/inspection.js'
import { predictionsOf } from '../../network/predictions.js'
import { className } from '../class-names.js'
import { explainSequences } from '../evaluation/explain-sequences.js'
import type { Model } from '../models/training-run.js'
import { relevantItems } from '../samples/choose-samples.js'
import { sequencePixels } from '../samples/sample-rows.js'
import { stateRelevance } from './state-relevance.js'

export interface InspectOptions {
  readonly methods: readonly Method[]
  /** The class that is explained; the label unless told. */
  readonly target?: Target | 'label'
  /** How many hidden units are kept; 8 unless told. */
  readonly units?: number
  /** Ends the work between two methods, by throwing its reason. */
  readonly signal?: AbortSignal
}

/**
 * Explains one sequence with some methods, for the inspector figure.
 *
 * @throws RangeError when there is no method, or no such sequence
 */
export async function inspect(
  model: Model,
  sequences: MajoritySequences,
  sequence: number,
  { methods, target = 'label', units = 8, signal }: InspectOptions,
): Promise<Inspection> {
  if (methods.length === 0) throw new RangeError('no method is chosen; at least one is needed')
  if (!(Number.isInteger(sequence) && sequence >= 0 && sequence < sequences.count))
    throw new RangeError(`sequence is ${sequence}; there are 0 to ${sequences.count - 1}`)
  const { dataset, network } = model.configuration
  const explanations: Explanation[] = []
  for (const method of methods) {
    // Lets a newer choice, or an interrupt, have its turn.
    await setImmediate()
    signal?.throwIfAborted()
    explanations.push(await explainSequences(model, sequences, [sequence], { method, target, record: true }))
  }
  const { logits, target: targets } = explanations[0]!
  return {
    dataset,
    network,
    sequence,
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    items: provenance(sequences, sequence).map(({ label }) => className(dataset, label)),
    relevant: relevantItems(sequences, sequence),
    classes: Array.from({ length: sequences.classes }, (_, k) => className(dataset, k)),
    logits: Array.from(logits),
    label: sequences.labels[sequence]!,
    prediction: predictionsOf(logits, sequences.classes)[0]!,
    target: targets[0]!,
    explanations: explanations.map((explanation) => inspected(explanation, sequences, sequence, units)),
  }
}

function inspected(
  { method, relevance, shape, taps }: Explanation,
  { steps, itemsPerSequence, relevant }: MajoritySequences,
  sequence: number,
  units: number,
): InspectedMethod {
  const flags = relevant.subarray(sequence * itemsPerSequence, (sequence + 1) * itemsPerSequence)
  return {
    method: method.id,
    values: relevance,
    steps: stepSums(relevance, shape, steps, 0),
    items: Array.from(itemRelevance(relevance, shape, itemsPerSequence)),
    cosine: relevanceCosines(relevance, shape, flags)[0]!,
    states: stateRelevance(taps, 0, units),
  }
}
