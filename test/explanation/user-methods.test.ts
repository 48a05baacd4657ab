import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture } from '../../src/catalogue/index.js'
import {
  deepTaylor,
  deepTaylorRule,
  defineMethod,
  type Explained,
  type ExplainOptions,
  type Explanation,
  explainBatch,
  gradientWalk,
  integratedGradients,
  ledgersOf,
  type Method,
  relevanceWalk,
  sensitivity,
} from '../../src/explanation/index.js'
import { canCompile } from '../../src/network/execution.js'
import { logitsOf } from '../../src/network/logits.js'
import type { Forward } from '../../src/network/operations.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { deviation, tensorsLeft } from '../network/tensors.js'

// Top-level, since which tests there are depends on it.
await useBackend()

const network = randomNetwork(architecture('r-lstm'))
/** Enough for a part of its own for each of four cores. */
const BATCH = 100

type Options = Omit<ExplainOptions, 'method' | 'target'> & { readonly target?: ExplainOptions['target'] }

function explained(
  method: Method,
  {
    forward = network.forward,
    batch = BATCH,
    ...options
  }: Options & { forward?: Forward; batch?: number } = {},
): Explanation {
  const [w, x] = [tensorsOf(network), randomSequences(batch)]
  try {
    return explainBatch(forward, w, x, { target: 'prediction', geometry: TINY, ...options, method })
  } finally {
    tf.dispose([w, x])
  }
}

/** The explanation one by one, and the second of two that are repeated. */
function bothWays(method: Method, options: Options = {}): [Explanation, Explanation] {
  const once = explained(method, options)
  explained(method, { ...options, repeated: true })
  return [once, explained(method, { ...options, repeated: true })]
}

let defined = 0
const own = (attribute: Method['attribute'], more: Partial<Method> = {}): Method =>
  defineMethod({ id: `own${defined++}`, title: 'My method', attribute, ...more })

describe('a mean of walks', () => {
  const SAMPLES = 5
  /** One draw for all sequences, so that relevance does not depend on the place in the batch; TensorFlow.js takes a seed of 0 for none. */
  function noisy(x: Tensor3D, sample: number): Tensor3D {
    const noise = tf.randomNormal([1, ...x.shape.slice(1)], 0, 0.1, 'float32', sample + 1)
    return tf.clipByValue(tf.add<Tensor3D>(x, noise), -1, 1)
  }
  const smoothGrad = own(({ x, walk }) => {
    const walks = Array.from({ length: SAMPLES }, (_, sample) => walk(gradientWalk, noisy(x, sample)))
    return tf.square(tf.div(tf.addN(walks), SAMPLES)) as Tensor3D
  })

  it('is the mean of what the walks give at their own sequences', () => {
    const single = (sample: number) => explained(own(({ x, walk }) => walk(gradientWalk, noisy(x, sample))))
    const walks = Array.from({ length: SAMPLES }, (_, sample) => single(sample).relevance)
    const [once] = bothWays(smoothGrad)
    const mean = walks[0]!.map((_, i) => walks.reduce((sum, walk) => sum + walk[i]! / SAMPLES, 0) ** 2)
    expect(deviation(once.relevance, mean)).toBeLessThan(1e-5)
    expect(deviation(once.relevance, explained(sensitivity).relevance)).toBeGreaterThan(1e-3)
  })

  it('is the same repeated, in parts of a batch, and of another batch', () => {
    const [once, repeated] = bothWays(smoothGrad)
    expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
    const few = explained(smoothGrad, { batch: 3 })
    expect(deviation(few.relevance, once.relevance.subarray(0, few.relevance.length))).toBeLessThan(1e-4)
  })

  it('explains the class predicted for the sequences themselves, wherever it walks', () => {
    const shown: number[][] = []
    const far = own(({ x, walk, evidence }) => {
      const upside = tf.reverse(tf.neg(x), 1) as Tensor3D
      shown.push([...evidence(upside).dataSync()])
      return walk(gradientWalk, upside)
    })
    const { logits, target } = explained(far)
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    const upside = tf.tidy(() => logitsOf(network.forward, w, tf.reverse(tf.neg(x), 1) as Tensor3D))
    const expected = Array.from(target, (k, row) => upside[row * TINY.classes + k]!)
    expect(deviation(shown[0]!, expected)).toBeLessThan(1e-6)
    expect(deviation(logits, logitsOf(network.forward, w, x))).toBeLessThan(1e-6)
    tf.dispose([w, x])
  })

  it('of rule walks has the rule’s relevance, and the ledger of a walk at the sequences themselves', () => {
    const twice = own(
      ({ walk }) => {
        const walks = [0, 1].map(() => walk(relevanceWalk(deepTaylorRule)))
        return tf.div(tf.addN(walks), 2) as Tensor3D
      },
      { ledger: 'positive', conserves: true },
    )
    const [mine, shipped] = [twice, deepTaylor].map((method) => explained(method, { record: true, batch: 6 }))
    expect(deviation(mine!.relevance, shipped!.relevance)).toBeLessThan(1e-6)
    expect(mine!.taps.length).toBe(shipped!.taps.length)
    for (const [i, { steps, rounding, entered }] of ledgersOf(mine!, TINY).entries()) {
      expect(deviation(steps, ledgersOf(shipped!, TINY)[i]!.steps)).toBeLessThan(1e-5)
      expect(Math.abs(rounding)).toBeLessThan(1e-5 * entered + 1e-9)
    }
  })
})

