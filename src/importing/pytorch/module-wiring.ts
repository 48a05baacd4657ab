import type { Activation } from '../imported-layer.js'
import { isRecord } from '../json.js'

/** How a module of a state_dict is wired. */
export type Module = RecurrentModule | LinearModule | PlainModule

export interface RecurrentModule {
  readonly type: 'RNN' | 'LSTM' | 'GRU'
  /** The module's name in the state_dict, e.g. `encoder.lstm`. */
  readonly name: string
  readonly nonlinearity: 'tanh' | 'relu'
  /** Null where it was not told, which is enough where the module reads in one direction. */
  readonly output: 'allSteps' | 'lastStep' | 'finalState' | null
}

export interface LinearModule {
  readonly type: 'Linear'
  readonly name: string
  readonly activation: Activation
}

/** A module without parameters. */
export interface PlainModule {
  readonly type: 'ReLU' | 'Tanh' | 'Flatten' | 'Dropout' | 'Softmax' | 'Identity'
}

const RECURRENT = ['RNN', 'LSTM', 'GRU']
const PLAIN = ['ReLU', 'Tanh', 'Flatten', 'Dropout', 'Softmax', 'Identity']
const OUTPUTS = ['allSteps', 'lastStep', 'finalState']
const ACTIVATIONS = ['linear', 'relu', 'tanh']

const KEYS: Readonly<Record<string, readonly string[]>> = {
  RNN: ['type', 'name', 'nonlinearity', 'output'],
  LSTM: ['type', 'name', 'output'],
  GRU: ['type', 'name', 'output'],
  Linear: ['type', 'name', 'activation'],
}

/** What is wrong with a value of the wiring, by its place. */
type Wrong = (what: string) => Error

function oneOf<T extends string>(
  value: unknown,
  wanted: readonly string[],
  otherwise: T,
  name: string,
  wrong: Wrong,
): T {
  if (value === undefined) return otherwise
  if (!wanted.includes(value as string))
    throw wrong(`has ${name} = ${JSON.stringify(value)}; allowed are ${wanted.join(', ')}`)
  return value as T
}

/**
 * The modules of a wiring, in the order in which they compute.
 *
 * @throws Error naming the file and the place in the list whose type, name or setting is missing, unknown or not allowed
 */
export function modulesOf(layers: readonly unknown[] | undefined, file: string): Module[] {
  if (layers === undefined || layers.length === 0)
    throw new Error(
      `${file}: a state_dict does not say how its modules are wired: give a wiring such as { "rows": 28, "stepColumns": 7, "steps": 12, "layers": [{ "type": "LSTM", "name": "lstm" }, { "type": "Linear", "name": "fc" }] }`,
    )
  return layers.map((layer, i) => moduleOf(layer, (what) => new Error(`${file}: layers[${i}] ${what}`)))
}

function moduleOf(layer: unknown, wrong: Wrong): Module {
  if (!isRecord(layer)) throw wrong('is no object')
  const { type, name } = layer
  const allowed = [...RECURRENT, 'Linear', ...PLAIN]
  if (typeof type !== 'string' || !allowed.includes(type))
    throw wrong(`has type = ${JSON.stringify(type)}; read are ${allowed.join(', ')}`)
  const keys = KEYS[type] ?? ['type', 'name']
  const unknown = Object.keys(layer).find((key) => !keys.includes(key))
  if (unknown !== undefined) throw wrong(`has the unknown key '${unknown}'; there are ${keys.join(', ')}`)
  if (PLAIN.includes(type)) return { type: type as PlainModule['type'] }
  if (typeof name !== 'string' || name === '')
    throw wrong(`has no name; it must be the module's in the state_dict, e.g. "${type.toLowerCase()}"`)
  if (type === 'Linear')
    return { type, name, activation: oneOf(layer.activation, ACTIVATIONS, 'linear', 'activation', wrong) }
  return {
    type: type as RecurrentModule['type'],
    name,
    nonlinearity: oneOf(layer.nonlinearity, ['tanh', 'relu'], 'tanh', 'nonlinearity', wrong),
    output: layer.output === undefined ? null : oneOf(layer.output, OUTPUTS, 'lastStep', 'output', wrong),
  }
}
