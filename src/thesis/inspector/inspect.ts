import type { MajoritySequences } from '../../data/majority.js'
import { provenance } from '../../data/provenance.js'
import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import type { Target } from '../../explanation/check-explained.js'
import { stepSums } from '../../explanation/ledger.js'
import type { Method } from '../../explanation/method.js'
import type { InspectedMethod, Inspection } from '../../figures/drawings/inspection.js'
import type { Geometry } from '../../network/geometry.js'
import { type ExplainedBatch, explainInBatches } from '../evaluation/explain-in-batches.js'
import type { Model } from '../models/model-value.js'
import { isUntrained } from '../models/untrained.js'
import { relevantItems } from '../samples/choose-samples.js'
import { sequencePixels } from '../samples/sequence-pixels.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { stateRelevance, statesOf } from './state-relevance.js'

export interface InspectOptions {
  /** Methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** What scores the explanations: a measure, its id or its file. Default: the cosine. */
  readonly measure?: Measure | string
  /** The class that is explained. Default: the label. */
  readonly target?: Target | 'label'
  /** How many hidden units are kept. Default: 8. */
  readonly units?: number
  /** Ends the work between two methods, by throwing its reason. */
  readonly signal?: AbortSignal
}

/**
 * Explains one sequence with some methods, for the inspector figure.
 *
 * @throws RangeError when there is no method, or no such sequence
 * @example
 * inspectorFigure(await inspect(model, test, 0, { methods: ['sensitivity', 'deepTaylor'] }))
 */
export async function inspect(
  model: Model,
  sequences: MajoritySequences,
  sequence: number,
  { target = 'label', units = 8, signal, ...given }: InspectOptions,
): Promise<Inspection> {
  if (!(Number.isInteger(sequence) && sequence >= 0 && sequence < sequences.count))
    throw new RangeError(`sequence is ${sequence}; there are 0 to ${sequences.count - 1}`)
  const methods = await Promise.all(given.methods.map(methodOf))
  const measure = await measureOf(given.measure ?? cosine)
  const { dataset, configuration } = model
  const { problem, network } = configuration
  const states = statesOf(model)
  const explained: ExplainedBatch[] = []
  const explanations: InspectedMethod[] = []
  const options = { methods, measures: [measure], target, record: true, signal }
  await explainInBatches(model, sequences, [sequence], options, (batch, { geometry }) => {
    explained.push(batch)
    explanations.push(inspected(batch, measure.id, geometry, states, units))
  })
  const [{ explanation, labels, predictions }] = explained as [ExplainedBatch]
  return {
    dataset: dataset.id,
    network,
    ...(isUntrained(model) ? { variant: 'untrained' } : {}),
    sequence,
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    scan: problem.scan,
    items: provenance(sequences, sequence).map(({ label }) => dataset.classes[label]!),
    relevant: relevantItems(sequences, sequence),
    classes: dataset.classes.slice(0, sequences.classes),
    logits: Array.from(explanation.logits),
    label: labels[0]!,
    prediction: predictions[0]!,
    target: explanation.target[0]!,
    measure: measure.id,
    baseline: measure.baseline(problem),
    explanations,
  }
}

function inspected(
  { method, explanation: { relevance, shape, taps }, itemRelevance, scores }: ExplainedBatch,
  measure: string,
  geometry: Geometry,
  states: readonly string[],
  units: number,
): InspectedMethod {
  return {
    method: method.id,
    values: relevance,
    steps: stepSums(relevance, shape, geometry, 0),
    items: Array.from(itemRelevance),
    score: scores[measure]![0]!,
    states: states.flatMap((state) => stateRelevance(taps, state, 0, units) ?? []),
  }
}