describe('a path', () => {
  it('from another start is complete: relevance adds up to the difference of f', () => {
    const POINTS = 200
    const fromMiddle = own(({ x, walk }) => {
      const walks = Array.from({ length: POINTS }, (_, k) =>
        walk(gradientWalk, tf.mul(x, (k + 0.5) / POINTS) as Tensor3D),
      )
      return tf.mul(x, tf.div(tf.addN(walks), POINTS)) as Tensor3D
    })
    const { relevance, entered, target } = explained(fromMiddle, { batch: 4 })
    const w = tensorsOf(network)
    const zeros = tf.zeros<tf.Rank.R3>([1, TINY.rows, TINY.steps * TINY.stepColumns])
    const middle = logitsOf(network.forward, w, zeros)
    const size = relevance.length / 4
    for (const [row, f] of entered.entries()) {
      const sum = relevance.subarray(row * size, (row + 1) * size).reduce((total, value) => total + value, 0)
      const difference = f - middle[target[row]!]!
      expect(Math.abs(sum - difference)).toBeLessThan(0.01 * Math.abs(difference) + 1e-3)
    }
    tf.dispose([w, zeros])
  })

  it('shipped starts at the range’s low end, wherever that is', () => {
    for (const low of [-1, -2]) {
      const { relevance, entered, target } = explained(integratedGradients, {
        batch: 4,
        range: { low, high: 1 },
      })
      const w = tensorsOf(network)
      const blank = tf.fill<tf.Rank.R3>([1, TINY.rows, TINY.steps * TINY.stepColumns], low)
      const start = logitsOf(network.forward, w, blank)
      const size = relevance.length / 4
      for (const [row, f] of entered.entries()) {
        const sum = relevance.subarray(row * size, (row + 1) * size).reduce((total, r) => total + r, 0)
        const difference = f - start[target[row]!]!
        expect(Math.abs(sum - difference)).toBeLessThan(0.05 * Math.abs(difference) + 0.05)
      }
      tf.dispose([w, blank])
    }
  })
})

describe('a removal', () => {
  it('is by how much f falls without a row of pixels', () => {
    const byRow = own(({ x, range, evidence }) => {
      const rows = tf.split<Tensor3D>(x, x.shape[1], 1)
      const blank = tf.fill<tf.Rank.R3>([x.shape[0], 1, x.shape[2]], range.low)
      const falls = rows.map((_, row) => {
        const without = tf.concat(
          rows.map((own, other) => (other === row ? blank : own)),
          1,
        )
        const fall = tf.sub(evidence(), evidence(without))
        return tf.mul(tf.reshape(fall, [-1, 1, 1]), tf.onesLike(blank)) as Tensor3D
      })
      return tf.concat(falls, 1)
    })
    const [once, repeated] = bothWays(byRow)
    expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    const columns = TINY.steps * TINY.stepColumns
    const pixels = x.dataSync<'float32'>()
    for (const row of [0, 4]) {
      const removed = tf.tensor3d(
        pixels.map((pixel, i) => (Math.floor(i / columns) % TINY.rows === row ? -1 : pixel)),
        x.shape,
      )
      const without = logitsOf(network.forward, w, removed)
      const falls = Array.from(once.target, (k, sequence) => {
        const at = sequence * TINY.classes + k
        return once.logits[at]! - without[at]!
      })
      const own = falls.map((_, sequence) => once.relevance[(sequence * TINY.rows + row) * columns]!)
      expect(deviation(own, falls)).toBeLessThan(1e-5)
      removed.dispose()
    }
    tf.dispose([w, x])
  })
})

