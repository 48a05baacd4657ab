import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { architecture } from '../../../src/catalogue/index.js'
import { checkParameters } from '../../../src/network/parameters.js'
import { randomParameters, randomSequences } from '../../../src/thesis/models/random-network.js'

const geometry = { rows: 4, stepColumns: 3, steps: 3, classes: 3 }
const units = { input: 5, cell: 4 }

test('random parameters fit their network and depend on the seed', () => {
  const network = architecture('r-lstm')
  const one = randomParameters(network, geometry, units, 1)
  checkParameters(network.parameters(geometry, units), one)
  expect(one).toEqual(randomParameters(network, geometry, units, 1))
  expect(one).not.toEqual(randomParameters(network, geometry, units, 2))
})

test('a gain multiplies kernels and leaves biases alone', () => {
  const network = architecture('r-lstm')
  const [one, two] = [1, 2].map((gain) => randomParameters(network, geometry, units, 1, gain))
  expect(two!['input.kernel']!.values).toEqual(one!['input.kernel']!.values.map((value) => 2 * value))
  expect(two!['input.bias']).toEqual(one!['input.bias'])
})

test('random sequences lie in the range of pixels', async () => {
  await useBackend()
  const x = randomSequences(geometry, 5, 1)
  const values = x.dataSync()
  expect(x.shape).toEqual([5, 4, 9])
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...values)).toBeLessThan(1)
  expect(new Set(values).size).toBeGreaterThan(170)
  tf.dispose(x)
})
