import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applied, difference, type Json } from '../../src/figures/kit/difference.js'

const json = () =>
  fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))

it('the difference of two JSON values, written and read again, makes the second of the first', () => {
  fc.assert(
    fc.property(json(), json(), (a, b) => {
      const [one, other] = [plain(a), plain(b)]
      const changes = difference(one, other)
      const read = changes === undefined ? undefined : JSON.parse(JSON.stringify(changes))
      expect(applied(one, read)).toEqual(other)
    }),
    { seed: 14, numRuns: 500 },
  )
})

it('the difference holds what changed and nothing else', () => {
  const base = { data: [{ x: [1, 2, 3] }, { y: [4] }], layout: { width: 100, title: 'a' } }
  expect(difference(plain(base), plain(base))).toBeUndefined()
  expect(
    difference(plain(base), plain({ data: [{ x: [1, 2, 3] }, { y: [5] }], layout: { width: 100 } })),
  ).toEqual({
    parts: {
      data: { length: 2, parts: { 1: { parts: { y: { length: 1, parts: { 0: { is: 5 } } } } } } },
      layout: { without: ['title'], parts: {} },
    },
  })
})
