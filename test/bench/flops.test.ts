import { expect, it } from 'vitest'
import { trainingFlops } from '../../bench/flops.js'
import { architecture } from '../../src/catalogue/index.js'

const geometry = { rows: 2, stepColumns: 3, steps: 4, classes: 5 }

it('counts the products of Deep as a sum by hand does', () => {
  const units = { input: 7, hidden: 11, recurrent: 13, output: 17 }
  const batch = 3
  const perSequence =
    // Every step reads the pixels, whose gradient nobody wants.
    2 * (4 * 6 * 7) +
    // Every step reads the input layer and the state; all but the last make a new state.
    3 * (4 * 7 * 11 + 4 * 13 * 11 + 3 * 11 * 13 + 11 * 17 + 17 * 5)
  expect(trainingFlops(architecture('deep'), geometry, units, batch)).toBe(2 * batch * perSequence)
})

it('counts a convolution for every pixel', () => {
  const units = { conv1: 2, conv2: 3, input: 5, cell: 7 }
  const convolutions = 4 * (2 * (2 * 3) * 25 * 1 * 2 + 3 * (1 * 2) * 9 * 2 * 3)
  const dense = 3 * (4 * 3 * 5 + 4 * 5 * 28 + 4 * 7 * 28 + 7 * 5)
  expect(trainingFlops(architecture('conv-r-lstm'), geometry, units, 1)).toBe(2 * (convolutions + dense))
})