describe('a method that reads values', () => {
  let read = 0
  const byHand: [string, Method['attribute']][] = [
    [
      'of the sequences',
      ({ x }) => {
        read++
        return tf.tensor3d(
          x.dataSync<'float32'>().map((pixel) => pixel * pixel),
          x.shape,
        )
      },
    ],
    [
      'of a walk',
      ({ x, walk }) => {
        read++
        const gradient = walk(gradientWalk).arraySync()
        return tf.tensor3d(
          gradient.flat(2).map((value) => Math.abs(value)),
          x.shape,
        )
      },
    ],
    [
      'of f',
      ({ x, evidence }) => {
        read++
        const f = evidence().dataSync<'float32'>()
        return tf.mul(x, tf.tensor3d(f, [f.length, 1, 1])) as Tensor3D
      },
    ],
  ]
  it.each(byHand)('%s works, and where batches are repeated too, once for each', (_what, attribute) => {
    const method = own(attribute)
    const [once, repeated] = bothWays(method)
    expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
    expect(deviation(repeated.logits, once.logits)).toBeLessThan(1e-4)
    read = 0
    explained(method, { repeated: true })
    expect(read).toBe(1)
    expect(tensorsLeft(() => explained(method, { repeated: true }))).toBe(0)
    const other = explained(method, { repeated: true, target: 2 })
    expect([...other.target]).toEqual(new Array(BATCH).fill(2))
  })

  it('or uses a tensor of its own making works alike', () => {
    const template = tf.tidy(() => tf.add(tf.randomUniform([1, TINY.rows, 9], 0, 1, 'float32', 3), 0))
    const weighted = own(({ walk }) => tf.mul(walk(gradientWalk), template) as Tensor3D)
    const [once, repeated] = bothWays(weighted)
    expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
    template.dispose()
  })
})

describe.skipIf(!canCompile())('a walk', () => {
  const counting = () => {
    const count = { times: 0 }
    const walk: typeof gradientWalk = {
      ...gradientWalk,
      operations(range, recorder) {
        count.times++
        return gradientWalk.operations(range, recorder)
      },
    }
    return { count, walk }
  }

  it('of repeated batches is compiled at the second and computed by its graph from then on, for all methods', () => {
    const { count, walk } = counting()
    const [mine, other] = [own((asked) => asked.walk(walk)), own((asked) => tf.abs(asked.walk(walk)))]
    for (let i = 0; i < 2; i++) explained(mine, { repeated: true })
    const compiling = count.times
    for (let i = 0; i < 3; i++) explained(mine, { repeated: true })
    const [once] = bothWays(other)
    expect(deviation(explained(other, { repeated: true }).relevance, once.relevance)).toBeLessThan(1e-4)
    expect(count.times).toBe(compiling + 1)
  })

  it('that a method makes anew for each batch is never taken for another', () => {
    const scaled = own(({ x, walk }) => {
      const size = tf.sum(tf.abs(x)).dataSync()[0]!
      return walk({ ...gradientWalk, finish: (signal) => tf.mul(signal, size) })
    })
    for (const batch of [6, 7, 6]) {
      const [once, repeated] = bothWays(scaled)
      expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
      expect(explained(scaled, { batch, repeated: true }).shape[0]).toBe(batch)
    }
  })

  it('is not compiled for a network that reads values, and is for others', () => {
    const { count, walk } = counting()
    const method = own((asked) => asked.walk(walk))
    const reading: Forward = (ops, w, x) => {
      const logits = network.forward(ops, w, x)
      logits.dataSync()
      return logits
    }
    for (let i = 0; i < 2; i++) explained(method, { forward: reading, batch: 6, repeated: true })
    count.times = 0
    for (let i = 0; i < 3; i++) explained(method, { forward: reading, batch: 6, repeated: true })
    expect(count.times).toBe(3)
    for (let i = 0; i < 3; i++) explained(method, { batch: 7, repeated: true })
    expect(count.times).toBe(4)
  })
})

