import type { NamedValues, ParameterValues } from '../network/parameters.js'
import type { ImportedLayer, ImportedNetwork } from './imported-layer.js'
import { refuse } from './layers/layer-kind.js'
import { cellNames } from './layers/recurrent.js'
import { scaled } from './matrix.js'

/**
 * Parameters for pixels x in [−1, 1] of a network that was trained on pixels a·x + b in another range: the first layer that multiplies
 * gets a·W and, for b, the sum of each neuron's weights in its bias.
 *
 * @throws Error naming the layer where the border of a convolution would no longer be the same
 */
export function forOwnRange(network: ImportedNetwork, parameters: NamedValues): NamedValues {
  const [low, high] = network.input.trainedOn
  const [a, b] = [(high - low) / 2, (high + low) / 2]
  if (a === 1 && b === 0) return parameters
  const first = network.layers.find((layer) => namesOf(layer).length > 0)
  if (first === undefined) return parameters
  const before = network.layers.slice(0, network.layers.indexOf(first))
  const bent = before.find(({ type }) => type === 'activation')
  if (bent !== undefined || (first.type === 'convolution' && first.padding === 'same' && b !== 0)) {
    throw refuse(
      bent ?? first,
      `reads pixels in [${low}, ${high}] ${bent ? 'before any weight' : 'and pads with 0'}, so that they cannot be replaced by this project's, which are in [−1, 1]`,
    )
  }
  const names = namesOf(first).filter((name) => parameters[`${name}.kernel`] !== undefined)
  const changed = names.flatMap((name) => {
    const [kernel, bias] = [parameters[`${name}.kernel`]!, parameters[`${name}.bias`]!]
    return [
      [`${name}.kernel`, scaled(kernel, a)],
      [`${name}.bias`, withOffset(bias, kernel, b)],
    ] as const
  })
  return { ...parameters, ...Object.fromEntries(changed) }
}

/** What of a layer multiplies its input, by the names of the parameters. */
function namesOf(layer: ImportedLayer): string[] {
  if (layer.type === 'dense' || layer.type === 'convolution') return [layer.name]
  if (layer.type !== 'recurrent') return []
  return cellNames(layer).flatMap((cell) =>
    layer.cell === 'simple' ? [cell] : [`${cell}.gates`, `${cell}.candidate`],
  )
}

function withOffset(bias: ParameterValues, { values }: ParameterValues, offset: number): ParameterValues {
  const neurons = bias.values.length
  const sums = new Float64Array(neurons)
  for (const [i, weight] of values.entries()) sums[i % neurons]! += weight
  return { shape: bias.shape, values: bias.values.map((value, i) => value + offset * sums[i]!) }
}
