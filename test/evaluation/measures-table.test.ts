import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measures } from '../../src/catalogue/index.js'

const TABLE = readFileSync('src/evaluation/MEASURES.md', 'utf8')
/** The rows by id, as cells; a bar within a formula is written \|. */
const rows = new Map(
  TABLE.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, id, ...cells] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
      return [id!.replaceAll('`', ''), cells] as const
    }),
)
const number = (text: string) =>
  Number(text.replace('−∞', '-Infinity').replace('∞', 'Infinity').replace('−', '-'))

describe('the table of measures', () => {
  it('has a row for every shipped measure, in the order of the catalogue', () => {
    expect([...rows.keys()]).toEqual(measures.map(({ id }) => id))
  })

  it.each(measures.map((measure) => [measure.id, measure] as const))(
    'says of %s its range, and names a test that there is',
    (id, measure) => {
      const [definition, source, range, chance, test, check] = rows.get(id)!
      for (const cell of [definition, source, check]) expect(cell).not.toBe('')
      expect(range!.slice(1, -1).split(', ').map(number)).toEqual([...measure.range])
      expect(existsSync(test!.replaceAll('`', ''))).toBe(true)
      expect(readFileSync(test!.replaceAll('`', ''), 'utf8')).toContain(id)
      // Formulas in m and n, at two of three and at three of five.
      for (const [majority, items] of [
        [2, 3],
        [3, 5],
      ] as const) {
        const said: Record<string, number> = {
          '√(m/n)': Math.sqrt(majority / items),
          'm/n': majority / items,
          '1 − m/n': 1 - majority / items,
        }
        const value = chance!.split(', ')[0]!
        expect(measure.baseline({ items, majority })).toBeCloseTo(said[value] ?? number(value), 12)
      }
    },
  )

  it('says which measures are better where they are lower', () => {
    const lower = measures.filter(({ better }) => better === 'lower').map(({ id }) => `\`${id}\``)
    const [sentence] = TABLE.match(/Lower is better for [^.]*/)!
    expect(sentence.match(/`\w+`/g)).toEqual(lower)
  })
})
