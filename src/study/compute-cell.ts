import { cpus } from 'node:os'
import { join } from 'node:path'
import { useBackend } from '../backend/use-backend.js'
import { sizeOf } from '../network/parameters.js'
import { mean, standardDeviation } from '../statistics/index.js'
import { evaluatedSequences, evaluateSequences } from '../thesis/evaluation/evaluate-sequences.js'
import { baselinesOf } from '../thesis/evaluation/evaluation.js'
import { codesNow } from '../thesis/evaluation/evaluation-address.js'
import { methodRefusals } from '../thesis/evaluation/method-refusals.js'
import { majority } from '../thesis/models/majority.js'
import { trainOrLoad } from '../thesis/models/model.js'
import type { Model } from '../thesis/models/model-value.js'
import { parametersDigest } from '../thesis/models/parameters-digest.js'
import type { TrainingEvents } from '../thesis/models/training-run.js'
import { untrainedModel } from '../thesis/models/untrained.js'
import { measureOf, methodOf } from '../thesis/values/value-of.js'
import type { Cell } from './cell.js'
import { type CellResult, type KeptSequences, type ResultRow, writeCell } from './cell-result.js'
import type { Design } from './design.js'
import { ownStudy } from './study-folder.js'

/** How far a cell is, and its interruption. */
export interface CellEvents {
  readonly signal?: AbortSignal
  /** Told with the share of the cell that is done, in [0, 1], and of what it is a share. */
  onProgress?(done: number, phase: 'training' | 'explaining'): void
  onNote?: TrainingEvents['onNote']
}

/** The training of a cell takes most of its time. */
const TRAINING_SHARE = 0.8

/**
 * Trains the network of a cell, or goes on where that was interrupted.
 *
 * @returns null when it was interrupted; what was trained is kept
 */
export async function trainCell(
  cell: Cell,
  { signal, onProgress, onNote }: CellEvents,
): Promise<Model | null> {
  const { plan, variant } = cell
  if (variant.untrainedGain !== undefined) return untrainedModel(plan, { gain: variant.untrainedGain })
  return trainOrLoad(plan, {
    signal,
    onNote,
    onBatch: ({ epoch, batch, batches }) =>
      onProgress?.((TRAINING_SHARE * (epoch + batch / batches)) / plan.training.epochs, 'training'),
  })
}

/**
 * Computes a cell and writes its result to the study's folder.
 *
 * @returns null when it was interrupted; what was trained is kept
 * @throws Error when the network cannot be trained or explained
 */
export async function computeCell(
  study: string,
  design: Design,
  cell: Cell,
  events: CellEvents = {},
): Promise<CellResult | null> {
  const started = performance.now()
  const model = await trainCell(cell, events)
  if (model === null) return null
  const trained = performance.now()
  const { name: backend } = await useBackend()
  const { result, sequences } = await explainCell(design, cell, model, backend, events)
  const seconds = (from: number, to: number) => Math.round(to - from) / 1000
  await writeCell(join(ownStudy(study), 'cells', cell.id), result, sequences, {
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    training: seconds(started, trained),
    evaluation: seconds(trained, performance.now()),
    finished: new Date().toISOString(),
  })
  return result
}

async function explainCell(
  design: Design,
  { id, choice, plan, variant, configuration }: Cell,
  model: Model,
  backend: string,
  { signal, onProgress }: CellEvents,
): Promise<{ readonly result: CellResult; readonly sequences: KeptSequences }> {
  const wanted = await Promise.all(design.methods.map(methodOf))
  const measures = await Promise.all(design.measures.map(measureOf))
  const { test } = await majority(plan.dataset, plan.problem)
  const which = evaluatedSequences(test.count, Math.min(design.limit, test.count), plan.problem.seed)
  const refused = await methodRefusals(model, test, wanted)
  const methods = wanted.filter((method) => !refused.some((one) => one.method === method.id))
  const target = variant.isControl ? 'prediction' : 'label'
  const begin = variant.untrainedGain === undefined ? TRAINING_SHARE : 0
  const found = await evaluateSequences(model, test, which, {
    methods,
    measures,
    target,
    evidence: 'logit',
    signal,
    onProgress: (done) => onProgress?.(begin + (1 - begin) * done, 'explaining'),
  })
  const chances = baselinesOf(measures, plan.problem)
  const codes = codesNow()
  const { history, bestEpoch, testAccuracy } = model.result
  const result: CellResult = {
    format: 1,
    id,
    choice,
    configuration,
    parameters: Object.values(model.parameters).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    checkpoint: parametersDigest(model.parameters),
    backend: model.result.backend || backend,
    validationAccuracy: history[bestEpoch]?.validationAccuracy ?? null,
    testAccuracy: Number.isNaN(testAccuracy) ? null : testAccuracy,
    explainedAccuracy: mean(found.correct),
    target,
    code: (await codes.driver).digest,
    rows: methods.flatMap((method) =>
      measures.map((measure) =>
        rowOf(method.id, measure.id, found.scores[method.id]![measure.id]!, chances[measure.id]!),
      ),
    ),
    refused,
  }
  return { result, sequences: keptOf(design, found, test, which) }
}

function rowOf(method: string, measure: string, scores: Float64Array, chance: number): ResultRow {
  const finite = scores.filter(Number.isFinite)
  const some = finite.length > 0
  return {
    method,
    measure,
    mean: some ? mean(finite) : null,
    spread: some ? standardDeviation(finite) : null,
    count: scores.length,
    missing: scores.length - finite.length,
    chance,
  }
}

/** The scores that are kept, whether predictions are correct, and which items are relevant, as the bits of a number. */
function keptOf(
  { kept }: Design,
  { correct, scores }: Awaited<ReturnType<typeof evaluateSequences>>,
  { relevant, itemsPerSequence: items }: Awaited<ReturnType<typeof majority>>['test'],
  which: Int32Array,
): KeptSequences {
  const bits = Float32Array.from(which, (s) => {
    const own = relevant.subarray(s * items, (s + 1) * items)
    return own.reduce((sum, flag, k) => sum + flag * 2 ** k, 0)
  })
  const found = kept.methods.flatMap((method) =>
    kept.measures.flatMap((measure) => {
      const values = scores[method]?.[measure]
      return values === undefined ? [] : [[`${method}/${measure}`, Float32Array.from(values)] as const]
    }),
  )
  return Object.fromEntries([
    ['sequence', Float32Array.from(which)],
    ['relevant', bits],
    ['correct', Float32Array.from(correct)],
    ...found,
  ])
}
