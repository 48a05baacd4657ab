import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { differentiable, type GradientVariant } from '../../src/network/differentiable.js'
import type { Pass } from '../../src/network/operations.js'
import {
  convolutionMatrix,
  denseMatrix,
  flipped,
  maxPooled,
  maxPooledBack,
  multiplied,
  pooled,
} from './slow-linear.js'
import { deviation, random1D, random2D, random4D, randomValues, SINGLE, tensorsLeft } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

const TRAINING: GradientVariant = { purpose: 'training' }
const EXPLAINING: GradientVariant = { purpose: 'explaining' }

interface Walk {
  readonly value: ArrayLike<number>
  readonly gradients: Float32Array[]
}

/** A computation's value and the gradients of ⟨value, signal⟩ with respect to its inputs. */
function walk(
  variant: GradientVariant,
  inputs: Tensor[],
  compute: (ops: Pass, ...inputs: Tensor[]) => Tensor,
  signal: Tensor,
): Walk {
  const pass = differentiable(variant)
  try {
    return tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...xs: Tensor[]) => compute(pass, ...xs))(inputs, signal)
      return { value: value.dataSync(), gradients: grads.map((gradient) => gradient.dataSync<'float32'>()) }
    })
  } finally {
    pass.dispose()
  }
}

describe('affine', () => {
  const inputs = () => [
    random2D([4, 3], 'x'),
    random2D([3, 5], 'kernel of x'),
    random2D([4, 2], 'state', 0, 1),
    random2D([2, 5], 'kernel of state'),
    random1D(5, 'bias'),
  ]
  const layer = (ops: Pass, x: Tensor, ofX: Tensor, state: Tensor, ofState: Tensor, bias: Tensor) =>
    ops.affine(
      'layer',
      [
        ops.term(x as Tensor2D, ofX as Tensor2D, 'nonnegative'),
        ops.term(state as Tensor2D, ofState as Tensor2D, 'nonnegative'),
      ],
      bias as Tensor1D,
    )

  it('is Σ x·W + b, and each input and parameter gets its gradient', () => {
    const [x, ofX, state, ofState, bias] = inputs()
    const signal = random2D([4, 5], 'signal')
    const { value, gradients } = walk(TRAINING, inputs(), layer, signal)
    const [mX, mState] = [denseMatrix(ofX!.dataSync(), [3, 5]), denseMatrix(ofState!.dataSync(), [2, 5])]
    const products = [multiplied(x!.dataSync(), mX), multiplied(state!.dataSync(), mState)]
    const expected = products[0]!.map((p, i) => p + products[1]![i]! + bias!.dataSync()[i % 5]!)
    expect(deviation(value, expected)).toBeLessThan(SINGLE)

    const dy = signal.dataSync()
    const columns = denseMatrix(dy, [4, 5])
    const [dx, dOfX, dState, dOfState, dBias] = gradients
    expect(deviation(dx!, multiplied(dy, flipped(mX)))).toBeLessThan(SINGLE)
    expect(deviation(dState!, multiplied(dy, flipped(mState)))).toBeLessThan(SINGLE)
    const rowsOf = (values: ArrayLike<number>, units: number) =>
      flipped(denseMatrix(values, [4, units])).flat()
    expect(deviation(dOfX!, multiplied(rowsOf(x!.dataSync(), 3), columns))).toBeLessThan(SINGLE)
    expect(deviation(dOfState!, multiplied(rowsOf(state!.dataSync(), 2), columns))).toBeLessThan(SINGLE)
    expect(deviation(dBias!, multiplied([1, 1, 1, 1], columns))).toBeLessThan(SINGLE)
  })

  it('gives a kernel used at several steps the sum Σ_t x_tᵀ·dy_t', () => {
    const steps = [0, 1, 2].map((t) => random2D([2, 3], `x${t}`))
    const signal = random2D([6, 4], 'signal')
    const bias = random1D(4, 'bias')
    const kernel = random2D([3, 4], 'kernel')
    const { gradients } = walk(
      TRAINING,
      [kernel, bias],
      (ops, kernel, bias) =>
        tf.concat(
          steps.map((x) =>
            ops.affine('layer', [ops.term(x, kernel as Tensor2D, 'nonnegative')], bias as Tensor1D),
          ),
        ),
      signal,
    )
    const dy = denseMatrix(signal.dataSync(), [6, 4])
    const x = denseMatrix(
      steps.flatMap((step) => [...step.dataSync()]),
      [6, 3],
    )
    expect(deviation(gradients[0]!, multiplied(flipped(x).flat(), dy))).toBeLessThan(SINGLE)
    expect(deviation(gradients[1]!, multiplied([1, 1, 1, 1, 1, 1], dy))).toBeLessThan(SINGLE)
  })

  it('is the same for an input multiplied at all steps at once', () => {
    const signal = random2D([6, 4], 'signal')
    const run = (atOnce: boolean) =>
      walk(
        TRAINING,
        [random2D([6, 3], 'x'), random2D([3, 4], 'kernel'), random1D(4, 'bias')],
        (ops, x, kernel, bias) => {
          const terms = atOnce
            ? ops.terms(x as Tensor2D, kernel as Tensor2D, 'nonnegative', 3)
            : tf
                .split<Tensor2D>(x as Tensor2D, 3)
                .map((part) => ops.term(part, kernel as Tensor2D, 'nonnegative'))
          return tf.concat(terms.map((term) => ops.affine('layer', [term], bias as Tensor1D)))
        },
        signal,
      )
    const [together, apart] = [run(true), run(false)]
    expect(deviation(together.value, apart.value)).toBeLessThan(SINGLE)
    for (const [i, gradient] of together.gradients.entries())
      expect(deviation(gradient, apart.gradients[i]!)).toBeLessThan(SINGLE)
  })

  it('of one kernel at several steps is Σ_t x_t·W + b, and kernel, bias and every step get their gradients', () => {
    const [x, kernel, bias] = [random2D([6, 3], 'x'), random2D([3, 4], 'kernel'), random1D(4, 'bias')]
    const signal = random2D([2, 4], 'signal')
    const matrix = denseMatrix(kernel.dataSync(), [3, 4])
    const product = multiplied(x.dataSync(), matrix)
    const value = Array.from(
      { length: 8 },
      (_, i) => product[i]! + product[8 + i]! + product[16 + i]! + bias.dataSync()[i % 4]!,
    )
    const dy = signal.dataSync<'float32'>()
    const everywhere = [...dy, ...dy, ...dy]
    for (const atOnce of [true, false]) {
      const own = walk(
        TRAINING,
        [x, kernel, bias],
        (ops, x, kernel, bias) => {
          const terms = atOnce
            ? ops.terms(x as Tensor2D, kernel, 'nonnegative', 3)
            : tf.split<Tensor2D>(x as Tensor2D, 3).map((part) => ops.term(part, kernel, 'nonnegative'))
          return ops.affine('layer', terms, bias)
        },
        signal,
      )
      expect(deviation(own.value, value)).toBeLessThan(SINGLE)
      const [toX, toKernel, toBias] = own.gradients
      expect(deviation(toX!, multiplied(everywhere, flipped(matrix)))).toBeLessThan(SINGLE)
      const columns = flipped(denseMatrix(x.dataSync(), [6, 3])).flat()
      expect(deviation(toKernel!, multiplied(columns, denseMatrix(everywhere, [6, 4])))).toBeLessThan(SINGLE)
      expect(deviation(toBias!, multiplied([1, 1], denseMatrix(dy, [2, 4])))).toBeLessThan(SINGLE)
    }
  })

  it.each([[[0]], [[2]], [[1, 2]], [[0, 2]], [[2, 0, 1]]])(
    'gives a kernel its gradient from the steps %j that are read, whichever were computed before them',
    (read) => {
      const steps = [0, 1, 2].map((t) => random2D([2, 3], `x${t}`))
      const signal = random2D([2 * read.length, 4], 'signal')
      const { gradients } = walk(
        TRAINING,
        [random2D([3, 4], 'kernel'), random1D(4, 'bias')],
        (ops, kernel, bias) => {
          const layers = steps.map((x) => ops.affine('layer', [ops.term(x, kernel, 'nonnegative')], bias))
          return tf.concat(read.map((t) => layers[t]!))
        },
        signal,
      )
      const dy = denseMatrix(signal.dataSync(), [2 * read.length, 4])
      const x = denseMatrix(
        read.flatMap((t) => [...steps[t]!.dataSync()]),
        [2 * read.length, 3],
      )
      expect(deviation(gradients[0]!, multiplied(flipped(x).flat(), dy))).toBeLessThan(SINGLE)
    },
  )

  it('gives a kernel of pixels its gradient also where they are multiplied at all steps, and twice', () => {
    const [first, second] = [random2D([4, 3], 'first'), random2D([4, 3], 'second')]
    const signal = random2D([8, 2], 'signal')
    const { gradients } = walk(
      TRAINING,
      [random2D([3, 2], 'kernel')],
      (ops, kernel) =>
        tf.concat(
          [first, second].flatMap((pixels) =>
            ops.terms(pixels, kernel, 'pixels', 2).map((term) => ops.affine('layer', [term], tf.zeros([2]))),
          ),
        ),
      signal,
    )
    const x = denseMatrix([...first.dataSync(), ...second.dataSync()], [8, 3])
    const dy = denseMatrix(signal.dataSync(), [8, 2])
    expect(deviation(gradients[0]!, multiplied(flipped(x).flat(), dy))).toBeLessThan(SINGLE)
  })

  it('sums the bias’s gradient over thousands of rows', () => {
    const signal = random2D([3000, 3], 'signal')
    const x = random2D([3000, 1], 'x')
    const { gradients } = walk(
      TRAINING,
      [random1D(3, 'bias')],
      (ops, bias) => ops.affine('layer', [ops.term(x, tf.ones([1, 3]), 'nonnegative')], bias as Tensor1D),
      signal,
    )
    const expected = multiplied(new Array(3000).fill(1), denseMatrix(signal.dataSync(), [3000, 3]))
    expect(deviation(gradients[0]!, expected)).toBeLessThan(1e-5)
  })
})

