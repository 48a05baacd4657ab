import { datasetName, methodName, networkName } from '../kit/names.js'
import type { StateRelevance } from './state-map.js'
import { itemShares, wholePercent } from '../kit/step-bars.js'

/** One sequence, a network's prediction for it, and its explanations. */
export interface Inspection {
  readonly dataset: string
  readonly network: string
  /** The position among the test sequences. */
  readonly sequence: number
  readonly rows: number
  readonly columns: number
  /** The sequence, 0…255, row-major, `[rows, columns]`. */
  readonly pixels: Uint8Array
  /** The class of each item in words, in reading order. */
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
  readonly explanations: readonly InspectedMethod[]
}

/** What one method says of the target's logit. */
export interface InspectedMethod {
  readonly method: string
  /** Relevance of every pixel, `[rows, columns]`. */
  readonly values: Float32Array
  /** Relevance of each step. */
  readonly steps: readonly number[]
  /** Relevance of each item. */
  readonly items: readonly number[]
  /** Cosine similarity between the items' relevance and the relevant items. */
  readonly cosine: number
  readonly states: StateRelevance
}

/** Whether a method found nothing to share out, as relevance propagation does where f(x) ≤ 0. */
export const isEmpty = ({ steps }: Pick<InspectedMethod, 'steps'>): boolean =>
  steps.every((value) => value === 0)

/** A number with two places, and a minus that is as wide as a plus. */
export const signed = (value: number): string => value.toFixed(2).replace('-', '−')

/** In words: the sequence, the prediction, and of each method the cosine, the share of each item and the strongest units. */
export function describeInspection(inspection: Inspection): string {
  const { dataset, network, sequence, items, relevant, classes, logits, label, prediction, target } =
    inspection
  const framed = relevant.map((item) => item + 1).join(' and ')
  const methods = inspection.explanations.map(({ method, steps, cosine, states }) => {
    if (isEmpty({ steps })) return `${methodName(method)} finds no relevance`
    const shares = itemShares(steps, items.length).map(wholePercent)
    const units = states.units.slice(0, 3).map(({ unit }) => unit)
    return (
      `${methodName(method)} gives the items ${shares.join(', ')}, cosine ${signed(cosine)}, ` +
      `most of it through the ${states.state} units ${units.join(', ')}`
    )
  })
  return (
    `Test sequence ${sequence} of ${datasetName(dataset)}, ${items.join(', ')}, with items ${framed} relevant and the label ` +
    `${classes[label]}: ${networkName(network)} predicts ${classes[prediction]}. Explained is ${classes[target]}, whose logit is ` +
    `${signed(logits[target]!)}. ${methods.join('; ')}.`
  )
}
