import type { Activation, GateActivation } from '../imported-layer.js'

/** A layer of a Keras model. */
export interface KerasLayer {
  /** E.g. `LSTM`. */
  readonly kind: string
  /** In the file: its weights stand under it. */
  readonly path: string
  /** In this project. */
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
  /** Whether it was inside TimeDistributed. */
  readonly perStep: boolean
  /** Whether the logits are made by it or before it. */
  readonly isLast: boolean
  /** `3.15.1`, or `tfjs-layers 4.22.0`. */
  readonly version: string
}

/** A refusal of a layer of a file: `what` follows the layer's name and class. */
export type Refuse = (what: string) => Error

const NAMES: Readonly<Record<string, Activation>> = { linear: 'linear', relu: 'relu', tanh: 'tanh' }
/** What only the last layer of a classifier does, and what is taken off for the logits. */
const SQUASHING = ['softmax', 'sigmoid']

/** `hardSigmoid` and `hard_sigmoid` are the same. */
const plain = (value: unknown): string =>
  value == null
    ? 'linear'
    : String(value)
        .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
        .toLowerCase()

/** The activation of what a layer passes on; at the end a softmax or sigmoid is taken off for the logits. */
export function activationOf(layer: KerasLayer, value: unknown, refuse: Refuse): Activation {
  const name = plain(value)
  if (layer.isLast && SQUASHING.includes(name)) return 'linear'
  const known = NAMES[name]
  if (known !== undefined) return known
  const end = layer.isLast ? '' : `, and ${SQUASHING.join(' and ')} at the end`
  throw refuse(`has the activation ${JSON.stringify(value)}; read are ${Object.keys(NAMES).join(', ')}${end}`)
}

/** The activation of a layer's gates, and a hard sigmoid's slope, which Keras 3 changed. */
export function gatesOf(
  layer: KerasLayer,
  refuse: Refuse,
): { readonly gates: GateActivation; readonly slope: number | null } {
  const value = layer.config.recurrent_activation
  const name = plain(value)
  if (name === 'sigmoid') return { gates: 'sigmoid', slope: null }
  const slope = /^[3-9]\./.test(layer.version) ? 1 / 6 : 0.2
  if (name === 'hard_sigmoid') return { gates: 'hardSigmoid', slope }
  throw refuse(
    `has the recurrent activation ${JSON.stringify(value)}; read are sigmoid and hard_sigmoid for gates`,
  )
}

/** Throws where a setting is not one of those that are read. */
export function expectSetting(
  layer: KerasLayer,
  key: string,
  wanted: readonly unknown[],
  refuse: Refuse,
): void {
  const value = layer.config[key]
  if (value === undefined || wanted.some((one) => JSON.stringify(one) === JSON.stringify(value))) return
  throw refuse(
    `has ${key} = ${JSON.stringify(value)}; read ${wanted.length === 1 ? 'is' : 'are'} ${wanted.map((one) => JSON.stringify(one)).join(', ')}`,
  )
}
