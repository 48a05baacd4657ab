// Run by itself, with the entry of a native backend: loads it, compares its results with slow ones, prints a ProbeResult as JSON.
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import type { ProbeResult } from './check.js'
import { convolve, matMul } from './reference.js'

const tolerance = 1e-5
const entry = process.argv[2] ?? ''
const fromHere = createRequire(import.meta.url)
const fromEntry = createRequire(entry)
fromEntry(entry)

const core = '@tensorflow/tfjs-core'
if (fromEntry.resolve(core) !== fromHere.resolve(core)) throw new Error(`it brings a second ${core}`)
if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend in use is ${tf.getBackend()}`)

const wave = (length: number, step: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(step * (i + 1)))
compareProducts()
compareConvolutions()
const result: ProbeResult = { tensorflow: tensorflowVersion(), gigaflops: speed(1024) }
console.log(JSON.stringify(result))

function compareProducts(): void {
  const [m, k, n] = [17, 23, 9]
  const a = wave(m * k, 0.7)
  const b = wave(k * n, 1.3)
  compare('matMul', tf.matMul(tf.tensor2d(a, [m, k]), tf.tensor2d(b, [k, n])), matMul(a, b, m, k, n))
}

function compareConvolutions(): void {
  const shape = { height: 9, width: 7, inputs: 2, outputs: 3, size: 3 }
  const { height, width, inputs, outputs, size } = shape
  const image = wave(height * width * inputs, 0.3)
  const kernel = wave(size * size * inputs * outputs, 0.9)
  const dy = wave((height - size + 1) * (width - size + 1) * outputs, 1.1)
  const expected = convolve(shape, image, kernel, dy)
  const x = tf.tensor4d(image, [1, height, width, inputs])
  const w = tf.tensor4d(kernel, [size, size, inputs, outputs])
  const convolution = (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, 1, 'valid')
  const y = convolution(x, w)
  compare('conv2d', y, expected.y)
  const [dx, dw] = tf.grads((x, w) => convolution(x as tf.Tensor4D, w as tf.Tensor4D))(
    [x, w],
    tf.tensor(dy, y.shape),
  )
  compare("conv2d's image gradient", dx!, expected.dImage)
  compare("conv2d's kernel gradient", dw!, expected.dKernel)
}

function compare(what: string, tensor: tf.Tensor, expected: Float32Array): void {
  const actual = tensor.dataSync()
  const largest = Math.max(...expected.map(Math.abs))
  const deviation = Math.max(...expected.map((value, i) => Math.abs(value - Number(actual[i]))))
  if (actual.length === expected.length && deviation <= tolerance * largest) return
  throw new Error(`${what} deviates by ${deviation} where the largest value is ${largest}`)
}

/** Billions of operations a second of a square product, the best within a second, since other programs may run beside it. */
function speed(size: number): number {
  const a = tf.ones([size, size])
  const times: number[] = []
  for (const end = performance.now() + 1000; times.length < 2 || performance.now() < end; ) {
    const started = performance.now()
    tf.matMul(a, a).dispose()
    times.push(performance.now() - started)
  }
  return (2 * size ** 3) / Math.min(...times) / 1e6
}

function tensorflowVersion(): string {
  const binding: unknown = Reflect.get(tf.backend(), 'binding')
  return typeof binding === 'object' && binding !== null ? String(Reflect.get(binding, 'TF_Version')) : ''
}
