import { namesOf } from '../chain.js'
import { isRecord } from '../json.js'
import type { KerasLayer } from './keras-layer.js'

/** A model's layers in the order in which they compute. */
export interface Topology {
  readonly name: string
  /** Of the input without the batch; null where any size will do. */
  readonly inputShape: readonly (number | null)[]
  readonly layers: readonly KerasLayer[]
}

interface RawLayer {
  readonly class_name: string
  readonly config: Record<string, unknown>
  readonly name: string
  readonly inbound: readonly string[] | null
}

/**
 * The chain of layers of model.json, a Sequential or a functional model.
 *
 * @throws Error naming the file where it is no layers model, and the layer where it is more than a chain
 */
export function readTopology(json: Readonly<Record<string, unknown>>, file: string): Topology {
  const wrong = (what: string) => new Error(`${file} is not a layers model: ${what}`)
  if (json.format === 'graph-model')
    throw wrong(
      'it is a graph model, whose layers are gone; convert with the output format tfjs_layers_model',
    )
  const { modelTopology } = json
  if (!isRecord(modelTopology)) throw wrong('it has no modelTopology')
  const model = isRecord(modelTopology.model_config) ? modelTopology.model_config : modelTopology
  const { class_name, config } = model
  const list = Array.isArray(config) ? config : isRecord(config) ? config.layers : undefined
  if (!Array.isArray(list)) throw wrong('its topology has no layers')
  const raw = list.map((layer) => rawLayer(layer, wrong))
  const ordered = class_name === 'Sequential' ? raw : chainOf(raw, file)
  const [first] = ordered
  if (first === undefined) throw wrong('it has no layers')

  const built = isRecord(config) ? config.build_input_shape : undefined
  const shape = first.config.batch_input_shape ?? first.config.batch_shape ?? built
  if (!Array.isArray(shape)) throw new Error(`${file}: layer '${first.name}' does not say the input's shape`)
  const version = String(modelTopology.keras_version ?? '')
  const computing = ordered.filter(({ class_name }) => class_name !== 'InputLayer')
  return {
    name: isRecord(config) && typeof config.name === 'string' ? config.name : 'model',
    inputShape: shape.slice(1).map((length: unknown) => (typeof length === 'number' ? length : null)),
    layers: layersOf(computing, version),
  }
}

function rawLayer(layer: unknown, wrong: (what: string) => Error): RawLayer {
  if (!isRecord(layer) || typeof layer.class_name !== 'string' || !isRecord(layer.config))
    throw wrong('a layer lacks class_name or config')
  const { class_name, config, inbound_nodes } = layer
  const name = String(layer.name ?? config.name ?? class_name)
  return { class_name, config, name, inbound: Array.isArray(inbound_nodes) ? sources(inbound_nodes) : null }
}

/** The names of the layers that a layer reads, as Keras 2 or Keras 3 writes them. */
function sources(nodes: readonly unknown[]): string[] {
  const names: string[] = []
  const collect = (value: unknown): void => {
    if (isRecord(value) && isRecord(value.config) && Array.isArray(value.config.keras_history)) {
      names.push(String(value.config.keras_history[0]))
    } else if (Array.isArray(value) && typeof value[0] === 'string') {
      names.push(value[0])
    } else if (Array.isArray(value)) {
      for (const item of value) collect(item)
    } else if (isRecord(value) && Array.isArray(value.args)) {
      collect(value.args)
    }
  }
  collect(nodes)
  return names
}

/** A functional model as a chain from its input to its output. */
function chainOf(layers: readonly RawLayer[], file: string): RawLayer[] {
  const only = 'only a chain of layers is read, where each reads the one before it'
  const inputs = layers.filter(({ class_name }) => class_name === 'InputLayer')
  if (inputs.length !== 1) throw new Error(`${file}: the model has ${inputs.length} inputs; ${only}`)
  const chain = [inputs[0]!]
  for (;;) {
    const last = chain[chain.length - 1]!
    const readers = layers.filter(({ inbound }) => inbound?.includes(last.name))
    if (readers.length === 0) break
    if (readers.length > 1)
      throw new Error(
        `${file}: layer '${last.name}' is read by ${readers.map(({ name }) => `'${name}'`).join(' and ')}; ${only}`,
      )
    const [reader] = readers as [RawLayer]
    if (reader.inbound!.length !== 1 || chain.includes(reader))
      throw new Error(
        `${file}: layer '${reader.name}' (${reader.class_name}) reads ${reader.inbound!.length} signals; ${only}`,
      )
    chain.push(reader)
  }
  const left = layers.find((layer) => !chain.includes(layer))
  if (left)
    throw new Error(`${file}: layer '${left.name}' (${left.class_name}) stands beside the chain; ${only}`)
  return chain
}

/** Layers out of their wrappers of each step. */
function layersOf(raw: readonly RawLayer[], version: string): KerasLayer[] {
  const inner = raw.map(({ class_name, config, name }) => {
    const wrapped = class_name === 'TimeDistributed' ? config.layer : undefined
    if (!isRecord(wrapped) || !isRecord(wrapped.config))
      return { kind: class_name, config, path: name, own: name, perStep: false }
    const own = String(wrapped.config.name ?? name)
    return { kind: String(wrapped.class_name), config: wrapped.config, path: name, own, perStep: true }
  })
  const names = namesOf(inner.map(({ own }) => own))
  // A softmax of its own may still follow the layer that makes the logits.
  const logits = inner.findLastIndex(({ kind }) => kind === 'Dense')
  return inner.map(({ own: _own, ...layer }, i) => ({
    ...layer,
    name: names[i]!,
    isLast: i >= logits,
    version,
  }))
}