describe('conv2d', () => {
  const channels = { pixels: 1, nonnegative: 2 } as const
  it.each(['pixels', 'nonnegative'] as const)(
    'of %s gives input, kernel and bias their gradients',
    (domain) => {
      const ins = channels[domain]
      const shape = [3, 3, ins, 2] as const
      const [x, kernel, bias] = [
        random4D([2, 4, 3, ins], 'x'),
        random4D([...shape], 'kernel'),
        random1D(2, 'bias'),
      ]
      const signal = random4D([2, 4, 3, 2], 'signal')
      const run = (variant: GradientVariant, inputs: Tensor[], pick: (xs: Tensor[]) => Tensor[]) =>
        walk(
          variant,
          inputs,
          (ops, ...xs) => {
            const [x, kernel, bias] = pick(xs)
            return ops.conv2d('conv', x as Tensor4D, kernel as Tensor4D, bias as Tensor1D, domain)
          },
          signal,
        )
      const matrix = convolutionMatrix(kernel.dataSync(), shape, 4, 3)
      const trained = run(TRAINING, [kernel, bias], ([kernel, bias]) => [x, kernel!, bias!])
      const expected = multiplied(x.dataSync(), matrix).map((value, i) => value + bias.dataSync()[i % 2]!)
      expect(deviation(trained.value, expected)).toBeLessThan(SINGLE)
      expect(
        deviation(
          trained.gradients[1]!,
          multiplied(new Array(24).fill(1), denseMatrix(signal.dataSync(), [24, 2])),
        ),
      ).toBeLessThan(SINGLE)
      // The map is linear in the kernel, so its gradient in a direction is the value there.
      for (const name of ['one', 'another']) {
        const direction = randomValues(18 * ins, name)
        const value = multiplied(x.dataSync(), convolutionMatrix(direction, shape, 4, 3))
        const forward = value.reduce((sum, v, i) => sum + v * signal.dataSync()[i]!, 0)
        const along = trained.gradients[0]!.reduce((sum, g, i) => sum + g * direction[i]!, 0)
        expect(along).toBeCloseTo(forward, 4)
      }
      const explained = run(EXPLAINING, [x], ([x]) => [x!, kernel, bias])
      expect(deviation(explained.value, expected)).toBeLessThan(SINGLE)
      expect(deviation(explained.gradients[0]!, multiplied(signal.dataSync(), flipped(matrix)))).toBeLessThan(
        SINGLE,
      )
    },
  )

  it('may be given a kernel that is made on the way', () => {
    const [x, wide, bias] = [random4D([1, 4, 4, 2], 'x'), random4D([3, 3, 2, 4], 'wide'), random1D(2, 'bias')]
    const signal = random4D([1, 4, 4, 2], 'signal')
    const { gradients } = walk(
      EXPLAINING,
      [x],
      (ops, x) => ops.conv2d('conv', x as Tensor4D, tf.split<Tensor4D>(wide, 2, 3)[1]!, bias, 'nonnegative'),
      signal,
    )
    const half = tf.split<Tensor4D>(wide, 2, 3)[1]!
    const matrix = convolutionMatrix(half.dataSync(), [3, 3, 2, 2], 4, 4)
    expect(deviation(gradients[0]!, multiplied(signal.dataSync(), flipped(matrix)))).toBeLessThan(SINGLE)
  })
})

