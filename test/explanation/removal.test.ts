import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture } from '../../src/catalogue/index.js'
import {
  occlusionByItem,
  occlusionByPatch,
  occlusionByPatchOf,
  occlusionByStep,
  shapleyByItem,
} from '../../src/explanation/index.js'
import { TINY } from '../architectures/networks.js'
import { deviation } from '../network/tensors.js'
import { logOddsOf, small } from './small-networks.js'

// Top-level, since networks and sequences are made for several tests at once.
await useBackend()

const TARGET = 1
const WIDTH = 3
const { pixels, shape, size, explain, logits, without, sums } = small(architecture('r-lstm'))
const f = (values?: ArrayLike<number>, ofLogits = (row: readonly number[]) => row[TARGET]!) =>
  logits(values).map(ofLogits)
const logOdds = (row: readonly number[]) => logOddsOf(row, TARGET)

/** What each pixel gets where each sequence's value of a part is spread over it, `partOf(row, column)`. */
const spread = (partOf: (row: number, column: number) => number, values: number[][], sizes: number[]) =>
  pixels.map((_, i) => {
    const [row, column] = [Math.floor((i % size) / shape[2]), i % shape[2]]
    const part = partOf(row, column)
    return values[part]![Math.floor(i / size)]! / sizes[part]!
  })

describe('occlusion', () => {
  it.each(['logit', 'logOdds'] as const)('by item is by how much the %s falls without it', (evidence) => {
    const quantity = evidence === 'logit' ? undefined : logOdds
    const whole = f(undefined, quantity)
    const itemOf = (_row: number, column: number) => Math.floor(column / WIDTH)
    const falls = [0, 1, 2].map((item) =>
      f(
        without((row, column) => itemOf(row, column) === item),
        quantity,
      ).map((value, row) => whole[row]! - value),
    )
    const { relevance } = explain({ method: occlusionByItem, target: TARGET, evidence })
    expect(deviation(relevance, spread(itemOf, falls, [15, 15, 15]))).toBeLessThan(1e-5)
  })

  it('by step is by how much f falls without what is read in it', () => {
    const { steps, stepColumns } = TINY
    const stepOf = (_row: number, column: number) => Math.floor(column / stepColumns)
    const whole = f()
    const falls = Array.from({ length: steps }, (_, step) =>
      f(without((row, column) => stepOf(row, column) === step)).map((value, row) => whole[row]! - value),
    )
    const { relevance } = explain({ method: occlusionByStep, target: TARGET })
    const sizes = new Array<number>(steps).fill(shape[1] * stepColumns)
    expect(deviation(relevance, spread(stepOf, falls, sizes))).toBeLessThan(1e-5)
  })

  it.each([
    ['of 2 × 4, smaller at the far edges', occlusionByPatchOf(2, 4), 2, 4],
    ['of 7 × 7, larger than the image', occlusionByPatch, 7, 7],
    ['of single pixels', occlusionByPatchOf(1, 1), 1, 1],
  ])('by patch %s is by how much f falls without it', (_what, method, rows, columns) => {
    const across = Math.ceil(shape[2] / columns)
    const patchOf = (row: number, column: number) =>
      Math.floor(row / rows) * across + Math.floor(column / columns)
    const count = Math.ceil(shape[1] / rows) * across
    const whole = f()
    const patches = Array.from({ length: count }, (_, patch) => patch)
    const falls = patches.map((patch) =>
      f(without((row, column) => patchOf(row, column) === patch)).map((value, row) => whole[row]! - value),
    )
    const sizes = patches.map(
      (patch) =>
        Array.from({ length: size }, (_, i) => patchOf(Math.floor(i / shape[2]), i % shape[2])).filter(
          (own) => own === patch,
        ).length,
    )
    const { relevance } = explain({ method, target: TARGET })
    expect(deviation(relevance, spread(patchOf, falls, sizes))).toBeLessThan(2e-5)
  })

  it.each([
    [0, 7],
    [7, 1.5],
    [-1, 2],
  ])('by patch of %d × %d is refused', (rows, columns) => {
    expect(() => occlusionByPatchOf(rows, columns)).toThrow('both must be whole numbers of at least 1')
  })
})

describe('the Shapley value of an item', () => {
  const ORDERS = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  const withItems = (items: readonly number[]) =>
    f(without((_row, column) => !items.includes(Math.floor(column / WIDTH))))

  it('is the mean over all orders of what it adds to f', () => {
    const values = [0, 1, 2].map((item) => {
      const added = ORDERS.map((order) => {
        const before = order.slice(0, order.indexOf(item))
        const [start, end] = [withItems(before), withItems([...before, item])]
        return end.map((value, row) => value - start[row]!)
      })
      return added[0]!.map((_, row) => added.reduce((sum, part) => sum + part[row]! / ORDERS.length, 0))
    })
    const { relevance } = explain({ method: shapleyByItem, target: TARGET })
    const expected = spread((_row, column) => Math.floor(column / WIDTH), values, [15, 15, 15])
    expect(deviation(relevance, expected)).toBeLessThan(1e-5)
  })

  it('adds up to f less f of no item', () => {
    const { relevance } = explain({ method: shapleyByItem, target: TARGET })
    const [whole, nothing] = [f(), withItems([])]
    expect(
      deviation(
        sums(relevance),
        whole.map((value, row) => value - nothing[row]!),
      ),
    ).toBeLessThan(1e-5)
  })

  it('of sequences of one item is by how much f falls without it', () => {
    const [byShapley, byOcclusion] = [shapleyByItem, occlusionByItem].map((method) =>
      explain({ method, target: TARGET, items: 1 }),
    )
    expect(deviation(byShapley!.relevance, byOcclusion!.relevance)).toBeLessThan(1e-6)
  })
})
