import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture } from '../../src/catalogue/index.js'
import {
  composite,
  deepTaylorRule,
  deepTaylorRuleWith,
  epsilonRule,
  explainBatch,
  gammaRule,
  gradientTimesInput,
  guidedBackprop,
  guidedBackpropWithoutGates,
  integratedGradientsOf,
  ledgersOf,
  lrpZero,
  type Method,
  propagation,
  type Rule,
  randomRelevance,
  smoothGrad,
  smoothGradOf,
  smoothGradSquared,
  smoothGradSquaredOf,
  uniformRelevance,
} from '../../src/explanation/index.js'
import type { Forward } from '../../src/network/operations.js'
import { tanhLstm } from '../architectures/further-networks.js'
import { TINY } from '../architectures/networks.js'
import { denseMatrix } from '../network/slow-linear.js'
import { deviation, random1D, random2D, tensorsLeft } from '../network/tensors.js'
import { expectAddsUp } from './expect-adds-up.js'
import { propagate } from './propagate.js'
import { slowLayer, slowRules } from './slow-rules.js'
import { small } from './small-networks.js'

beforeAll(async () => {
  await useBackend()
})

const RELUS = ['shallow', 'deep', 'convdeep'] as const
const deep = () => small(architecture('deep'))

describe('integrated gradients', () => {
  it('add up to f(x) − f(x₀) the better the more points there are', () => {
    const { explain, logits, without, sums } = small(architecture('r-lstm'))
    const [whole, nothing] = [undefined, without(() => true)].map((values) =>
      logits(values).map((row) => row[1]!),
    )
    const difference = whole!.map((value, row) => value - nothing![row]!)
    const errors = [1, 16, 256].map((points) =>
      deviation(sums(explain({ method: integratedGradientsOf(points), target: 1 }).relevance), difference),
    )
    expect(errors[1]).toBeLessThan(errors[0]! / 2)
    expect(errors[2]).toBeLessThan(1e-3)
  })

  it('of no point is refused', () => {
    expect(() => integratedGradientsOf(0)).toThrow('points = 0; it must be a whole number of at least 1')
  })
})

/** f = Σ σ(2 x_p) over 500 pixels. */
const sigmoids: Forward = (ops, w, x) => {
  const pixels: Tensor2D = tf.reshape(x, [x.shape[0], -1])
  const y = ops.sigmoid(
    ops.affine('hidden', [ops.term(pixels, w['hidden.kernel']!, 'pixels')], w['hidden.bias']!),
  )
  return ops.affine('readout', [ops.term(y, w['readout.kernel']!, 'nonnegative')], w['readout.bias']!)
}

function onSigmoids(method: Method, x: number): Float32Array {
  const w = {
    'hidden.kernel': tf.mul(tf.eye(500), 2),
    'hidden.bias': tf.zeros([500]),
    'readout.kernel': tf.ones([500, 2]),
    'readout.bias': tf.zeros([2]),
  }
  const pixels: Tensor3D = tf.fill([1, 20, 25], x)
  try {
    return explainBatch(sigmoids, w, pixels, { method, target: 0 }).relevance
  } finally {
    tf.dispose([w, pixels])
  }
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v / values.length, 0)

