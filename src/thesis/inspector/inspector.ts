import { inspectorFigure } from '../../figures/drawings/inspector-figure.js'
import type { Figure } from '../../figures/kit/figure.js'
import { shortOf, titleOf } from '../../values/registry.js'
import { inspect } from './inspect.js'
import { inspectionText } from './inspection-text.js'
import { type Inspectable, type InspectorSource, inspectable, known } from './inspector-source.js'
import { type WrongPredictions, wrongPredictions } from './wrong-predictions.js'

/** What the inspector shows. */
export interface InspectorChoice {
  /** The position among the test sequences. */
  readonly sequence: number
  /** Whether going on to the next sequence skips those that the network predicts rightly. */
  readonly onlyWrong: boolean
  /** By id. */
  readonly dataset: string
  /** By id. */
  readonly network: string
  /** `label`, `prediction` or the number of a class. */
  readonly target: string
  /** By id. */
  readonly methods: readonly string[]
  /** By id. */
  readonly measure: string
}

/**
 * The relevance inspector: the controls of what `explore` of the notebook folder asks the reader, the first choice, and the drawing of
 * a choice.
 *
 * @throws Error where there is no such value; RangeError when two values of a kind have one id; what loading the test sequences throws
 * @example
 * const { controls, choice, draw } = await relevanceInspector({ datasets: ['mnist-maj'], models: [mine], methods: [steepness, 'deepTaylor'] })
 * await explore({ controls, choice: choice({ network: 'mine' }), draw })
 */
export async function relevanceInspector(source: InspectorSource) {
  const values = await inspectable(source)
  return {
    controls: controlsOf(values),
    /** What is chosen at first; throws a RangeError where it is told of something that cannot be chosen. */
    choice: (wanted: Partial<InspectorChoice> = {}): InspectorChoice => firstChoice(values, wanted),
    async draw(choice: InspectorChoice, signal?: AbortSignal): Promise<{ text: string; figure: Figure }> {
      const { dataset, network, sequence, target, methods, measure } = choice
      const test = values.testOf(dataset)
      const inspection = await inspect(await values.modelOf(dataset, network), test, sequence, {
        methods: methods.map((id) => known('method', values.methods, id)),
        measure: known('measure', values.measures, measure),
        target: targetOf(target),
        signal,
      })
      return { text: inspectionText(inspection), figure: inspectorFigure(inspection) }
    },
  }
}

function firstChoice(values: Inspectable, wanted: Partial<InspectorChoice>): InspectorChoice {
  const first = (of: ReadonlyMap<string, unknown>): string => [...of.keys()][0]!
  const choice: InspectorChoice = {
    sequence: 0,
    onlyWrong: false,
    dataset: first(values.datasets),
    network: first(values.networks),
    target: 'label',
    methods: [...values.methods.keys()].slice(0, 3),
    measure: first(values.measures),
    ...wanted,
  }
  known('dataset', values.datasets, choice.dataset)
  known('architecture', values.networks, choice.network)
  known('measure', values.measures, choice.measure)
  for (const id of choice.methods) known('method', values.methods, id)
  return choice
}

function controlsOf(values: Inspectable) {
  const { datasets, networks, methods, measures, testOf } = values
  const searches = new Map<string, WrongPredictions>()
  async function nextWrong(choice: InspectorChoice, by: 1 | -1): Promise<number | null> {
    const { dataset, network, sequence } = choice
    const address = `${dataset} ${network}`
    const search =
      searches.get(address) ?? wrongPredictions(await values.modelOf(dataset, network), testOf(dataset))
    searches.set(address, search)
    return search.next(sequence, by)
  }
  const most = Math.max(...[...datasets.keys()].map((id) => testOf(id).classes))
  return {
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
      options: () => [...datasets.keys()].map((id) => ({ value: id, label: titleOf('dataset', id) })),
    },
    network: {
      kind: 'one' as const,
      label: 'Network',
      options: () => [...networks.keys()].map((id) => ({ value: id, label: titleOf('architecture', id) })),
    },
    target: {
      kind: 'one' as const,
      label: 'Explain',
      // The values stay the same from dataset to dataset, so that a choice stays what it was.
      options: ({ dataset }: InspectorChoice) => [
        { value: 'label', label: 'the label' },
        { value: 'prediction', label: 'the prediction' },
        ...Array.from({ length: most }, (_, k) => ({
          value: String(k),
          label: k < testOf(dataset).classes ? `class ${datasets.get(dataset)!.classes[k]}` : `no class ${k}`,
        })),
      ],
    },
    methods: {
      kind: 'several' as const,
      label: 'Methods',
      options: [...methods.keys()].map((id) => ({ value: id, label: shortOf('method', id) })),
    },
    measure: {
      kind: 'one' as const,
      label: 'Measure',
      options: () => [...measures.keys()].map((id) => ({ value: id, label: titleOf('measure', id) })),
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
