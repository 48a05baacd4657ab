import { type Description, describeNetwork } from '../network/describe/index.js'
import type { Geometry, Units } from '../network/geometry.js'
import type { Architecture } from './architecture.js'

/** Descriptions by architecture, then by geometry and units; a walk takes milliseconds, and tables ask often. */
const known = new WeakMap<Architecture, Map<string, Description>>()

/**
 * Describes an architecture by one walk on shapes alone: layers, connections, states, multiplications and fingerprint.
 *
 * @param units the number of neurons of each layer. Default: the architecture's own
 * @throws Error naming the architecture and what is wrong with it
 * @example
 * const { layers, states, multiplications } = describe(rLstm, THESIS_GEOMETRY)
 * layers.map(({ name, units }) => `${name}: ${units}`) // 'input: 256', 'gates: 216', …
 */
export function describe(
  architecture: Architecture,
  geometry: Geometry,
  units: Units = architecture.units,
): Description {
  const own = known.get(architecture) ?? new Map<string, Description>()
  known.set(architecture, own)
  const key = JSON.stringify([Object.entries(geometry).sort(), Object.entries(units).sort()])
  const found = own.get(key)
  if (found) return found
  try {
    const description = describeNetwork(
      architecture.parameters(geometry, units),
      architecture.forward(geometry, units),
      geometry,
    )
    own.set(key, description)
    return description
  } catch (error) {
    if (error instanceof RangeError) throw error
    throw new Error(
      `architecture '${architecture.id}': ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}
