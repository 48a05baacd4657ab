import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { type RandomStream, randomStream } from '../data/random.js'
import { type ParameterSpec, sizeOf } from '../network/parameters.js'
import { type Layout, partOf } from './layout.js'
import { INITIAL_BETA } from './negative-bias.js'

/**
 * Trained parameters at the start: kernels from a normal with standard deviation 1/√fan-in cut off at two of them, β with
 * b = −0.01, free biases 0; each parameter from a random stream of its own.
 */
export function initialise(layout: Layout, seed: number): Float32Array {
  const trained = new Float32Array(layout.size)
  for (const [index, spec] of layout.specs.entries()) {
    const part = partOf(layout, trained, index)
    if (spec.kind === 'negativeBias') part.fill(INITIAL_BETA)
    if (spec.kind === 'kernel')
      fillTruncatedNormal(part, 1 / Math.sqrt(fanIn(spec)), randomStream(seed, 'initialise', spec.name))
  }
  return trained
}

/** The number of inputs of one neuron: all lengths of a kernel but the last. */
export const fanIn = (spec: ParameterSpec): number => sizeOf(spec.shape) / spec.shape[spec.shape.length - 1]!

function fillTruncatedNormal(values: Float32Array, deviation: number, stream: RandomStream): void {
  for (let i = 0; i < values.length; i++) {
    let z: number
    do {
      // Box–Muller; 1 − u keeps the logarithm's argument above 0.
      z =
        Math.sqrt(-2 * Math.log(1 - uniformFloat64(stream))) * Math.cos(2 * Math.PI * uniformFloat64(stream))
    } while (Math.abs(z) > 2)
    values[i] = deviation * z
  }
}
