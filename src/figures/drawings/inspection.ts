import { datasetName, measureInText, methodName, networkName } from '../kit/names.js'
import { fixed, wholePercent } from '../kit/numbers.js'
import { itemShares } from '../kit/step-bars.js'
import type { Scan } from '../kit/steps.js'
import type { StateRelevance } from './state-map.js'

/** One sequence, a network's prediction for it, and its explanations. */
export interface Inspection {
  readonly dataset: string
  readonly network: string
  /** What sets the network apart from others of its id, such as `untrained`. */
  readonly variant?: string
  /** The position among the test sequences. */
  readonly sequence: number
  readonly rows: number
  readonly columns: number
  /** The sequence, 0…255, row-major, `[rows, columns]`. */
  readonly pixels: Uint8Array
  /** In which direction it is read. Default: from left to right. */
  readonly scan?: Scan
  /** The class of each item in words, from left to right. */
  readonly items: readonly string[]
  /** Positions of the relevant items, from 0. */
  readonly relevant: readonly number[]
  /** The names of all classes. */
  readonly classes: readonly string[]
  /** f(x) of every class. */
  readonly logits: readonly number[]
  readonly label: number
  readonly prediction: number
  /** The class that is explained. */
  readonly target: number
  /** The id of the measure that scores the explanations. */
  readonly measure: string
  /** What an explanation scores that knows nothing, on this problem. */
  readonly baseline: number
  readonly explanations: readonly InspectedMethod[]
}

/** What one method says of the target's logit. */
export interface InspectedMethod {
  readonly method: string
  /** Relevance of every pixel, `[rows, columns]`. */
  readonly values: Float32Array
  /** Relevance of each step, in reading order. */
  readonly steps: readonly number[]
  /** Relevance of each item, from left to right. */
  readonly items: readonly number[]
  /** How well the explanation finds the relevant items, by the inspection's measure. */
  readonly score: number
  /** The hidden states that it passes through; none where the method records none. */
  readonly states: readonly StateRelevance[]
}

/** Whether a method found nothing to share out, as relevance propagation does where f(x) ≤ 0. */
export const isEmpty = ({ steps }: Pick<InspectedMethod, 'steps'>): boolean =>
  steps.every((value) => value === 0)

/** Percentages of an explanation's relevance by item, from left to right; undefined where items are no whole number of steps. */
export const inspectedShares = (
  { items, scan }: Pick<Inspection, 'items' | 'scan'>,
  { steps, items: itemRelevance }: Pick<InspectedMethod, 'steps' | 'items'>,
): number[] | undefined =>
  itemShares({ steps, items: items.length, itemRelevance, ...(scan ? { scan } : {}) })

/** The name of an inspection's network, such as "R-LSTM, untrained". */
export const inspectedName = ({ network, variant }: Pick<Inspection, 'network' | 'variant'>): string =>
  variant === undefined ? networkName(network) : `${networkName(network)}, ${variant}`

/**
 * In words: the sequence, and of each network the prediction and by method the score, the share of each item and the strongest units.
 */
export function describeInspections(inspections: readonly Inspection[]): string {
  const { dataset, sequence, items, relevant, classes, label } = inspections[0]!
  const framed = relevant.map((item) => item + 1).join(' and ')
  return (
    `Test sequence ${sequence} of ${datasetName(dataset)}, ${items.join(', ')}, with items ${framed} relevant and the label ` +
    `${classes[label]}: ${inspections.map(describeInspection).join(' ')}`
  )
}

function describeInspection(inspection: Inspection): string {
  const { classes, logits, prediction, target } = inspection
  const methods = inspection.explanations.map((explanation) => {
    const { method, score, states } = explanation
    if (isEmpty(explanation)) return `${methodName(method)} finds no relevance`
    const shares = inspectedShares(inspection, explanation)?.map(wholePercent)
    const through = states.map(
      (state) =>
        `the ${state.state} units ${state.units
          .slice(0, 3)
          .map(({ unit }) => unit)
          .join(', ')}`,
    )
    return (
      `${methodName(method)} ${shares ? `gives the items ${shares.join(', ')}, ` : 'has the '}` +
      `${measureInText(inspection.measure)} ${fixed(score)}` +
      (through.length > 0 ? `, most of it through ${through.join(' and ')}` : '')
    )
  })
  return (
    `${inspectedName(inspection)} predicts ${classes[prediction]}. Explained is ${classes[target]}, whose logit is ` +
    `${fixed(logits[target]!)}. ${methods.join('; ')}.`
  )
}