describe('SmoothGrad', () => {
  /** The mean of power(σ'(2(x + n))·2) over normal n, by the trapezoid rule. */
  const expected = (x: number, deviation: number, power: 1 | 2) => {
    const [steps, reach] = [2000, 8]
    return Array.from({ length: steps + 1 }, (_, i) => {
      const u = -reach + (2 * reach * i) / steps
      const y = 1 / (1 + Math.exp(-2 * (x + deviation * u)))
      const density = Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI)
      return (2 * y * (1 - y)) ** power * density * ((2 * reach) / steps)
    }).reduce((sum, part) => sum + part, 0)
  }

  it('is the mean of gradients over normal noise of 0.15 of the range, its square that of their squares', () => {
    // 16 samples of 500 pixels: the noise of the mean is below 0.5 %.
    expect(mean(onSigmoids(smoothGrad, 0.8)) / expected(0.8, 0.3, 1)).toBeCloseTo(1, 1.7)
    expect(mean(onSigmoids(smoothGradSquared, 0.8)) / expected(0.8, 0.3, 2)).toBeCloseTo(1, 1.5)
    const plain = mean(onSigmoids(smoothGradOf({ noise: 1e-6, samples: 2 }), 0.8))
    expect(plain).toBeCloseTo(expected(0.8, 1e-9, 1), 5)
    expect(Math.abs(mean(onSigmoids(smoothGrad, 0)) / expected(0, 1e-9, 1) - 1)).toBeGreaterThan(0.05)
  })

  it('with another seed draws other noise, with the same the same', () => {
    const [one, again, other] = [3, 3, 4].map((seed) => onSigmoids(smoothGradOf({ seed, samples: 2 }), 0.5))
    expect(one).toEqual(again)
    expect(deviation(other!, one!)).toBeGreaterThan(0.01)
  })

  it.each([
    [{ samples: 0 }, 'samples = 0'],
    [{ samples: 1.5 }, 'samples = 1.5'],
    [{ noise: 0 }, 'noise = 0; it must be above 0'],
    [{ noise: Number.NaN }, 'noise = NaN'],
    [{ seed: -1 }, 'seed = -1'],
  ])('of %j is refused', (smoothing, message) => {
    expect(() => smoothGradOf(smoothing)).toThrow(message)
    expect(() => smoothGradSquaredOf(smoothing)).toThrow(message)
  })
})

describe('LRP-0', () => {
  it.each(RELUS)('is gradient × input on %s', (id) => {
    const { explain } = small(architecture(id))
    const [zero, product] = [lrpZero, gradientTimesInput].map((method) => explain({ method, target: 1 }))
    expect(deviation(zero!.relevance, product!.relevance)).toBeLessThan(1e-5)
  })

  it('is not on R-LSTM, where gates take no relevance', () => {
    const { explain } = small(architecture('r-lstm'))
    const [zero, product] = [lrpZero, gradientTimesInput].map((method) => explain({ method, target: 1 }))
    expect(deviation(zero!.relevance, product!.relevance)).toBeGreaterThan(0.01)
  })
})

describe('guided backprop without gates', () => {
  it.each(RELUS)('is guided backprop on %s, which has none', (id) => {
    const { explain } = small(architecture(id))
    const [without, guided] = [guidedBackpropWithoutGates, guidedBackprop].map((method) =>
      explain({ method, target: 1 }),
    )
    expect(without!.relevance).toEqual(guided!.relevance)
  })

  it('on R-LSTM is what the way back through the candidates alone, written out, gives', () => {
    const { explain, network, pixels, shape } = small(architecture('r-lstm'))
    const k = 1
    const matrixOf = (name: string) => {
      const { shape, values } = network.values[`${name}.kernel`]!
      return denseMatrix(values, shape as [number, number])
    }
    const biasOf = (name: string) => [...network.values[`${name}.bias`]!.values]
    const layer = (name: string, x: readonly number[]) =>
      biasOf(name).map((b, j) => x.reduce((sum, value, i) => sum + value * matrixOf(name)[i]![j]!, b))
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
    const relu = (x: number) => Math.max(0, x)
    const expected = new Float64Array(pixels.length)
    for (let row = 0; row < shape[0]; row++) {
      const cell = biasOf('candidate').length
      let [c, h] = [new Array<number>(cell).fill(0), new Array<number>(cell).fill(0)]
      const steps = Array.from({ length: TINY.steps }, (_, step) => {
        const places = Array.from({ length: TINY.rows * TINY.stepColumns }, (_, i) => {
          const [y, column] = [
            Math.floor(i / TINY.stepColumns),
            step * TINY.stepColumns + (i % TINY.stepColumns),
          ]
          return (row * shape[1] + y) * shape[2] + column
        })
        const z = layer(
          'input',
          places.map((place) => pixels[place]!),
        )
        const input = z.map(relu)
        const both = [...input, ...h]
        const [i, f, o] = ['inputGate', 'forgetGate', 'outputGate'].map((gate) =>
          layer(gate, both).map(sigmoid),
        )
        const candidate = layer('candidate', both)
        c = c.map((value, u) => f![u]! * value + i![u]! * relu(candidate[u]!))
        h = c.map((value, u) => o![u]! * value)
        return { places, z, i: i!, f: f!, o: o!, candidate }
      })
      const [ofInput, ofCandidate] = [matrixOf('input'), matrixOf('candidate')]
      const guided = (signal: number, activation: number) => (activation > 0 ? relu(signal) : 0)
      const back = (matrix: typeof ofInput, signal: readonly number[]) =>
        matrix.map((weights) => weights.reduce((sum, w, j) => sum + w * signal[j]!, 0))
      let dh = matrixOf('readout').map((weights) => weights[k]!)
      let dc = new Array<number>(cell).fill(0)
      for (const { places, z, i, f, o, candidate } of steps.reverse()) {
        dc = dc.map((value, u) => value + o[u]! * dh[u]!)
        const signal = back(
          ofCandidate,
          dc.map((value, u) => guided(i[u]! * value, candidate[u]!)),
        )
        const ofPixels = back(
          ofInput,
          z.map((activation, u) => guided(signal[u]!, activation)),
        )
        for (const [p, place] of places.entries()) expected[place] = ofPixels[p]! ** 2
        dh = signal.slice(z.length)
        dc = dc.map((value, u) => f[u]! * value)
      }
    }
    const [without, guided] = [guidedBackpropWithoutGates, guidedBackprop].map((method) =>
      explain({ method, target: k }),
    )
    expect(deviation(without!.relevance, expected)).toBeLessThan(1e-5)
    expect(deviation(guided!.relevance, expected)).toBeGreaterThan(0.01)
  })
})

