import type { HeatmapScale } from '../../figures/drawings/heatmap-scale.js'
import type { Inspection } from '../../figures/drawings/inspection.js'
import { inspectorFigure } from '../../figures/drawings/inspector-figure.js'
import type { Figure } from '../../figures/kit/figure.js'
import { inspect } from './inspect.js'
import { inspectionText } from './inspection-text.js'
import type { InspectorChoice } from './inspector-choice.js'
import { inspectorCode } from './inspector-code.js'
import { inspectorControls, SCALES } from './inspector-controls.js'
import { type Inspectable, type InspectorSource, inspectable, known } from './inspector-source.js'
import { networkOfChoice } from './network-choice.js'
import { recent } from './recent.js'

/** So many explained sequences are kept, so that going back takes no time. */
const KEPT = 40

/**
 * The relevance inspector: what `explore` of the notebook folder takes, with the first choice made by `choice`.
 *
 * @throws Error where there is no such value; RangeError when two values of a kind have one id; what loading the test sequences throws
 * @example
 * const inspector = await relevanceInspector({ datasets: ['mnist-maj'], models: [mine], methods: [steepness, 'deepTaylor'] })
 * await explore({ ...inspector, choice: inspector.choice({ network: 'mine' }) })
 */
export async function relevanceInspector(source: InspectorSource) {
  const values = await inspectable(source)
  const keep = recent<Inspection>(KEPT)
  async function inspected(choice: InspectorChoice, network: string, signal?: AbortSignal) {
    const { dataset, sequence, target, methods, measure } = choice
    const model = await values.modelOf(dataset, networkOfChoice(network))
    signal?.throwIfAborted()
    const key = JSON.stringify([dataset, network, sequence, target, methods, measure])
    return keep(key, () =>
      inspect(model, values.testOf(dataset), sequence, {
        methods: methods.map((id) => known('method', values.methods, id)),
        measure: known('measure', values.measures, measure),
        target: targetOf(target),
        signal,
      }),
    )
  }
  return {
    controls: inspectorControls(values),
    /** What is chosen at first; throws a RangeError where it is told of something that cannot be chosen. */
    choice: (wanted: Partial<InspectorChoice> = {}): InspectorChoice => firstChoice(values, wanted),
    async draw(choice: InspectorChoice, signal?: AbortSignal): Promise<{ text: string; figure: Figure }> {
      const { network, beside } = choice
      if (network === beside)
        throw new RangeError(`beside is '${beside}', the network itself; choose another, or none`)
      const scale = scaleOf(choice.scale)
      const inspections: Inspection[] = []
      for (const one of beside === 'none' ? [network] : [network, beside])
        inspections.push(await inspected(choice, one, signal))
      return {
        text: inspections.map(inspectionText).join('\n\n'),
        figure: inspectorFigure(inspections, { scale }),
      }
    },
    /** What the files of a choice are called. */
    fileName: ({ dataset, network, beside, sequence }: InspectorChoice): string =>
      ['inspector', dataset, sequence, network, ...(beside === 'none' ? [] : ['beside', beside])]
        .join('-')
        .replaceAll(':', '-'),
    /** The code of a notebook's cell that makes the figure of a choice again. */
    code: (choice: InspectorChoice): string => inspectorCode(values, choice),
  }
}

function firstChoice(values: Inspectable, wanted: Partial<InspectorChoice>): InspectorChoice {
  const first = (of: ReadonlyMap<string, unknown>): string => [...of.keys()][0]!
  const choice: InspectorChoice = {
    sequence: 0,
    onlyWrong: false,
    dataset: first(values.datasets),
    network: first(values.networks),
    beside: 'none',
    target: 'label',
    methods: [...values.methods.keys()].slice(0, 3),
    measure: first(values.measures),
    scale: 'map',
    ...wanted,
  }
  known('dataset', values.datasets, choice.dataset)
  known('architecture', values.networks, networkOfChoice(choice.network).id)
  if (choice.beside !== 'none') known('architecture', values.networks, networkOfChoice(choice.beside).id)
  known('measure', values.measures, choice.measure)
  for (const id of choice.methods) known('method', values.methods, id)
  targetOf(choice.target)
  scaleOf(choice.scale)
  const { sequence } = choice
  const last = values.testOf(choice.dataset).count - 1
  if (!(Number.isInteger(sequence) && sequence >= 0 && sequence <= last))
    throw new RangeError(`sequence is ${sequence}; there are 0 to ${last}`)
  return choice
}

/** @throws RangeError when it is neither a role nor a class */
function targetOf(target: string): 'label' | 'prediction' | number {
  if (target === 'label' || target === 'prediction') return target
  if (!/^\d+$/.test(target))
    throw new RangeError(`target is "${target}"; it must be label, prediction or the number of a class`)
  return Number(target)
}

/** @throws RangeError when it is none */
function scaleOf(given: string): HeatmapScale {
  const scale = SCALES.find(({ value }) => value === given)
  if (!scale)
    throw new RangeError(
      `scale is "${given}"; it must be one of ${SCALES.map(({ value }) => value).join(', ')}`,
    )
  return scale.value
}
