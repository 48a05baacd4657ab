import type { TrainingRow } from '../../figures/charts/training-row.js'
import { titleOf } from '../../values/registry.js'
import { findCheckpoint } from '../models/checkpoint-folders.js'
import { addressIn } from './list-runs.js'
import { readRun } from './read-run.js'
import type { Run } from './run.js'
import { type Changes, changesText, type KnownValues, runChanges } from './run-changes.js'

/**
 * The epochs of several trainings for the training figure, which overlays them; phases that one started from come first where they are
 * kept.
 *
 * @throws Error naming a run that has no whole epoch yet
 * @example
 * const runs = listRuns({ network: 'deep', dataset: 'mnist-maj' }).filter(({ history }) => history.length > 0)
 * trainingFigure(runCurves(runs, await knownValues()))
 */
export function runCurves(runs: readonly Run[], known: KnownValues): TrainingRow[] {
  const empty = runs.find(({ history }) => history.length === 0)
  if (empty) throw new Error(`${empty.id} has no whole epoch yet, and no curve`)
  const names = runNames(runs, known)
  return runs.flatMap((run, i) => curveOf(run).map((row) => ({ ...row, run: names[i]! })))
}

function curveOf(run: Run): TrainingRow[] {
  const phases = phasesBefore(run)
  const rows: TrainingRow[] = []
  for (const [phase, { history }] of [...phases, run].entries()) {
    const before = rows.length
    for (const row of history)
      rows.push({ ...row, epoch: before + row.epoch + 1, dataset: run.configuration?.dataset ?? '', phase })
  }
  return rows
}

function phasesBefore({ configuration }: Run): Run[] {
  const folder = configuration?.start && findCheckpoint(configuration.start)
  if (!folder) return []
  const start = readRun(folder, false)
  return [...phasesBefore(start), start]
}

/** What tells each run from the others: its network where that does, with its dataset or its changes where these do, or its address. */
function runNames(runs: readonly Run[], known: KnownValues): string[] {
  const parts = runs.map(({ id, configuration }) => ({
    network: configuration?.network ?? id,
    dataset: configuration?.dataset ?? '',
    changes: configuration?.format === 2 ? runChanges(configuration, known).changes : {},
    address: addressIn(id),
  }))
  const title = (network: string) => titleOf('architecture', network)
  const candidates = [
    parts.map(({ network }) => network),
    parts.map(({ network, dataset }) => `${title(network)}, ${titleOf('dataset', dataset)}`),
    parts.map(({ network, changes }) =>
      [title(network), changesText(own(changes, parts))].filter(Boolean).join(', '),
    ),
    parts.map(({ network, address }) => `${title(network)} ${address.slice(0, 6)}`),
  ]
  const isDistinct = (names: readonly string[]) => new Set(names).size === names.length
  return candidates.find((names) => isDistinct(names) && names.every(isShort)) ?? runs.map(({ id }) => id)
}

const isShort = (name: string): boolean => name.length <= 60

/** Those of a run's changes that not all of the others have too. */
const own = (changes: Changes, all: readonly { readonly changes: Changes }[]): Changes =>
  Object.fromEntries(
    Object.entries(changes).filter(([name, value]) => all.some((other) => other.changes[name] !== value)),
  )
