import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { inputCellAttention } from '../../src/architectures/index.js'
import { useBackend } from '../../src/backend/use-backend.js'
import { deepTaylor, explainBatch, sensitivity } from '../../src/explanation/index.js'
import { logitsOf } from '../../src/network/logits.js'
import { slowAttention } from '../network/slow-attention.js'
import { deviation } from '../network/tensors.js'
import { randomNetwork, randomSequences, TINY, tensorsOf, tinyUnitsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const { rows, stepColumns, steps, classes } = TINY
const units = rows * stepColumns
const { hops, cell } = tinyUnitsOf(inputCellAttention) as { hops: number; cell: number }
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z))

it('an LSTM with input-cell attention is that of the paper, whose scorer has a tanh and kernels of half the size', () => {
  const batch = 3
  const network = randomNetwork(inputCellAttention)
  const [w, x] = [tensorsOf(network), randomSequences(batch)]
  const logits = logitsOf(network.forward, w, x)
  const pixels = x.dataSync<'float32'>()
  const of = (name: string) => network.values[name]!.values
  /** [input]·kernel + bias, sum by sum. */
  const dense = (
    input: readonly number[],
    kernel: ArrayLike<number>,
    out: number,
    bias?: ArrayLike<number>,
  ) =>
    Array.from({ length: out }, (_, j) =>
      input.reduce((sum, value, i) => sum + value * kernel[i * out + j]!, bias?.[j] ?? 0),
    )

  const expected: number[] = []
  for (let b = 0; b < batch; b++) {
    const frameAt = (t: number) =>
      Array.from({ length: units }, (_, i) => {
        const [row, column] = [Math.floor(i / stepColumns), i % stepColumns]
        return pixels[(b * rows + row) * steps * stepColumns + t * stepColumns + column]!
      })
    const frames = Array.from({ length: steps }, (_, t) => frameAt(t))
    const hidden = of('attention.kernel').map((value) => value / 2)
    const scoring = of('scores.kernel').map((value) => value / 2)
    const scores = frames.map((frame) =>
      dense(dense(frame, hidden, hidden.length / units).map(Math.tanh), scoring, hops),
    )
    const means = slowAttention(scores.flat(), frames.flat(), { steps, hops, units })
    let [c, h] = [new Array<number>(cell).fill(0), new Array<number>(cell).fill(0)]
    for (let t = 0; t < steps; t++) {
      const read = [...means.slice(t * hops * units, (t + 1) * hops * units), ...h]
      const sum = (name: string) => dense(read, of(`${name}.kernel`), cell, of(`${name}.bias`))
      const [i, f, o] = ['inputGate', 'forgetGate', 'outputGate'].map((gate) => sum(gate).map(sigmoid))
      const candidate = sum('candidate').map((value) => Math.max(0, value))
      c = c.map((kept, k) => f![k]! * kept + i![k]! * candidate[k]!)
      h = c.map((value, k) => o![k]! * value)
    }
    expected.push(...dense(h, of('readout.kernel'), classes, of('readout.bias')))
  }
  expect(deviation(logits, expected)).toBeLessThan(1e-5)
  tf.dispose([w, x])
})

it('explanations of an LSTM with input-cell attention are the same when they are repeated', () => {
  const network = randomNetwork(inputCellAttention)
  const [w, x] = [tensorsOf(network), randomSequences(100)]
  for (const method of [sensitivity, deepTaylor]) {
    const explain = (repeated: boolean) =>
      explainBatch(network.forward, w, x, { method, target: 'prediction', geometry: TINY, repeated })
        .relevance
    const once = explain(false)
    // The second run does not compile.
    explain(true)
    expect(deviation(explain(true), once), method.id).toBeLessThan(1e-5)
  }
  tf.dispose([w, x])
})
