import { expect, test } from 'vitest'
import {
  inequality,
  inWords,
  largest,
  listed,
  percent,
  smallest,
} from '../../../src/thesis/reading/sentences.js'

test('an inequality shows the signs that are true of the numbers as shown', () => {
  expect(
    inequality([
      ['a', 0.48],
      ['b', 0.67],
      ['c', 0.671],
      ['d', -0.5],
    ]),
  ).toBe('a 0.48 < b 0.67 ≈ c 0.67 > d −0.50')
})

test('extremes are found by value', () => {
  const words = ['four', 'sixsix', 'one']
  expect(largest(words, (word) => word.length)).toBe('sixsix')
  expect(smallest(words, (word) => word.length)).toBe('one')
  expect(() => largest([], () => 0)).toThrow(/nothing to compare/)
})

test('lists and percentages read like text', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    'none',
    'a',
    'a and b',
    'a, b and c',
  ])
  expect([percent(0.1234), percent(-0.5, 0), percent(-0.00001)]).toEqual(['12.3 %', '−50 %', '0.0 %'])
})

test('verdicts are summed up without hiding any', () => {
  expect(
    inWords([
      ['a', 'holds'],
      ['b', 'holds'],
    ]),
  ).toBe('the claim holds')
  expect(inWords([['a', 'contradicted']])).toBe('the claim is contradicted')
  expect(
    inWords([
      ['a', 'undecided'],
      ['b', 'holds'],
      ['c', 'contradicted'],
      ['d', 'holds'],
    ]),
  ).toBe('the claim holds for b and d, is contradicted for c and is undecided for a')
  expect(inWords([])).toBe('there is nothing to decide the claim')
})
