import { expect, it } from 'vitest'
import { majoritySequences } from '../../src/data/majority.js'
import { withShuffledLabels } from '../../src/data/shuffled-labels.js'
import { syntheticImages } from './synthetic.js'

const sequences = majoritySequences({ images: syntheticImages(200, 5), seed: 3 })

it('shuffled labels are the same labels in another order, as a function of the seed', () => {
  const shuffled = withShuffledLabels(sequences)
  expect([...shuffled.labels].sort()).toEqual([...sequences.labels].sort())
  expect(shuffled.labels).not.toEqual(sequences.labels)
  expect(withShuffledLabels(sequences).labels).toEqual(shuffled.labels)
  const other = majoritySequences({ images: syntheticImages(200, 5), seed: 4 })
  expect(withShuffledLabels(other).labels).not.toEqual(shuffled.labels)
})

it('shuffled labels are right as often as chance would have it', () => {
  const { labels } = withShuffledLabels(sequences)
  const right = labels.filter((label, i) => label === sequences.labels[i]).length
  // Of 200 labels of five classes 40 stay where they were, give or take 6.
  expect(Math.abs(right - 40)).toBeLessThan(4 * 6)
})

it('shuffling labels leaves the images and the relevant items as they were', () => {
  const { labels: _shuffled, ...rest } = withShuffledLabels(sequences)
  const { labels: _own, ...before } = sequences
  expect(rest).toEqual(before)
})

it('labels cannot be shuffled where each epoch draws fresh sequences', () => {
  expect(() => withShuffledLabels({ ...sequences, freshSequences: true })).toThrow(
    'labels cannot be shuffled where each epoch draws fresh sequences; set freshSequences to false',
  )
})
