import type { NamedValues, ParameterValues } from '../../network/parameters.js'
import { type CellValues, cellOfBlocks, cellParameters } from '../cell-values.js'
import type { ReadLayer } from '../chain.js'
import type { CellType, RecurrentLayer } from '../imported-layer.js'
import { isRecord } from '../json.js'
import { cellNames } from '../layers/recurrent.js'
import { blocksOf, zeros } from '../matrix.js'
import { activationOf, expectSetting, gatesOf, type KerasLayer, type Refuse } from './keras-layer.js'
import type { LayerReader, ReadContext } from './layer-reader.js'
import { weight } from './weight.js'

/** The gates and the candidate `c` of each class in the order in which Keras keeps their columns. */
const ORDER = {
  SimpleRNN: 'c',
  LSTM: 'ifco',
  GRU: 'zrc',
} as const

const isRecurrent = (kind: string): kind is keyof typeof ORDER => kind in ORDER

export const readRecurrent: LayerReader = (layer, context) => {
  const direction = layer.config.go_backwards === true ? 'backward' : 'forward'
  return read(layer, context, { direction, merge: 'concatenate' })
}

const MERGES: Readonly<Record<string, RecurrentLayer['merge']>> = { concat: 'concatenate', sum: 'sum' }

export const readBidirectional: LayerReader = (layer, context) => {
  const { refuse } = context
  const { layer: inner, backward_layer: other, merge_mode } = layer.config
  if (!isRecord(inner) || !isRecord(inner.config) || !isRecurrent(String(inner.class_name)))
    throw refuse(
      `wraps ${isRecord(inner) ? inner.class_name : 'nothing'}; read are ${Object.keys(ORDER).join(', ')}`,
    )
  if (isRecord(other) && isRecord(other.config) && !isMirrored(inner.config, other.config))
    throw refuse('has a backward layer that differs from the forward one; read are two of the same settings')
  const merge = MERGES[String(merge_mode)]
  if (merge === undefined)
    throw refuse(`has merge_mode = ${JSON.stringify(merge_mode)}; read are ${Object.keys(MERGES).join(', ')}`)
  const cell: KerasLayer = { ...layer, kind: String(inner.class_name), config: inner.config }
  expectSetting(cell, 'go_backwards', [false], refuse)
  return read(cell, context, { direction: 'both', merge })
}

const SETTINGS = [
  'units',
  'activation',
  'recurrent_activation',
  'use_bias',
  'reset_after',
  'return_sequences',
]

const isMirrored = (
  forward: Readonly<Record<string, unknown>>,
  backward: Readonly<Record<string, unknown>>,
): boolean => SETTINGS.every((key) => JSON.stringify(forward[key]) === JSON.stringify(backward[key]))

function read(
  layer: KerasLayer,
  { weights, refuse }: ReadContext,
  reading: Pick<RecurrentLayer, 'direction' | 'merge'>,
): ReadLayer {
  const { name, config, kind, perStep } = layer
  if (perStep) throw refuse('is inside TimeDistributed; a recurrence over a step of its own is not read')
  for (const key of ['stateful', 'return_state']) expectSetting(layer, key, [false, null], refuse)
  const own = ORDER[kind as keyof typeof ORDER]
  const { gates, slope } = own === 'c' ? { gates: 'sigmoid' as const, slope: null } : gatesOf(layer, refuse)
  const recurrent: RecurrentLayer = {
    type: 'recurrent',
    name,
    cell: cellOf(layer),
    activation: activationOf({ ...layer, isLast: false }, config.activation, refuse),
    gates,
    ...reading,
    output: config.return_sequences === true ? 'allSteps' : 'finalState',
  }
  const directions = reading.direction === 'both' ? (['forward', 'backward'] as const) : [undefined]
  const values = directions.map((part) =>
    cellValues(weights(part), own, recurrent.cell, config.use_bias !== false, refuse),
  )
  const parameters: NamedValues = Object.assign(
    {},
    ...cellNames(recurrent).map((cell, i) => cellParameters(cell, recurrent.cell, values[i]!, slope)),
  )
  return {
    layers: [recurrent],
    units: { [name]: values[0]!.candidate.recurrentKernel.shape[0]! },
    parameters,
  }
}

function cellOf({ kind, config }: KerasLayer): CellType {
  if (kind === 'SimpleRNN') return 'simple'
  if (kind === 'LSTM') return 'lstm'
  return config.reset_after === true ? 'gruResetAfter' : 'gru'
}

/** A cell's gates and candidate from the columns of its weights. */
function cellValues(
  weights: Readonly<Record<string, ParameterValues>>,
  order: string,
  cell: CellType,
  hasBias: boolean,
  refuse: Refuse,
): CellValues {
  const recurrentKernel = weight(weights, 'recurrent_kernel', 2, refuse)
  const units = recurrentKernel.shape[0]!
  const columns = order.length * units
  const checked = (name: string, found: ParameterValues): ParameterValues => {
    const wanted = [...found.shape.slice(0, -1), columns]
    if (found.shape.join() === wanted.join()) return found
    throw refuse(
      `has the weight '${name}' of shape [${found.shape}]; with ${units} units it must be [${wanted}]`,
    )
  }
  const count = order.length
  const axes = cell === 'gruResetAfter' ? 2 : 1
  const recurrentKernels = blocksOf(checked('recurrent_kernel', recurrentKernel), count)
  const biases = hasBias
    ? biasesOf(checked('bias', weight(weights, 'bias', axes, refuse)), count)
    : [blocksOf(zeros([columns]), count)]
  return cellOfBlocks(cell, order, {
    kernel: blocksOf(checked('kernel', weight(weights, 'kernel', 2, refuse)), count),
    recurrentKernel: recurrentKernels,
    bias: biases[0]!,
    recurrentBias: biases[1] ?? blocksOf(zeros([columns]), count),
  })
}

/** The biases of each gate, and for `[2, columns]` those of the recurrent products, each `[units]`. */
function biasesOf(bias: ParameterValues, count: number): ParameterValues[][] {
  const columns = bias.shape[bias.shape.length - 1]!
  return Array.from({ length: bias.values.length / columns }, (_, row) => {
    const values = bias.values.slice(row * columns, (row + 1) * columns)
    return blocksOf({ shape: [columns], values }, count)
  })
}
