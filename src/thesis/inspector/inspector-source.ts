import type { Architecture } from '../../architectures/architecture.js'
import type { Dataset } from '../../data/dataset.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { Measure } from '../../evaluation/measure.js'
import type { Method } from '../../explanation/method.js'
import { inOrder, type Kind } from '../../values/registry.js'
import { checkDistinct } from '../evaluation/check-distinct.js'
import { majority } from '../models/majority.js'
import { loadModel } from '../models/model.js'
import type { Model } from '../models/model-value.js'
import { recipeOf } from '../models/recipes.js'
import { untrainedModel } from '../models/untrained.js'
import { discover } from '../values/discover.js'
import { NOUN } from '../values/kinds.js'
import { architectureOf, datasetOf, measureOf, methodOf } from '../values/value-of.js'
import { choiceOfNetwork, type NetworkChoice } from './network-choice.js'

/** What can be inspected: values, or their ids or files. */
export interface InspectorSource {
  /** Default: those of the models, else all that are shipped or found. */
  readonly datasets?: readonly (string | Dataset)[]
  /** Default: all that are shipped or found, and those of the models. */
  readonly networks?: readonly (string | Architecture)[]
  /** Default: all that are shipped or found. */
  readonly methods?: readonly (string | Method)[]
  /** Default: all that are shipped or found. */
  readonly measures?: readonly (string | Measure)[]
  /** Models that were trained in this process, or otherwise than by their recipes. */
  readonly models?: readonly Model[]
  /** Loads a network once. Default: the one of the models, else the checkpoint of its recipe. */
  load?(dataset: Dataset, network: Architecture): Promise<Model>
  /** Loads test sequences once. Default: those of the problem of the dataset's models, else of the thesis's. */
  test?(dataset: Dataset): Promise<MajoritySequences>
}

/** What can be inspected, as values by id in the order of the catalogue. */
export interface Inspectable {
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly networks: ReadonlyMap<string, Architecture>
  readonly methods: ReadonlyMap<string, Method>
  readonly measures: ReadonlyMap<string, Measure>
  /** The test sequences of a dataset. */
  testOf(dataset: string): MajoritySequences
  /** The model of a network on a dataset, trained or not, which is loaded once. */
  modelOf(dataset: string, network: NetworkChoice): Promise<Model>
  /** Whether the models and test sequences of a dataset are those of its recipes, as any other notebook loads them. */
  isByRecipe(dataset: string): boolean
}

/**
 * Turns what an inspector is given into values, and loads the test sequences.
 *
 * @throws Error where there is no such value; RangeError when two values of a kind have one id, or there is nothing of a kind; what
 *   loading the test sequences throws
 */
export async function inspectable(source: InspectorSource): Promise<Inspectable> {
  const { models = [] } = source
  const trained = [...new Set(models.map(({ architecture }) => architecture))]
  const theirs = [...new Set(models.map(({ dataset }) => dataset))]
  const datasets = await valuesOf(
    'dataset',
    source.datasets ?? (theirs.length > 0 ? theirs : await discover('dataset')),
    datasetOf,
  )
  const networks = await valuesOf(
    'architecture',
    source.networks ?? withOwn(await discover('architecture'), trained),
    architectureOf,
  )
  const methods = await valuesOf('method', source.methods ?? (await discover('method')), methodOf)
  const measures = await valuesOf('measure', source.measures ?? (await discover('measure')), measureOf)
  const tests = new Map<string, MajoritySequences>()
  for (const dataset of datasets.values())
    tests.set(dataset.id, await (source.test?.(dataset) ?? defaultTest(dataset, models)))
  const loaded = new Map<string, Promise<Model>>()
  return {
    datasets,
    networks,
    methods,
    measures,
    testOf: (dataset) => known('dataset', tests, dataset),
    isByRecipe: (dataset) =>
      !source.load && !source.test && !models.some((model) => model.dataset === datasets.get(dataset)),
    async modelOf(dataset, network) {
      const [images, architecture] = [
        known('dataset', datasets, dataset),
        known('architecture', networks, network.id),
      ]
      const key = `${dataset} ${choiceOfNetwork(network)}`
      const found =
        loaded.get(key) ??
        (network.isUntrained
          ? loadUntrained(source, images, architecture)
          : load(source, images, architecture))
      loaded.set(key, found)
      // A network that is trained later can be inspected then.
      found.catch(() => loaded.delete(key))
      return found
    },
  }
}

/** The value of an id; throws a RangeError listing the ids there are. */
export function known<Value>(kind: Kind, values: ReadonlyMap<string, Value>, id: string): Value {
  const found = values.get(id)
  if (found === undefined)
    throw new RangeError(`${NOUN[kind]} is '${id}'; there are ${[...values.keys()].join(', ')}`)
  return found
}

/** What the catalogue has, without what a model's network of the same id stands for. */
const withOwn = (all: readonly Architecture[], own: readonly Architecture[]): Architecture[] => [
  ...all.filter((shipped) => own.every((one) => one === shipped || one.id !== shipped.id)),
  ...own.filter((one) => !all.includes(one)),
]

async function valuesOf<Value extends { readonly id: string }>(
  kind: Kind,
  given: readonly (string | Value)[],
  of: (given: string | Value) => Promise<Value>,
): Promise<ReadonlyMap<string, Value>> {
  const values = [...new Set(await Promise.all(given.map(of)))]
  if (values.length === 0) throw new RangeError(`there is no ${NOUN[kind]} to choose; at least one is needed`)
  checkDistinct(kind, values)
  const byId = new Map(values.map((value) => [value.id, value]))
  return new Map(inOrder(kind, byId.keys()).map((id) => [id, byId.get(id)!]))
}

async function defaultTest(dataset: Dataset, models: readonly Model[]): Promise<MajoritySequences> {
  const model = models.find((one) => one.dataset === dataset)
  return (await majority(dataset, model?.configuration.problem)).test
}

const ownModel = (source: InspectorSource, dataset: Dataset, network: Architecture): Model | undefined =>
  source.models?.find((one) => one.dataset === dataset && one.architecture === network)

async function load(source: InspectorSource, dataset: Dataset, network: Architecture): Promise<Model> {
  const own = ownModel(source, dataset, network)
  return own ?? source.load?.(dataset, network) ?? loadModel(dataset, network)
}

/** The network before the training of the model that is loaded, or of its recipe. */
async function loadUntrained(
  source: InspectorSource,
  dataset: Dataset,
  network: Architecture,
): Promise<Model> {
  const trained = ownModel(source, dataset, network) ?? (await source.load?.(dataset, network))
  if (!trained) return untrainedModel(await recipeOf(dataset, network))
  const { problem, units, training } = trained.configuration
  return untrainedModel({ architecture: network, dataset, problem, units, training })
}
