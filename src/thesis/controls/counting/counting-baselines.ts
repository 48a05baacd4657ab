import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { randomStream } from '../../../data/random.js'

/** Relevance that knows nothing of the network, which no method should fall behind. */
export interface CountingBaseline {
  readonly id: string
  readonly title: string
  /** Relevance of `inputs` inputs of each sequence, from the logits f `[count]`: `[count·inputs]`. */
  relevance(logits: ArrayLike<number>, inputs: number, seed: number): Float32Array
}

/** f in equal parts on all inputs. */
const uniform: CountingBaseline = {
  id: 'uniform',
  title: 'Uniform',
  relevance: (logits, inputs) =>
    Float32Array.from({ length: logits.length * inputs }, (_, i) => logits[Math.floor(i / inputs)]! / inputs),
}

/** Noise between −1 and 1. */
const random: CountingBaseline = {
  id: 'random',
  title: 'Random',
  relevance(logits, inputs, seed) {
    const stream = randomStream(seed, 'counting', 'random relevance')
    return Float32Array.from({ length: logits.length * inputs }, () => 2 * uniformFloat64(stream) - 1)
  },
}

export const countingBaselines: readonly CountingBaseline[] = [uniform, random]
