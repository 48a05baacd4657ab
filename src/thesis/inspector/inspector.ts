import type { MajoritySequences } from '../../data/majority.js'
import { method, methods } from '../../explanation/index.js'
import { inspectorFigure } from '../../figures/drawings/inspector-figure.js'
import type { Figure } from '../../figures/kit/figure.js'
import { datasetName, methodName, NETWORKS, networkName } from '../../figures/kit/names.js'
import { className } from '../class-names.js'
import { type DatasetName, THESIS_PROBLEM } from '../models/configuration.js'
import { loadModel } from '../models/model.js'
import { recipe } from '../models/recipes.js'
import { sequencesOf } from '../models/sequences.js'
import type { Model } from '../models/training-run.js'
import { inspect } from './inspect.js'
import { inspectionText } from './inspection-text.js'
import { type WrongPredictions, wrongPredictions } from './wrong-predictions.js'

/** What the inspector shows. */
export interface InspectorChoice {
  /** The position among the test sequences. */
  readonly sequence: number
  /** Whether going on to the next sequence skips those that the network predicts rightly. */
  readonly onlyWrong: boolean
  readonly dataset: DatasetName
  readonly network: string
  /** `label`, `prediction` or the number of a class. */
  readonly target: string
  /** Methods by name. */
  readonly methods: readonly string[]
}

/** What can be inspected. */
export interface InspectorSource {
  readonly datasets: readonly DatasetName[]
  /** All networks of the thesis unless told. */
  readonly networks?: readonly string[]
  /** Loads a network once; the shipped checkpoints unless told. */
  load?(dataset: DatasetName, network: string): Promise<Model>
  /** Loads test sequences once; those of the thesis unless told. */
  test?(dataset: DatasetName): Promise<MajoritySequences>
}

const shipped = {
  load: (dataset: DatasetName, network: string) => loadModel(recipe(dataset, network)),
  test: async (dataset: DatasetName) => (await sequencesOf(dataset, THESIS_PROBLEM)).test,
}

/**
 * The relevance inspector: the controls of what `explore` of the notebook folder asks the reader, and the drawing of a choice.
 *
 * @throws what loading the test sequences throws
 */
export async function relevanceInspector(source: InspectorSource) {
  const { datasets, networks = NETWORKS, load = shipped.load, test = shipped.test } = source
  const sequences = new Map<string, MajoritySequences>()
  for (const dataset of datasets) sequences.set(dataset, await test(dataset))
  const models = new Map<string, Promise<Model>>()
  const searches = new Map<string, WrongPredictions>()

  const testOf = (dataset: string): MajoritySequences => {
    const found = sequences.get(dataset)
    if (found === undefined) throw new RangeError(`dataset is ${dataset}; there are ${datasets.join(', ')}`)
    return found
  }
  const modelOf = ({ dataset, network }: InspectorChoice): Promise<Model> => {
    const known = models.get(`${dataset} ${network}`) ?? load(dataset, network)
    models.set(`${dataset} ${network}`, known)
    return known
  }
  async function nextWrong(choice: InspectorChoice, by: 1 | -1): Promise<number | null> {
    const address = `${choice.dataset} ${choice.network}`
    const search = searches.get(address) ?? wrongPredictions(await modelOf(choice), testOf(choice.dataset))
    searches.set(address, search)
    return search.next(choice.sequence, by)
  }

  return {
    controls: {
      sequence: {
        kind: 'number' as const,
        label: 'Test sequence',
        last: ({ dataset }: InspectorChoice) => testOf(dataset).count - 1,
        async move(choice: InspectorChoice, by: 1 | -1): Promise<number | null> {
          if (choice.onlyWrong) return nextWrong(choice, by)
          const next = choice.sequence + by
          return next >= 0 && next < testOf(choice.dataset).count ? next : null
        },
      },
      onlyWrong: { kind: 'flag' as const, label: 'step through wrong predictions only' },
      dataset: {
        kind: 'one' as const,
        label: 'Dataset',
        options: () => datasets.map((id) => ({ value: id, label: datasetName(id) })),
      },
      network: {
        kind: 'one' as const,
        label: 'Network',
        options: () => networks.map((id) => ({ value: id, label: networkName(id) })),
      },
      target: {
        kind: 'one' as const,
        label: 'Explain',
        options: ({ dataset }: InspectorChoice) => [
          { value: 'label', label: 'the label' },
          { value: 'prediction', label: 'the prediction' },
          ...Array.from({ length: testOf(dataset).classes }, (_, k) => ({
            value: String(k),
            label: `class ${className(dataset, k)}`,
          })),
        ],
      },
      methods: {
        kind: 'several' as const,
        label: 'Methods',
        options: methods.map(({ id }) => ({ value: id, label: methodName(id) })),
      },
    },
    async draw(choice: InspectorChoice, signal?: AbortSignal): Promise<{ text: string; figure: Figure }> {
      const inspection = await inspect(await modelOf(choice), testOf(choice.dataset), choice.sequence, {
        methods: choice.methods.map(method),
        target: targetOf(choice.target),
        signal,
      })
      return { text: inspectionText(inspection), figure: inspectorFigure(inspection) }
    },
  }
}

/** @throws RangeError when it is neither a role nor a class */
function targetOf(target: string): 'label' | 'prediction' | number {
  if (target === 'label' || target === 'prediction') return target
  if (!/^\d+$/.test(target))
    throw new RangeError(`target is "${target}"; it must be label, prediction or the number of a class`)
  return Number(target)
}
