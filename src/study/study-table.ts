import { type CellResult, type CellRun, readResult, readRun, readSequences } from './cell-result.js'
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

/** The kept scores of single sequences of all finished cells, cell by cell. */
export async function* sequenceRows(
  study: string,
  cells: readonly ListedCell[],
): AsyncGenerator<readonly SequenceRow[]> {
  for (const cell of cells) {
    const folder = finishedCell(study, cell.id)
    if (folder === null) continue
    const { choice, configuration } = await readResult(folder)
    const { sequence, relevant, correct, ...scores } = await readSequences(folder)
    if (sequence === undefined) continue
    const { items } = configuration.problem
    const flags = (bits: number) =>
      Array.from({ length: items }, (_, k) => Math.floor(bits / 2 ** k) % 2).join('')
    yield Object.entries(scores).flatMap(([name, values]) => {
      const [method, measure] = name.split('/') as [string, string]
      return Array.from(
        values,
        (score, i): SequenceRow => ({
          dataset: configuration.dataset,
          network: configuration.network,
          variant: choice.variant,
          seed: choice.seed,
          fold: choice.fold === undefined ? null : choice.fold.index + 1,
          method,
          measure,
          sequence: sequence[i]!,
          relevant: flags(relevant![i]!),
          correct: correct![i] === 1,
          score,
        }),
      )
    })
  }
}
