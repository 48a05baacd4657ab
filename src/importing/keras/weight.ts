import type { ParameterValues } from '../../network/parameters.js'
import type { Refuse } from './keras-layer.js'

/** A weight of a layer; throws where it is missing or has another number of axes. */
export function weight(
  weights: Readonly<Record<string, ParameterValues>>,
  name: string,
  axes: number,
  refuse: Refuse,
): ParameterValues {
  const found = weights[name]
  if (found === undefined)
    throw refuse(`has no weight '${name}' in the file; it has ${Object.keys(weights).join(', ') || 'none'}`)
  if (found.shape.length !== axes)
    throw refuse(`has the weight '${name}' of shape [${found.shape}]; it must have ${axes} axes`)
  return found
}
