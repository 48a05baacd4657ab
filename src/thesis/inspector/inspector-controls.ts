import type { HeatmapScale } from '../../figures/drawings/heatmap-scale.js'
import { shortOf, titleOf } from '../../values/registry.js'
import type { InspectorChoice } from './inspector-choice.js'
import type { Inspectable } from './inspector-source.js'
import { choiceOfNetwork, networkOfChoice } from './network-choice.js'
import { type WrongPredictions, wrongPredictions } from './wrong-predictions.js'

/** The colour scales there are to choose. */
export const SCALES: readonly { readonly value: HeatmapScale; readonly label: string }[] = [
  { value: 'map', label: 'a scale for each map' },
  { value: 'method', label: 'a scale for each method' },
  { value: 'figure', label: 'one scale for all' },
]

/** A control for every value of the inspector's choice. */
export function inspectorControls(values: Inspectable) {
  const { datasets, networks, methods, measures, testOf } = values
  const searches = new Map<string, WrongPredictions>()
  async function nextWrong(choice: InspectorChoice, by: 1 | -1): Promise<number | null> {
    const { dataset, network, sequence } = choice
    const address = `${dataset} ${network}`
    const model = await values.modelOf(dataset, networkOfChoice(network))
    const search = searches.get(address) ?? wrongPredictions(model, testOf(dataset))
    searches.set(address, search)
    return search.next(sequence, by)
  }
  const most = Math.max(...[...datasets.keys()].map((id) => testOf(id).classes))
  const networkOptions = [false, true].flatMap((isUntrained) =>
    [...networks.keys()].map((id) => ({
      value: choiceOfNetwork({ id, isUntrained }),
      label: `${titleOf('architecture', id)}${isUntrained ? ', untrained' : ''}`,
    })),
  )
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
    network: { kind: 'one' as const, label: 'Network', options: () => networkOptions },
    beside: {
      kind: 'one' as const,
      label: 'Beside it',
      options: () => [{ value: 'none', label: 'no other' }, ...networkOptions],
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
    measure: {
      kind: 'one' as const,
      label: 'Measure',
      options: () => [...measures.keys()].map((id) => ({ value: id, label: titleOf('measure', id) })),
    },
    scale: { kind: 'one' as const, label: 'Colours', options: () => SCALES },
    methods: {
      kind: 'several' as const,
      label: 'Methods',
      options: [...methods.keys()].map((id) => ({ value: id, label: shortOf('method', id) })),
    },
  }
}
