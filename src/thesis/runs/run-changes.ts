import { stringify } from 'safe-stable-stringify'
import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { Units } from '../../network/geometry.js'
import { type ModelConfiguration, modelAddress } from '../models/configuration.js'
import type { Plan } from '../models/plan.js'
import { type Problem, problemOf, THESIS_PROBLEM } from '../models/problem.js'
import { DEFAULT_TRAINING, phasesOf, recipe, shuffledRecipe } from '../models/recipes.js'
import { discover } from '../values/discover.js'

/** Values by the names that `npm run train` and notebooks know them by, such as `epochs` and `units.hidden`. */
export type Changes = Readonly<Record<string, string | number | boolean>>

/** In what a training differs from the recipes. */
export interface RunChanges {
  /** Which recipe it is by: the network's own, one of its phases, that of a control, or none. */
  readonly recipe: string | null
  /** What differs from the default recipe; nothing where it is by a recipe. */
  readonly changes: Changes
}

/** The values that configurations are compared with. */
export interface KnownValues {
  readonly architectures: readonly Architecture[]
  readonly datasets: readonly Dataset[]
}

/** Networks and datasets that are shipped or found. */
export const knownValues = async (): Promise<KnownValues> => ({
  architectures: await discover('architecture'),
  datasets: await discover('dataset'),
})

/**
 * In what a training differs from the recipes: nothing where it is by one, and else all that `npm run train` was told or would have to be.
 * Sizes of a network or a dataset that is neither shipped nor found are not compared, since their own are not known.
 *
 * @example
 * runChanges(model.configuration, await knownValues()).recipe // 'own'
 */
export function runChanges(configuration: ModelConfiguration, known: KnownValues): RunChanges {
  const dataset = known.datasets.find(({ id }) => id === configuration.dataset)
  const network = known.architectures.find(({ id }) => id === configuration.network)
  const name = dataset && network ? recipeName(configuration, dataset, network) : null
  if (name !== null) return { recipe: name, changes: {} }
  return { recipe: null, changes: changesOf(configuration, dataset, network) }
}

function recipeName(
  configuration: ModelConfiguration,
  dataset: Dataset,
  network: Architecture,
): string | null {
  const own = stringify(choices(configuration))
  const phases = phasesOf(recipe(dataset, network))
  const phase = phases.findIndex((plan) => stringify(choices(plan)) === own)
  if (phase >= 0) return phase === phases.length - 1 ? 'own' : `phase ${phase + 1} of ${phases.length}`
  return stringify(choices(shuffledRecipe(dataset, network))) === own ? 'control' : null
}

/** What somebody chose, of a plan as of a configuration. */
function choices({ problem, units, training, sequences, labels, start }: ModelConfiguration | Plan): object {
  return { problem, units, training, sequences, labels, start: start && choices(start) }
}

function changesOf(
  { problem, units, training, sequences, labels, start }: ModelConfiguration,
  dataset: Dataset | undefined,
  network: Architecture | undefined,
): Changes {
  const { classes, stepColumns } = problem
  const usual = dataset ? problemOf(dataset, {}) : { ...THESIS_PROBLEM, classes, stepColumns }
  return {
    ...differing(withoutFold(problem), usual, (name) => (name === 'seed' ? 'problem.seed' : name)),
    ...(problem.fold ? { fold: `${problem.fold.index}/${problem.fold.of}` } : {}),
    ...(sequences === undefined ? {} : { sequences }),
    ...(labels === undefined ? {} : { labels }),
    ...differing(ofUnits(units), network ? ofUnits(network.units) : ofUnits(units)),
    ...differing(flat(training), flat(DEFAULT_TRAINING)),
    ...(start === undefined ? {} : { start: modelAddress(start) }),
  }
}

const withoutFold = ({ fold: _, ...problem }: Problem): Omit<Problem, 'fold'> => problem

const ofUnits = (units: Units): Changes =>
  Object.fromEntries(Object.entries(units).map(([layer, neurons]) => [`units.${layer}`, neurons]))

/** With what never stops early as 0, as `npm run train` writes it. */
const flat = ({ patience, ...training }: ModelConfiguration['training']): Changes => ({
  ...training,
  patience: patience ?? 0,
})

function differing(
  own: Readonly<Record<string, string | number | boolean>>,
  usual: object,
  rename: (name: string) => string = (name) => name,
): Changes {
  const wanted: Readonly<Record<string, unknown>> = { ...usual }
  return Object.fromEntries(
    Object.entries(own)
      .filter(([name, value]) => wanted[name] !== value)
      .map(([name, value]) => [rename(name), value]),
  )
}

/** Changes in one line, such as `epochs=5 units.hidden=64`. */
export const changesText = (changes: Changes): string =>
  Object.entries(changes)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
