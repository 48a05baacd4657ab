import type { Measure } from '../../evaluation/measure.js'
import type { Method } from '../../explanation/method.js'
import type { Model } from '../models/model-value.js'
import type { Plan } from '../models/plan.js'
import { type EvaluateModelsOptions, evaluateAll } from './evaluate-models.js'
import type { ModelEvaluation } from './evaluation.js'
import { type Addressed, type Codes, codesNow, keyOf } from './evaluation-address.js'
import { type EvaluationRequest, evaluationRequest } from './evaluation-request.js'
import { type KeptScores, keepScores, keptScores } from './kept-scores.js'

/** A file system's clock may be this much behind the process's, in milliseconds. */
const CLOCKS_APART = 50

/** Of which sequences, and of which class of each, scores are. */
type What = Parameters<typeof keyOf>[3]

/** The scores of a model by one method and one measure, and where they are kept. */
interface Cell {
  readonly method: Method
  readonly measure: Measure
  /** Null where they cannot be kept. */
  readonly addressed: Addressed | null
  known: KeptScores | null
}

/**
 * As `evaluateModels`, but scores of unchanged models, methods and measures are read from `results/evaluation`, so that a cell that is
 * run again answers in a moment.
 *
 * They are kept by everything that determines them: the model's configuration and parameters, the problem, the images, the code of the
 * method and the measure, and the code between. Scores by a method or measure that was made in a cell are computed each time, and so
 * is everything from a file that was edited after its code was loaded.
 */
export async function evaluateModelsOnce(
  models: readonly (Plan | Model)[],
  options: EvaluateModelsOptions,
): Promise<ModelEvaluation[]> {
  const asked = Date.now()
  const request = await evaluationRequest(models, options)
  const what: What = { limit: options.limit, target: request.target, evidence: request.evidence }
  const lines: { readonly model: Model; readonly cells: Cell[] }[] = []
  const codes = codesNow()
  for (const model of request.models) lines.push({ model, cells: await cellsOf(model, request, what, codes) })
  const missing = lines.filter(({ cells }) => cells.some(({ known }) => known === null))
  await evaluateAll(
    missing.map(({ model, cells }) => ({
      model,
      target: request.target,
      evidence: request.evidence,
      ...lacking(cells),
    })),
    {
      ...options,
      // Kept one by one: what is finished when another fails or the run is interrupted need not be done again.
      onEvaluation: async (index, evaluation, here) => {
        // A worker loads the code after it was asked for; this process did as it started or later.
        const loaded = here ? performance.timeOrigin : asked
        const { model, cells } = missing[index]!
        const codes = codesNow()
        for (const cell of cells)
          await complete(cell, evaluation, () => isUnchanged(model, cell, what, loaded, codes))
      },
    },
  )
  return lines.map((line) => evaluationOf(line, request))
}

/** What is known of a model's scores. */
const cellsOf = (
  model: Model,
  { methods, measures }: EvaluationRequest,
  what: What,
  codes: Codes,
): Promise<Cell[]> =>
  Promise.all(
    methods.flatMap((method) =>
      measures.map(async (measure): Promise<Cell> => {
        const addressed = await keyOf(model, method, measure, what, codes)
        return { method, measure, addressed, known: addressed && (await keptScores(addressed.key)) }
      }),
    ),
  )

/** The methods and measures by which a model has still to be evaluated. */
function lacking(cells: readonly Cell[]): Omit<EvaluationRequest, 'models' | 'target' | 'evidence'> {
  const unknown = cells.filter(({ known }) => known === null)
  return {
    methods: [...new Set(unknown.map(({ method }) => method))],
    measures: [...new Set(unknown.map(({ measure }) => measure))],
  }
}

/** Takes a cell's scores from an evaluation, and keeps them where they are those of the key. */
async function complete(
  cell: Cell,
  { correct, scores, baselines }: ModelEvaluation,
  isSafe: () => Promise<boolean>,
): Promise<void> {
  const found = scores[cell.method.id]?.[cell.measure.id]
  if (found === undefined || cell.known !== null) return
  cell.known = { correct, scores: found, baseline: baselines[cell.measure.id]! }
  if (cell.addressed !== null && (await isSafe())) await keepScores(cell.addressed.key, cell.known)
}

/** Whether the code that gave some scores is that of their key: none of its files was changed since it was loaded. */
async function isUnchanged(
  model: Model,
  { method, measure }: Cell,
  what: What,
  loaded: number,
  codes: Codes,
): Promise<boolean> {
  const now = await keyOf(model, method, measure, what, codes)
  return now !== null && now.changed < loaded - CLOCKS_APART
}

function evaluationOf(
  { model, cells }: { readonly model: Model; readonly cells: readonly Cell[] },
  { methods, measures }: EvaluationRequest,
): ModelEvaluation {
  const { dataset, network } = model.configuration
  const of = (method: Method, measure: Measure) =>
    cells.find((cell) => cell.method === method && cell.measure === measure)!.known!
  const scores = methods.map((method) => [
    method.id,
    Object.fromEntries(measures.map((measure) => [measure.id, of(method, measure).scores])),
  ])
  return {
    dataset,
    network,
    correct: cells[0]!.known!.correct,
    scores: Object.fromEntries(scores),
    baselines: Object.fromEntries(measures.map((measure) => [measure.id, of(methods[0]!, measure).baseline])),
  }
}