describe('baselines', () => {
  it('of random relevance are whole numbers of the sequence’s own pixels and of draws for each place', () => {
    const { explain, pixels, shape, size } = deep()
    const { relevance } = explain({ method: randomRelevance, target: 1 })
    // The draws of TensorFlow.js come from its own generator in JavaScript, whatever the backend.
    const draws = (below: number, seed: number) =>
      tf.tidy(() => [...tf.randomUniform([size], 0, below, 'float32', seed).dataSync()].map(Math.floor))
    const [first, second, third] = [1, 2, 3].map((seed) => draws(4096, seed))
    const masks = [4, 5].map((seed) => draws(2, seed))
    for (let row = 0; row < shape[0]; row++) {
      const levels = Array.from(pixels.subarray(row * size, (row + 1) * size), (pixel) =>
        Math.floor(Math.fround(Math.fround(Math.fround(Math.fround(pixel + 1) / 2) * 255) + 0.5)),
      )
      const [h, other] = masks.map(
        (mask) => levels.reduce((sum, level, i) => sum + level * mask[i]!, 0) % 4096,
      )
      const expected = levels.map(
        (_, i) => ((first![i]! * h! + second![i]! * other! + third![i]!) % 4096) / 2048 - 1,
      )
      expect([...relevance.subarray(row * size, (row + 1) * size)]).toEqual(expected)
    }
  })

  it('of random relevance are the same in any batch and for any network, and spread over [−1, 1)', () => {
    const { explain, pixels, size } = deep()
    const { relevance } = explain({ method: randomRelevance, target: 1 })
    const turned = Float32Array.from([...pixels.subarray(size), ...pixels.subarray(0, size)])
    const other = small(architecture('r-lstm')).explain({ method: randomRelevance, target: 0 }, turned)
    expect([...other.relevance.subarray(0, relevance.length - size)]).toEqual([...relevance.subarray(size)])
    expect([...other.relevance.subarray(relevance.length - size)]).toEqual([...relevance.subarray(0, size)])
    expect(Math.min(...relevance)).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...relevance)).toBeLessThan(1)
    // 180 values of standard deviation 0.577.
    expect(Math.abs(mean(relevance))).toBeLessThan(0.15)
    expect(mean(relevance.map((value) => value * value))).toBeCloseTo(1 / 3, 0.8)
    expect(relevance.subarray(0, size)).not.toEqual(relevance.subarray(size, 2 * size))
  })

  it('of uniform relevance are 1 everywhere', () => {
    const { explain, pixels } = deep()
    expect([...explain({ method: uniformRelevance, target: 1 }).relevance]).toEqual(
      new Array(pixels.length).fill(1),
    )
  })
})