describe('what is not relevance', () => {
  const shape = `[${[6, TINY.rows, TINY.steps * TINY.stepColumns]}]`
  const wrong: [string, (explained: Explained) => unknown, string][] = [
    ['of another size', ({ x }) => tf.zeros([x.shape[0], 3]), 'My method gave relevance of shape [6,3]'],
    [
      'with rows and columns exchanged',
      ({ x }) => tf.transpose(x, [0, 2, 1]),
      'My method gave relevance of shape [6,9,5]',
    ],
    ['flat', ({ x }) => tf.reshape(x, [-1]), 'My method gave relevance of shape [270]'],
    ['of one sequence', ({ x }) => tf.slice(x, 0, 1), 'My method gave relevance of shape [1,5,9]'],
    ['an array', ({ x }) => x.dataSync(), 'My method gave 0'],
    ['nothing', () => undefined, 'My method gave undefined'],
    ['a promise', async ({ x }) => x, 'My method gave a promise'],
  ]
  it.each(wrong)('%s is refused', (what, attribute, message) => {
    for (const repeated of [false, true]) {
      const method = own(attribute as Method['attribute'])
      // Reading a value ends the compiling, not the method.
      const run = () =>
        explained(what === 'an array' ? own(() => new Float32Array(2) as unknown as Tensor3D) : method, {
          batch: 6,
          repeated,
        })
      expect(tensorsLeft(() => expect(run).toThrow(message))).toBe(0)
      expect(run).toThrow(`attribute must return a tensor of the shape of x, ${shape}`)
    }
  })

  it('of whole numbers or of truth values becomes numbers', () => {
    for (const attribute of [
      ({ x }: Explained) => tf.greater(x, 0),
      ({ x }: Explained) => tf.cast(tf.greater(x, 0), 'int32'),
    ]) {
      const [once, repeated] = bothWays(own(attribute as Method['attribute']))
      expect(once.relevance).toBeInstanceOf(Float32Array)
      expect(once.relevance.some((value) => value === 1)).toBe(true)
      expect(repeated.relevance).toEqual(once.relevance)
    }
  })

  it.each<[string, Method['attribute']]>([
    ['a walk', ({ x, walk }) => walk(gradientWalk, tf.concat([x, x]))],
    ['evidence', ({ x, evidence }) => tf.mul(x, tf.sum(evidence(tf.slice(x, 0, 1))))],
  ])('of %s at sequences of another shape is refused', (_what, attribute) => {
    for (const repeated of [false, true])
      expect(() => explained(own(attribute), { batch: 6, repeated })).toThrow(
        'My method asks for sequences of shape',
      )
  })
})

describe('a method that throws', () => {
  const fail = (): never => {
    throw new TypeError('of my own making')
  }
  const failing: [string, Method['attribute']][] = [
    ['at once', fail],
    [
      'after a walk',
      ({ walk }) => {
        walk(gradientWalk)
        return fail()
      },
    ],
    [
      'in the middle of a walk, on the way forward',
      ({ walk }) =>
        walk({
          ...gradientWalk,
          operations: (range, recorder) => ({ ...gradientWalk.operations(range, recorder), relu: fail }),
        }),
    ],
    ['at the end of a walk', ({ walk }) => walk({ ...gradientWalk, finish: fail })],
    ['before a walk', ({ walk }) => walk({ ...gradientWalk, operations: fail })],
    [
      'after it asked for f',
      ({ evidence }) => {
        evidence()
        return fail()
      },
    ],
  ]
  it.each(failing)(
    '%s throws its own error, leaves nothing behind, and the next one works',
    (_what, attribute) => {
      const method = own(attribute)
      const before = explained(sensitivity).relevance
      for (const repeated of [false, true])
        for (const record of [false, true])
          expect(
            tensorsLeft(() =>
              expect(() => explained(method, { repeated, record })).toThrow('of my own making'),
            ),
          ).toBe(0)
      for (const repeated of [false, true])
        expect(deviation(explained(sensitivity, { repeated }).relevance, before)).toBeLessThan(1e-4)
    },
  )
})

describe('a method that needs to know how sequences are read', () => {
  it('is told, and occlusion refuses where it was not', () => {
    const told: unknown[] = []
    const asking = own(({ x, geometry, range }) => {
      told.push(geometry, range)
      return x
    })
    explained(asking, { geometry: undefined, range: { low: -2, high: 2 } })
    explained(asking, { geometry: TINY })
    expect(told).toEqual([null, { low: -2, high: 2 }, TINY, { low: -1, high: 1 }])
  })
})
