import type { NamedValues } from '../../../network/parameters.js'
import type { Model } from '../../models/model-value.js'
import { geometryOf } from '../../models/problem.js'
import { randomParameters } from '../../models/random-network.js'

/** How layers lose what they have learnt: each alone, or one after another from the logits to the pixels until none is left. */
export const randomisations = ['cascading', 'independent'] as const
export type Randomisation = (typeof randomisations)[number]

/** A network of which some layers have the parameters of an untrained one. */
export interface Randomised {
  readonly model: Model
  readonly mode: Randomisation
  /** The layer that lost its parameters last. */
  readonly layer: string
  /** How many layers have lost theirs. */
  readonly count: number
}

/** The layers of a network that have parameters, from the logits to the pixels. */
export function layersFromLogits({ architecture, dataset, configuration }: Model): string[] {
  const { problem, units } = configuration
  const specs = architecture.parameters(geometryOf(problem, dataset), units)
  return [...new Set(specs.map(({ name }) => layerOf(name)))].reverse()
}

/**
 * A trained network with layers that are untrained again, all of them with parameters of one draw (Adebayo et al. 2018, Section 3): each
 * layer alone, and from the logits on one after another, the last of which is an untrained network.
 *
 * @param seed of the untrained parameters; one that training started from would be no other network
 */
export function randomisedLayers(model: Model, seed: number): Randomised[] {
  const { architecture, dataset, configuration, parameters } = model
  const { problem, units } = configuration
  const untrained = randomParameters(architecture, geometryOf(problem, dataset), units, seed)
  const layers = layersFromLogits(model)
  const without = (lost: readonly string[]): NamedValues =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [
        name,
        lost.includes(layerOf(name)) ? untrained[name]! : values,
      ]),
    )
  return randomisations.flatMap((mode) =>
    layers.map((layer, i) => {
      const lost = mode === 'cascading' ? layers.slice(0, i + 1) : [layer]
      return { mode, layer, count: lost.length, model: { ...model, parameters: without(lost) } }
    }),
  )
}

/** A parameter's layer: `gates` of `gates.kernel`. */
const layerOf = (name: string): string => name.slice(0, name.lastIndexOf('.'))