describe('gates by size', () => {
  it('explain a tanh-LSTM by LRP-ε, unlike gates in proportion, with a ledger that adds up', () => {
    const { explain, pixels, size } = small(tanhLstm)
    const by = (gates: 'absolute' | 'proportional' | 'nothing') =>
      explain({
        method: propagation({
          id: `gates-${gates}`,
          title: gates,
          rule: { ...epsilonRule(0.01), gates },
          start: 'logit',
        }),
        target: 1,
        record: true,
      })
    const [bySize, inProportion, nothing] = [by('absolute'), by('proportional'), by('nothing')]
    expect(deviation(bySize.relevance, inProportion.relevance)).toBeGreaterThan(0.01)
    expect(deviation(bySize.relevance, nothing.relevance)).toBeGreaterThan(0.01)
    const columns = pixels.length / (4 * TINY.rows)
    for (const [row, ledger] of ledgersOf(bySize, TINY).entries()) {
      expect(ledger.entered).toBe(bySize.logits[row * TINY.classes + 1])
      for (const [step, received] of ledger.steps.entries()) {
        const own = [...bySize.relevance.subarray(row * size, (row + 1) * size)].filter(
          (_, i) => Math.floor((i % columns) / TINY.stepColumns) === step,
        )
        expect(received).toBeCloseTo(
          own.reduce((sum, part) => sum + part, 0),
          5,
        )
      }
      for (const sink of ['biases', 'epsilon'] as const) expect(Math.abs(ledger[sink])).toBeGreaterThan(1e-4)
      expectAddsUp(ledger)
    }
  })
})

let made = 0
const byRule = (rule: Rule): Method =>
  propagation({ id: `composite${made++}`, title: 'My composite', rule, start: 'logit' })

