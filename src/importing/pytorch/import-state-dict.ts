import type { NamedValues } from '../../network/parameters.js'
import { chained, namesOf, type ReadLayer } from '../chain.js'
import type { Imported } from '../imported.js'
import { checkWiring, type Wiring } from '../wiring.js'
import { type Module, modulesOf } from './module-wiring.js'
import { type ModuleContext, readLinear, readPlain, readRecurrentModule } from './read-modules.js'

export interface StateDictOptions {
  /** In errors. Default: model.safetensors. */
  readonly file?: string
  /** Where the wiring has no id. Default: model. */
  readonly name?: string
}

/**
 * A PyTorch state_dict as an architecture with parameters: nn.RNN, nn.LSTM and nn.GRU of any number of levels and both directions,
 * nn.Linear, and what stands between them.
 *
 * @param tensors by the names of the state_dict, kernels `[out, in]`
 * @param wiring the geometry, and under `layers` the modules in the order in which they compute
 * @throws Error naming the file, the module and what is read, where something is not
 * @example
 * const wiring = {
 *   rows: 28, stepColumns: 7, steps: 12,
 *   layers: [{ type: 'LSTM', name: 'lstm' }, { type: 'Linear', name: 'fc' }],
 * }
 * const { architecture, geometry, units, parameters } = importStateDict(tensors, wiring)
 */
export function importStateDict(
  tensors: NamedValues,
  wiring: Wiring,
  { file = 'model.safetensors', name = 'model' }: StateDictOptions = {},
): Imported {
  const told = checkWiring(wiring, file)
  const modules = modulesOf(told.layers, file)
  const used = new Set(told.ignore)
  const take = (key: string) => {
    used.add(key)
    return tensors[key] ?? null
  }
  const names = namesOf(modules.map((module) => ('name' in module ? module.name : module.type.toLowerCase())))
  const logits = modules.findLastIndex(({ type }) => type === 'Linear')
  const parts = modules.map((module, i) => {
    const title = 'name' in module ? `'${module.name}' (nn.${module.type})` : `nn.${module.type}`
    const refuse = (what: string) => new Error(`${file}: module ${title} ${what}`)
    if (module.type === 'Softmax' && i < logits)
      throw refuse('stands before the module that makes the logits; only one after it is taken off')
    return readModule(module, { name: names[i]!, take, refuse })
  })
  const left = Object.keys(tensors).filter((key) => !used.has(key))
  if (left.length > 0)
    throw new Error(
      `${file}: ${left.map((key) => `'${key}'`).join(', ')} are in no module of the wiring; add the module to "layers", or the tensors to "ignore"`,
    )
  const { steps = null } = told
  const pixels = inputsOf(parts, modules)
  const shape = told.input === 'image' ? [pixels] : [steps, pixels]
  return chained(parts, shape, told, name, file)
}

function readModule(module: Module, context: ModuleContext): ReadLayer {
  switch (module.type) {
    case 'RNN':
    case 'LSTM':
    case 'GRU':
      return readRecurrentModule(module, context)
    case 'Linear':
      return readLinear(module, context)
    default:
      return readPlain(module, context)
  }
}

/** How many numbers the first module with a kernel reads; null where flattening comes before it, so that it does not say. */
function inputsOf(parts: readonly ReadLayer[], modules: readonly Module[]): number | null {
  const first = parts.findIndex(({ parameters }) => parameters !== undefined)
  if (first < 0 || modules.slice(0, first).some(({ type }) => type === 'Flatten')) return null
  const [, kernel] = Object.entries(parts[first]!.parameters!).find(([name]) => name.endsWith('.kernel'))!
  return kernel.shape[0]!
}
