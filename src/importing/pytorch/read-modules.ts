import type { NamedValues, ParameterValues } from '../../network/parameters.js'
import { type CellValues, cellOfBlocks, cellParameters } from '../cell-values.js'
import type { ReadLayer } from '../chain.js'
import type { CellType, RecurrentLayer } from '../imported-layer.js'
import { cellNames } from '../layers/recurrent.js'
import { blocksOf, transposed, zeros } from '../matrix.js'
import type { LinearModule, PlainModule, RecurrentModule } from './module-wiring.js'

/** A tensor of the state_dict, which is then marked as used; null where there is none. */
export type TakeTensor = (name: string) => ParameterValues | null

/** What reading a module needs. */
export interface ModuleContext {
  /** The module's name in this project. */
  readonly name: string
  readonly take: TakeTensor
  /** `what` follows the module's name and type. */
  refuse(what: string): Error
}

function matrixOf(full: string, { take, refuse }: ModuleContext): ParameterValues {
  const found = take(full)
  if (found === null) throw refuse(`needs the tensor '${full}', which the state_dict does not hold`)
  if (found.shape.length !== 2) throw refuse(`has '${full}' of shape [${found.shape}]; it must be a matrix`)
  return found
}

/** x·Wᵀ + b. */
export function readLinear({ name: module, activation }: LinearModule, context: ModuleContext): ReadLayer {
  const { name, take } = context
  const kernel = transposed(matrixOf(`${module}.weight`, context))
  const units = kernel.shape[1]!
  return {
    layers: [{ type: 'dense', name, activation }],
    units: { [name]: units },
    parameters: {
      [`${name}.kernel`]: kernel,
      [`${name}.bias`]: take(`${module}.bias`) ?? zeros([units]),
    },
  }
}

export function readPlain({ type }: PlainModule, { name }: ModuleContext): ReadLayer {
  switch (type) {
    case 'ReLU':
      return { layers: [{ type: 'activation', name, activation: 'relu' }] }
    case 'Tanh':
      return { layers: [{ type: 'activation', name, activation: 'tanh' }] }
    case 'Flatten':
      return { layers: [{ type: 'flatten', name, perStep: false }] }
    case 'Dropout':
      return { layers: [{ type: 'dropout', name }] }
    // Logits are what it reads.
    case 'Softmax':
    case 'Identity':
      return { layers: [] }
  }
}

/** The gates and the candidate `c` of each module in the order in which PyTorch keeps their rows. */
const ORDER = { RNN: 'c', LSTM: 'ifco', GRU: 'rzc' } as const

const CELLS: Readonly<Record<RecurrentModule['type'], CellType>> = {
  RNN: 'simple',
  LSTM: 'lstm',
  GRU: 'gruResetAfter',
}

/** All levels of a recurrent module, each a layer of its own. */
export function readRecurrentModule(module: RecurrentModule, context: ModuleContext): ReadLayer {
  const { name, take, refuse } = context
  const has = (key: string) => take(`${module.name}.${key}`) !== null
  if (has('weight_hr_l0')) throw refuse('projects its states (proj_size), which is not read')
  let levels = 0
  while (has(`weight_ih_l${levels}`)) levels++
  if (levels === 0)
    throw refuse(`needs the tensor '${module.name}.weight_ih_l0', which the state_dict does not hold`)
  const bidirectional = has('weight_ih_l0_reverse')
  if (bidirectional && module.output === null)
    throw refuse(
      'reads in both directions; say with "output" what the next layer reads: allSteps, lastStep (output[:, -1], where the backward half has read one step) or finalState (h_n of both)',
    )
  const layers = Array.from(
    { length: levels },
    (_, level): RecurrentLayer => ({
      type: 'recurrent',
      name: levels === 1 ? name : `${name}_l${level}`,
      cell: CELLS[module.type],
      activation: module.type === 'RNN' ? module.nonlinearity : 'tanh',
      gates: 'sigmoid',
      direction: bidirectional ? 'both' : 'forward',
      merge: 'concatenate',
      output: level < levels - 1 ? 'allSteps' : (module.output ?? 'lastStep'),
    }),
  )
  const cells = layers.map((_, level) =>
    (bidirectional ? ['', '_reverse'] : ['']).map((suffix) =>
      cellValues(module, `l${level}${suffix}`, context),
    ),
  )
  const units = layers.map((layer, level) => [
    layer.name,
    cells[level]![0]!.candidate.recurrentKernel.shape[0]!,
  ])
  const parameters: NamedValues = Object.assign(
    {},
    ...layers.flatMap((layer, level) =>
      cellNames(layer).map((cell, i) => cellParameters(cell, layer.cell, cells[level]![i]!, null)),
    ),
  )
  return { layers, units: Object.fromEntries(units), parameters }
}

/** One direction of one level. */
function cellValues({ name, type }: RecurrentModule, suffix: string, context: ModuleContext): CellValues {
  const order = ORDER[type]
  const recurrentKernel = matrixOf(`${name}.weight_hh_${suffix}`, context)
  const units = recurrentKernel.shape[1]!
  const rows = order.length * units
  const checked = (full: string, found: ParameterValues, ...rest: number[]): ParameterValues => {
    if (found.shape.join() === [rows, ...rest].join()) return found
    throw context.refuse(
      `has '${full}' of shape [${found.shape}]; with ${units} units it must be [${[rows, ...rest]}]`,
    )
  }
  const kernelsOf = (full: string, inputs?: number) => {
    const found = matrixOf(full, context)
    return blocksOf(transposed(checked(full, found, inputs ?? found.shape[1]!)), order.length)
  }
  const biasesOf = (full: string) =>
    blocksOf(checked(full, context.take(full) ?? zeros([rows])), order.length)
  return cellOfBlocks(CELLS[type], order, {
    recurrentKernel: kernelsOf(`${name}.weight_hh_${suffix}`, units),
    kernel: kernelsOf(`${name}.weight_ih_${suffix}`),
    bias: biasesOf(`${name}.bias_ih_${suffix}`),
    recurrentBias: biasesOf(`${name}.bias_hh_${suffix}`),
  })
}