describe('a composite', () => {
  it.each<[string, Rule]>([
    ['LRP-ε', epsilonRule(0.01)],
    ['deep Taylor', deepTaylorRule],
    ['deep Taylor with gates', deepTaylorRuleWith({ gates: 'half' })],
  ])('of one rule everywhere is that rule: %s', (_name, rule) => {
    for (const id of ['shallow', 'conv-r-lstm']) {
      const { explain } = small(architecture(id))
      const everywhere = composite({
        layers: [
          { kind: 'convolution', rule },
          { name: /o/, rule },
          { kind: 'dense', rule },
        ],
        rest: { ...epsilonRule(0.5), gates: rule.gates, signedSums: rule.signedSums },
      })
      const [own, plain] = [everywhere, rule].map((rule) => explain({ method: byRule(rule), target: 1 }))
      expect(own!.relevance).toEqual(plain!.relevance)
    }
  })

  it('gives each layer the first rule that fits, and the rest the rest’s', () => {
    const [x, relevance] = [random2D([5, 4], 'x'), tf.relu(random2D([5, 3], 'relevance')) as Tensor2D]
    const kernels = [random2D([4, 6], 'first'), random2D([6, 5], 'second'), random2D([5, 3], 'third')]
    const biases = [6, 5, 3].map((units, k) => random1D(units, `bias ${k}`, -0.2, 0))
    const rule = composite({
      layers: [
        { name: 'second', rule: gammaRule(0.5) },
        { kind: 'pixels', rule: deepTaylorRuleWith({ pixels: 'flat' }) },
        { name: /^sec/, rule: deepTaylorRule },
      ],
      rest: epsilonRule(0.1),
    })
    const names = ['first', 'second', 'third']
    const [received] = propagate(rule, [x], relevance, (ops, x) =>
      names.reduce<Tensor2D>((x, name, k) => {
        const sum = ops.affine(
          name,
          [ops.term(x, kernels[k]!, k === 0 ? 'pixels' : 'nonnegative')],
          biases[k]!,
        )
        return k < 2 ? ops.relu(sum) : sum
      }, x as Tensor2D),
    )
    const activations = [[...x.dataSync()]]
    for (const [k, kernel] of kernels.slice(0, 2).entries()) {
      const matrix = denseMatrix(kernel.dataSync(), kernel.shape)
      const b = biases[k]!.dataSync()
      activations.push(
        Array.from({ length: 5 * b.length }, (_, at) => {
          const [row, j] = [Math.floor(at / b.length), at % b.length]
          return Math.max(
            0,
            matrix.reduce(
              (sum, weights, i) => sum + activations[k]![row * matrix.length + i]! * weights[j]!,
              b[j]!,
            ),
          )
        }),
      )
    }
    const rules = [slowRules.deepTaylorWith('flat'), slowRules.gamma(0.5), slowRules.epsilon(0.1)]
    const expected = [2, 1, 0].reduce<ArrayLike<number>>((relevance, k) => {
      const matrix = denseMatrix(kernels[k]!.dataSync(), kernels[k]!.shape)
      const input = {
        x: activations[k]!,
        matrix,
        domain: k === 0 ? ('pixels' as const) : ('nonnegative' as const),
      }
      const range = { low: -1, high: 1 }
      return slowLayer(rules[k]!, [input], biases[k]!.dataSync(), relevance, range).received[0]!
    }, relevance.dataSync())
    expect(deviation(received!, expected)).toBeLessThan(1e-4)
  })

  it.each<[string | RegExp, string]>([
    [
      'hiden',
      "My composite has a rule for layer 'hiden'; the network's layers are input, hidden, recurrent, output, readout",
    ],
    [/^conv/, "My composite has a rule for layer /^conv/; the network's layers are"],
  ])(
    'with a rule for %s, which the network has not, is refused with the layers there are',
    (name, message) => {
      const { explain } = deep()
      const method = byRule(composite({ layers: [{ name, rule: deepTaylorRule }], rest: epsilonRule(0.1) }))
      for (const repeated of [false, true])
        expect(
          tensorsLeft(() => expect(() => explain({ method, target: 1, repeated })).toThrow(message)),
        ).toBe(0)
    },
  )

  it('in the rest of another follows its layers', () => {
    const inner = composite({ layers: [{ name: 'input', rule: deepTaylorRule }], rest: epsilonRule(0.1) })
    const outer = composite({ layers: [{ name: 'output', rule: gammaRule(1) }], rest: inner })
    const flat = composite({
      layers: [
        { name: 'output', rule: gammaRule(1) },
        { name: 'input', rule: deepTaylorRule },
      ],
      rest: epsilonRule(0.1),
    })
    const { explain } = deep()
    const [nested, plain] = [outer, flat].map((rule) => explain({ method: byRule(rule), target: 1 }))
    expect(nested!.relevance).toEqual(plain!.relevance)
  })

  it('for a kind of layer that there is not, or with a composite for a layer, is refused', () => {
    const kind = 'dens' as 'dense'
    expect(() => composite({ layers: [{ kind, rule: deepTaylorRule }], rest: deepTaylorRule })).toThrow(
      "there are no layers of kind 'dens'; there are dense, convolution, pixels",
    )
    const inner = composite({ layers: [], rest: deepTaylorRule })
    expect(() => composite({ layers: [{ kind: 'dense', rule: inner }], rest: deepTaylorRule })).toThrow(
      'the rule for dense is a composite; only the rest may have one',
    )
  })
})

describe('a rule for pixels or gates', () => {
  it('that there is not is refused with those there are', () => {
    expect(() => deepTaylorRuleWith({ pixels: 'zb' as 'zB' })).toThrow(
      "pixels = 'zb'; there are zB, wSquared, flat, shifted",
    )
    expect(() => deepTaylorRuleWith({ gates: 'all' as 'half' })).toThrow(
      "gates = 'all'; there are nothing, half, proportional, absolute",
    )
  })
})
