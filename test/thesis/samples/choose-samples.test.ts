import { expect, test } from 'vitest'
import { chooseSamples, relevantItems } from '../../../src/thesis/samples/choose-samples.js'
import { tinySequences } from '../tiny.js'

const sequences = tinySequences()

test('samples differ in their labels while there are enough', () => {
  const labels = chooseSamples(sequences, 6, 1).map((s) => sequences.labels[s])
  expect(new Set(labels).size).toBe(6)
})

test('the patterns of relevant items take turns in reading order', () => {
  const patterns = chooseSamples(sequences, 3, 1).map((s) => relevantItems(sequences, s).join())
  expect(patterns).toEqual(['0,1', '0,2', '1,2'])
})

test('the seed decides which samples are drawn', () => {
  expect(chooseSamples(sequences, 5, 3)).toEqual(chooseSamples(sequences, 5, 3))
  expect(chooseSamples(sequences, 5, 3)).not.toEqual(chooseSamples(sequences, 5, 4))
})

test('all sequences can be chosen, each once', () => {
  expect(chooseSamples(sequences, sequences.count, 1).sort((a, b) => a - b)).toEqual(
    Array.from({ length: sequences.count }, (_, i) => i),
  )
})

test('a number of samples that does not exist is refused', () => {
  for (const count of [0, 1.5, 61]) expect(() => chooseSamples(sequences, count, 1)).toThrow(/60 sequences/)
})
