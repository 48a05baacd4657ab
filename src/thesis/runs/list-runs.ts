import { statSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean } from '../../values/nearest-name.js'
import { namesIn } from '../leftovers/leftover.js'
import { ownCheckpoints, shippedCheckpoints } from '../models/checkpoint-folders.js'
import { readRun } from './read-run.js'
import type { Run } from './run.js'

/** Which runs are meant; by default all. */
export interface RunFilter {
  /** The id of their network. */
  readonly network?: string
  /** The id of their dataset. */
  readonly dataset?: string
}

/**
 * All trainings, shipped ones first: finished, interrupted and those that run now.
 *
 * @param filter ids; a network or dataset of which there is no run gives none
 * @example
 * const runs = listRuns({ network: 'r-lstm', dataset: 'mnist-maj' })
 * runs.map(({ id, status, testAccuracy }) => ({ id, status, testAccuracy }))
 */
export function listRuns({ network, dataset }: RunFilter = {}): Run[] {
  const all = [runsIn(shippedCheckpoints(), true), runsIn(ownCheckpoints(), false)].flat()
  return all.filter(
    ({ configuration }) =>
      (network === undefined || configuration?.network === network) &&
      (dataset === undefined || configuration?.dataset === dataset),
  )
}

function runsIn(parent: string, isShipped: boolean): Run[] {
  return namesIn(parent)
    .map((name) => join(parent, name))
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    .map((folder) => readRun(folder, isShipped))
}

/**
 * The run that a name means: its id, the address at its end, or any beginning of either that no other run has.
 *
 * @throws Error naming the runs that it could be, or those there are
 * @example
 * const [first] = listRuns()
 * findRun(first.id.slice(-12)).id === first.id // true
 */
export function findRun(name: string, runs: readonly Run[] = listRuns()): Run {
  const exact = runs.filter(({ id }) => id === name)
  const begun = runs.filter(({ id }) => id.startsWith(name) || addressIn(id).startsWith(name))
  const [found, ...others] = exact.length > 0 ? exact : begun
  const ids = (some: readonly Run[]) => some.map(({ id }) => id).join(', ')
  if (found === undefined || name === '') {
    const near = didYouMean(
      name,
      runs.map(({ id }) => id),
    )
    throw new Error(`there is no run '${name}'${near}; ${thereAre(runs)}`)
  }
  if (others.length > 0) throw new Error(`'${name}' could be ${ids([found, ...others])}; name more of it`)
  return found
}

function thereAre(runs: readonly Run[]): string {
  if (runs.length === 0) return 'there are none'
  return runs.length > 8
    ? `npm run runs lists the ${runs.length} there are`
    : `there are ${runs.map(({ id }) => id).join(', ')}`
}

/** The address at the end of an id. */
export const addressIn = (id: string): string => id.slice(id.lastIndexOf('-') + 1)
