import { type CellResult, type CellRun, readResult, readRun, readSequences } from './cell-result.js'
import { flagsOf } from './cell-scores.js'
import type { ListedCell } from './study.js'
import { finishedCell } from './study-folder.js'

/** One line of a study: how the explanations of one trained network by one method do by one measure. */
export interface StudyRow {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  readonly seed: number
  /** From 1; null where a fifth of the training images validates. */
  readonly fold: number | null
  readonly folds: number | null
  readonly items: number
  readonly method: string
  readonly measure: string
  readonly mean: number | null
  readonly spread: number | null
  readonly count: number
  readonly missing: number
  readonly chance: number
  readonly target: string
  readonly validation_accuracy: number | null
  readonly test_accuracy: number | null
  readonly explained_accuracy: number
  readonly parameters: number
  readonly epochs: number
  /** The whole configuration, as JSON. */
  readonly configuration: string
  readonly address: string
  readonly fingerprint: string
  readonly data: string
  readonly checkpoint: string
  readonly code: string
  readonly backend: string
  readonly processor: string | null
  readonly training_seconds: number | null
  readonly evaluation_seconds: number | null
}

/** The score of one sequence. */
export interface SequenceRow {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  readonly seed: number
  readonly fold: number | null
  readonly method: string
  readonly measure: string
  /** Its place among the test sequences of the seed. */
  readonly sequence: number
  /** Which items are relevant, from the left, e.g. 101. */
  readonly relevant: string
  readonly correct: boolean
  readonly score: number
}

/** The rows of all finished cells of a study, in the order of its cells, and which cells are missing. */
export async function studyRows(
  study: string,
  cells: readonly ListedCell[],
): Promise<{ readonly rows: StudyRow[]; readonly missing: readonly ListedCell[] }> {
  const rows: StudyRow[] = []
  const missing: ListedCell[] = []
  for (const cell of cells) {
    const folder = finishedCell(study, cell.id)
    if (folder === null) missing.push(cell)
    else rows.push(...rowsOf(await readResult(folder), await readRun(folder)))
  }
  return { rows, missing }
}

function rowsOf(result: CellResult, run: CellRun | null): StudyRow[] {
  const { choice, configuration } = result
  const about = {
    dataset: configuration.dataset,
    network: configuration.network,
    variant: choice.variant,
    seed: choice.seed,
    fold: choice.fold === undefined ? null : choice.fold.index + 1,
    folds: choice.fold?.of ?? null,
    items: configuration.problem.items,
  }
  const rest = {
    target: result.target,
    validation_accuracy: result.validationAccuracy,
    test_accuracy: result.testAccuracy,
    explained_accuracy: result.explainedAccuracy,
    parameters: result.parameters,
    epochs: configuration.training.epochs,
    configuration: JSON.stringify(configuration),
    address: result.id.split('-').at(-1)!,
    fingerprint: configuration.fingerprint,
    data: configuration.data,
    checkpoint: result.checkpoint,
    code: result.code,
    backend: result.backend,
    processor: run?.processor ?? null,
    training_seconds: run?.training ?? null,
    evaluation_seconds: run?.evaluation ?? null,
  }
  return result.rows.map(({ method, measure, mean, spread, count, missing, chance }) => ({
    ...about,
    ...{ method, measure, mean, spread, count, missing, chance },
    ...rest,
  }))
}

/** The columns of the kept scores of single sequences, of all finished cells, one after the other; there may be millions of them. */
export async function sequenceColumnsOf(
  study: string,
  cells: readonly ListedCell[],
): Promise<{ readonly [Name in keyof SequenceRow]: SequenceRow[Name][] }> {
  const all: { readonly [Name in keyof SequenceRow]: SequenceRow[Name][] } = {
    ...{ dataset: [], network: [], variant: [], seed: [], fold: [], method: [], measure: [] },
    ...{ sequence: [], relevant: [], correct: [], score: [] },
  }
  for (const cell of cells) {
    const folder = finishedCell(study, cell.id)
    if (folder === null) continue
    const result = await readResult(folder)
    const { choice, configuration } = result
    const { sequence, relevant, correct, ...scores } = await readSequences(folder, result)
    if (sequence === undefined) continue
    const fold = choice.fold === undefined ? null : choice.fold.index + 1
    const flags = Array.from(relevant!, (bits) => flagsOf(bits, configuration.problem.items))
    for (const [name, values] of Object.entries(scores)) {
      const [method, measure] = name.split('/') as [string, string]
      for (const [i, score] of values.entries()) {
        all.dataset.push(configuration.dataset)
        all.network.push(configuration.network)
        all.variant.push(choice.variant)
        all.seed.push(choice.seed)
        all.fold.push(fold)
        all.method.push(method)
        all.measure.push(measure)
        all.sequence.push(sequence[i]!)
        all.relevant.push(flags[i]!)
        all.correct.push(correct![i] === 1)
        all.score.push(score)
      }
    }
  }
  return all
}
