import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { Architecture } from '../src/architectures/index.js'
import { randomStream } from '../src/data/random.js'
import type { Geometry, Units } from '../src/network/geometry.js'
import { THESIS_GEOMETRY } from '../src/network/geometry.js'
import type { Forward } from '../src/network/operations.js'
import { initialise } from '../src/training/initialise.js'
import { type Layout, layoutOf } from '../src/training/layout.js'
import type { Batch } from '../src/training/step.js'

/** A network of a size, before training. */
export interface Problem {
  /** The architecture's id. */
  readonly network: string
  readonly architecture: Architecture
  readonly geometry: Geometry
  readonly units: Units
  readonly layout: Layout
  readonly forward: Forward
  /** The parameters as trained, with β for biases. */
  readonly trained: Float32Array
}

/** @param width what the thesis's numbers of neurons are multiplied by */
export function problem(found: Architecture, { steps = THESIS_GEOMETRY.steps, width = 1 } = {}): Problem {
  const geometry = { ...THESIS_GEOMETRY, steps }
  const units = Object.fromEntries(Object.entries(found.units).map(([name, count]) => [name, width * count]))
  const layout = layoutOf(found.parameters(geometry, units))
  return {
    network: found.id,
    architecture: found,
    geometry,
    units,
    layout,
    forward: found.forward(geometry, units),
    trained: initialise(layout, 1),
  }
}

/** Sequences of noise in [−1, 1) with labels. */
export function randomBatch({ geometry }: Problem, size: number): Batch {
  const stream = randomStream(1, 'bench')
  const { rows, steps, stepColumns, classes } = geometry
  const shape: [number, number, number] = [size, rows, steps * stepColumns]
  const x = Float32Array.from(
    { length: shape[0] * shape[1] * shape[2] },
    () => 2 * uniformFloat64(stream) - 1,
  )
  return { x, shape, labels: Int32Array.from({ length: size }, (_, i) => i % classes) }
}
