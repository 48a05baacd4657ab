import { bestValidation, type Run, type RunStatus } from './run.js'
import { type Changes, changesText, type KnownValues, runChanges } from './run-changes.js'

/** A line of the table of trainings. */
export interface RunRow {
  readonly id: string
  readonly dataset: string | null
  readonly network: string | null
  /** Which recipe it is by; null where it is by none. */
  readonly recipe: string | null
  /** What differs from the default recipe. */
  readonly changes: Changes
  readonly status: RunStatus
  readonly isShipped: boolean
  /** Whole epochs that are done, and how many there are to be. */
  readonly epochs: number
  readonly plannedEpochs: number | null
  /** In [0, 1]. */
  readonly validationAccuracy: number | null
  readonly testAccuracy: number | null
  /** When its files were last written, as ISO 8601. */
  readonly date: string
  readonly bytes: number
  readonly folder: string
}

/**
 * Trainings as rows for a table or a file.
 *
 * @example
 * runRows(listRuns(), await knownValues())
 */
export const runRows = (runs: readonly Run[], known: KnownValues): RunRow[] =>
  runs.map((run) => {
    const { id, configuration, status, isShipped, history, testAccuracy, date, bytes, folder } = run
    return {
      id,
      dataset: configuration?.dataset ?? null,
      network: configuration?.network ?? null,
      ...comparedOf(run, known),
      status,
      isShipped,
      epochs: history.length,
      plannedEpochs: configuration?.training?.epochs ?? null,
      validationAccuracy: bestValidation(run),
      testAccuracy,
      date: date.toISOString(),
      bytes,
      folder,
    }
  })

/** A configuration of an earlier format is only named. */
function comparedOf({ configuration }: Run, known: KnownValues): Pick<RunRow, 'recipe' | 'changes'> {
  if (configuration?.format !== 2) return { recipe: null, changes: {} }
  return runChanges(configuration, known)
}

/** The same without anything inside a field, for files that hold a table: changes are one text. */
export const plainRows = (
  rows: readonly RunRow[],
): (Omit<RunRow, 'changes'> & { readonly changes: string })[] =>
  rows.map(({ changes, ...row }) => ({ ...row, changes: changesText(changes) }))