describe('element by element', () => {
  const values = [-2, -0.5, 0, 0.5, 2, 3]
  const x = () => tf.tensor2d(values, [2, 3])
  const signal = () => tf.tensor2d([1, -2, 3, -4, 5, 6], [2, 3])
  const dy = [1, -2, 3, -4, 5, 6]
  const one = (compute: (ops: Pass, x: Tensor2D) => Tensor) =>
    walk(TRAINING, [x()], (ops, x) => compute(ops, x as Tensor2D), signal())

  it('relu is max(0, x) with derivative 1 above 0 and 0 at 0 and below', () => {
    const { value, gradients } = one((ops, x) => ops.relu(x))
    expect([...Array.from(value)]).toEqual([0, 0, 0, 0.5, 2, 3])
    expect(Array.from(gradients[0]!, (g) => g + 0)).toEqual([0, 0, 0, -4, 5, 6])
  })

  it('sigmoid is 1/(1 + e⁻ˣ) with derivative σ(1 − σ)', () => {
    const { value, gradients } = one((ops, x) => ops.sigmoid(x))
    const sigma = values.map((v) => 1 / (1 + Math.exp(-v)))
    expect(deviation(value, sigma)).toBeLessThan(SINGLE)
    expect(
      deviation(
        gradients[0]!,
        sigma.map((s, i) => dy[i]! * s * (1 - s)),
      ),
    ).toBeLessThan(SINGLE)
  })

  it('tanh has the derivative 1 − tanh², and the slope that finite differences have', () => {
    const { value, gradients } = one((ops, x) => ops.tanh(x))
    expect(deviation(value, values.map(Math.tanh))).toBeLessThan(SINGLE)
    const derivative = values.map((v, i) => dy[i]! * (1 - Math.tanh(v) ** 2))
    expect(deviation(gradients[0]!, derivative)).toBeLessThan(SINGLE)
    const slope = values.map((v, i) => (dy[i]! * (Math.tanh(v + 1e-4) - Math.tanh(v - 1e-4))) / 2e-4)
    expect(deviation(gradients[0]!, slope)).toBeLessThan(SINGLE)
  })

  it('1 − gate turns its gradient round', () => {
    const { value, gradients } = one((ops, x) => ops.complement(x))
    expect(Array.from(value)).toEqual(values.map((v) => 1 - v))
    expect([...gradients[0]!]).toEqual(dy.map((d) => -d))
  })

  it('what is tied together of gate and 1 − gate has both gradients: z·a + (1 − z)·b', () => {
    const [z, a, b] = [random2D([2, 3], 'z', 0, 1), random2D([2, 3], 'a'), random2D([2, 3], 'b')]
    const { value, gradients } = walk(
      TRAINING,
      [z, a, b],
      (ops, z, a, b) =>
        ops.sum(
          ops.gate(z as Tensor2D, a as Tensor2D),
          ops.gate(ops.complement(z as Tensor2D), b as Tensor2D),
          'signed',
        ),
      signal(),
    )
    const [vz, va, vb] = [z, a, b].map((tensor) => tensor.dataSync<'float32'>())
    const of = (make: (i: number) => number) => dy.map((_, i) => make(i))
    const mixed = of((i) => vz![i]! * va![i]! + (1 - vz![i]!) * vb![i]!)
    expect(deviation(value, mixed)).toBeLessThan(SINGLE)
    const expected = [
      of((i) => dy[i]! * (va![i]! - vb![i]!)),
      of((i) => dy[i]! * vz![i]!),
      of((i) => dy[i]! * (1 - vz![i]!)),
    ]
    for (const [k, gradient] of gradients.entries())
      expect(deviation(gradient, expected[k]!)).toBeLessThan(SINGLE)
  })

  it('a gate is a product, and both factors get their gradient', () => {
    const signalIn = random2D([2, 3], 'signal')
    const { value, gradients } = walk(
      TRAINING,
      [x(), signalIn],
      (ops, gate, signal) => ops.gate(gate as Tensor2D, signal as Tensor2D),
      signal(),
    )
    const s = signalIn.dataSync()
    expect(
      deviation(
        value,
        values.map((v, i) => v * s[i]!),
      ),
    ).toBeLessThan(SINGLE)
    expect(
      deviation(
        gradients[0]!,
        dy.map((d, i) => d * s[i]!),
      ),
    ).toBeLessThan(SINGLE)
    expect(
      deviation(
        gradients[1]!,
        dy.map((d, i) => d * values[i]!),
      ),
    ).toBeLessThan(SINGLE)
  })

  it('a sum hands its gradient to both terms', () => {
    const { value, gradients } = walk(
      TRAINING,
      [x(), tf.ones([2, 3])],
      (ops, a, b) => ops.sum(a as Tensor2D, b as Tensor2D),
      signal(),
    )
    expect(Array.from(value)).toEqual(values.map((v) => v + 1))
    expect(gradients.map((gradient) => [...gradient])).toEqual([dy, dy])
  })

  it('a value used twice gets the sum of both gradients', () => {
    const { gradients } = one((ops, x) => ops.sum(ops.relu(x), x))
    expect([...gradients[0]!]).toEqual([1, -2, 3, -8, 10, 12])
  })

  it('keep multiplies by the mask of its layer on both ways, and is x itself without dropout', () => {
    const mask = tf.tensor2d([0, 2, 2, 0, 2, 0], [2, 3])
    const asked: unknown[] = []
    const dropout = (...of: [string, number, number]) => {
      asked.push(of)
      return mask
    }
    const { value, gradients } = walk(
      { ...TRAINING, dropout },
      [x()],
      (ops, x) => ops.keep('hidden', x as Tensor2D),
      signal(),
    )
    expect(Array.from(value, (v) => v + 0)).toEqual([0, -1, 0, 0, 4, 0])
    expect(Array.from(gradients[0]!, (g) => g + 0)).toEqual([0, -4, 6, 0, 10, 0])
    expect(asked).toEqual([['hidden', 2, 3]])
    const pass = differentiable(TRAINING)
    const input = x()
    expect(pass.keep('hidden', input)).toBe(input)
  })

  it('a tap is x itself and the initial state 0', () => {
    const pass = differentiable(TRAINING)
    const input = x()
    expect(pass.tap('hidden', 0, input)).toBe(input)
    expect(pass.initial('state', 2, 3, input).arraySync()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
  })

  it.each([
    [4, 4],
    [5, 3],
  ])('average pooling of %i×%i gives every pixel an equal part of its block’s gradient', (height, width) => {
    const x = random4D([2, height, width, 2], 'x')
    const shape: [number, number, number, number] = [2, Math.ceil(height / 2), Math.ceil(width / 2), 2]
    const signal = random4D(shape, 'signal')
    const { value, gradients } = walk(
      TRAINING,
      [x],
      (ops, x) => ops.averagePool('pool', x as Tensor4D),
      signal,
    )
    expect(deviation(value, pooled(x.dataSync(), [2, height, width, 2]))).toBeLessThan(SINGLE)
    const direction = randomValues(x.size, 'direction')
    const along = pooled(direction, [2, height, width, 2])
    const expected = along.reduce((sum, v, i) => sum + v * signal.dataSync()[i]!, 0)
    expect(gradients[0]!.reduce((sum, g, i) => sum + g * direction[i]!, 0)).toBeCloseTo(expected, 5)
  })
})

describe('maximum pooling', () => {
  it.each([
    [4, 4],
    [5, 3],
    [1, 1],
  ])('of %i×%i gives a block’s gradient to its largest pixel, as finite differences do', (height, width) => {
    const shape: [number, number, number, number] = [2, height, width, 2]
    const x = random4D(shape, 'x', -2, 1)
    const signal = random4D([2, Math.ceil(height / 2), Math.ceil(width / 2), 2], 'signal')
    for (const variant of [TRAINING, EXPLAINING]) {
      const { value, gradients } = walk(variant, [x], (ops, x) => ops.maxPool('pool', x as Tensor4D), signal)
      expect([...Array.from(value)]).toEqual(maxPooled(x.dataSync(), shape))
      const back = maxPooledBack(x.dataSync(), shape, signal.dataSync())
      expect(Array.from(gradients[0]!, (g) => g + 0)).toEqual(back.map((g) => Math.fround(g)))
      const direction = randomValues(x.size, 'direction')
      const at = (step: number) =>
        maxPooled(
          Array.from(x.dataSync(), (v, i) => v + step * direction[i]!),
          shape,
        )
      const [ahead, behind] = [at(1e-6), at(-1e-6)]
      const slope = ahead.reduce((sum, v, i) => sum + ((v - behind[i]!) / 2e-6) * signal.dataSync()[i]!, 0)
      expect(gradients[0]!.reduce((sum, g, i) => sum + g * direction[i]!, 0)).toBeCloseTo(slope, 5)
    }
  })

  it('gives equal parts to pixels that are equally large', () => {
    const x = tf.tensor4d([2, 2, 1, 2, -1, -1, 0, 5, 5], [1, 3, 3, 1])
    const { gradients } = walk(
      TRAINING,
      [x],
      (ops, x) => ops.maxPool('pool', x as Tensor4D),
      tf.tensor4d([6, 4, 8, 1], [1, 2, 2, 1]),
    )
    // Blocks: 2 2 / 2 −1, 1 / −1, 0 5, 5.
    expect(Array.from(gradients[0]!, (g) => g + 0)).toEqual([2, 2, 4, 2, 0, 0, 0, 8, 1])
  })
})

describe('the purpose', () => {
  const layer = (
    ops: Pass,
    x: Tensor2D,
    kernel: Tensor2D,
    bias: Tensor1D,
    domain: 'pixels' | 'nonnegative',
  ) => ops.affine('layer', [ops.term(x, kernel, domain)], bias)
  const [x, kernel, bias] = [
    () => random2D([4, 3], 'x'),
    () => random2D([3, 5], 'kernel'),
    () => random1D(5, 'bias'),
  ]
  const signal = () => random2D([4, 5], 'signal')

  it('training gives pixels no gradient, explaining does', () => {
    const toPixels = (variant: GradientVariant) => () =>
      walk(variant, [x()], (ops, x) => layer(ops, x as Tensor2D, kernel(), bias(), 'pixels'), signal())
    expect(toPixels(TRAINING)).toThrow('Cannot compute gradient')
    const expected = multiplied(signal().dataSync(), flipped(denseMatrix(kernel().dataSync(), [3, 5])))
    expect(deviation(toPixels(EXPLAINING)().gradients[0]!, expected)).toBeLessThan(SINGLE)
  })

  it('explaining refuses to differentiate with respect to a kernel or a bias', () => {
    const none = (compute: (ops: Pass, parameter: Tensor) => Tensor, parameter: Tensor) => () =>
      walk(EXPLAINING, [parameter], compute, signal())
    expect(none((ops, k) => layer(ops, x(), k as Tensor2D, bias(), 'nonnegative'), kernel())).toThrow(
      'Cannot compute gradient',
    )
    expect(none((ops, b) => layer(ops, x(), kernel(), b as Tensor1D, 'nonnegative'), bias())).toThrow(
      'Cannot compute gradient',
    )
  })

  it('leaves no tensor behind once the pass is disposed of, be it used or not', () => {
    const inputs = [x(), kernel(), bias()]
    const dy = signal()
    for (const variant of [TRAINING, EXPLAINING]) {
      expect(
        tensorsLeft(() => {
          const pass = differentiable(variant)
          layer(pass, ...(inputs as [Tensor2D, Tensor2D, Tensor1D]), 'nonnegative').dispose()
          pass.dispose()
          pass.dispose()
        }),
      ).toBe(0)
    }
    expect(
      tensorsLeft(() =>
        walk(
          TRAINING,
          inputs,
          (ops, x, k, b) => layer(ops, x as Tensor2D, k as Tensor2D, b as Tensor1D, 'nonnegative'),
          dy,
        ),
      ),
    ).toBe(0)
  })
})
