import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measures } from '../../src/catalogue/index.js'
import * as evaluation from '../../src/evaluation/index.js'
import { maskMeasures, scaledSaliency } from '../../src/evaluation/masks/index.js'

const TABLE = readFileSync('src/evaluation/MEASURES.md', 'utf8')
/** The rows of a section by id, as cells; a bar within a formula is written \|. */
const rowsOf = (heading: string) =>
  new Map(
    TABLE.split(/^#+ /m)
      .find((section) => section.startsWith(`${heading}\n`))!
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => {
        const [, id, ...cells] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
        return [id!.replaceAll('`', ''), cells] as const
      }),
  )
const rows = rowsOf('Measures')
const masks = rowsOf('Where pixels are marked')
const agreements = rowsOf('What two explanations share')
const number = (text: string) =>
  Number(text.replace('−∞', '-Infinity').replace('∞', 'Infinity').replace('−', '-'))
const ends = (range: string) => range.slice(1, -1).split(', ').map(number)

/** That a row is whole, and that the test it names is there and mentions what it tests. */
function expectRow(id: string, cells: readonly string[]): void {
  const [definition, source, , , test, check] = cells
  for (const cell of [definition, source, check]) expect(cell).not.toBe('')
  const file = test!.replaceAll('`', '')
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b${id}\\b`))
}

describe('the table of measures', () => {
  it('has a row for every shipped measure, in the order of the catalogue', () => {
    expect([...rows.keys()]).toEqual(measures.map(({ id }) => id))
  })

  it.each(measures.map((measure) => [measure.id, measure] as const))(
    'says of %s its range, and names a test that there is',
    (id, measure) => {
      const cells = rows.get(id)!
      expectRow(id, cells)
      const [, , range, chance] = cells
      expect(ends(range!)).toEqual([...measure.range])
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

  it('names beside a chance level that is not that of random relevance what it is of', () => {
    for (const { id, baselineName } of measures) {
      const [, name] = rows.get(id)![3]!.split(', ')
      // The cosine's is said in other words.
      if (id !== 'cosine') expect(name, id).toBe(baselineName)
    }
  })

  it('says which measures are better where they are lower', () => {
    const lower = measures.filter(({ better }) => better === 'lower').map(({ id }) => `\`${id}\``)
    const [sentence] = TABLE.match(/Lower is better for [^.]*/)!
    expect(sentence.match(/`\w+`/g)).toEqual(lower)
  })
})

describe('the table of mask measures', () => {
  it('has a row for each of them, in their order', () => {
    expect([...masks.keys()]).toEqual(maskMeasures.map(({ id }) => id))
  })

  it.each(maskMeasures.map((measure) => [measure.id, measure] as const))(
    'says of %s its range and its chance level, and names a test that there is',
    (id, measure) => {
      const cells = masks.get(id)!
      expectRow(id, cells)
      const [, , range, chance] = cells
      expect(ends(range!)).toEqual([...measure.range])
      const [relevance, mask] = [
        [0, -1, 3, 2, 5],
        [0, 1, 1, 0, 0],
      ]
      const p = 2 / 5
      const mean = scaledSaliency(relevance!, mask!).reduce((sum, value) => sum + value, 0) / 5
      const said: Record<string, number> = { p, 'p s̄ / (p + (1 − p) s̄)': (p * mean) / (p + (1 - p) * mean) }
      expect(measure.chance(relevance!, mask!)).toBeCloseTo(said[chance!] ?? number(chance!), 12)
    },
  )
})

describe('the table of agreements', () => {
  const functions = { rankAgreement: evaluation.rankAgreement, topAgreement: evaluation.topAgreement }

  it('has a row for each function of that name', () => {
    const names = Object.keys(evaluation).filter((name) => name.endsWith('Agreement'))
    expect([...agreements.keys()].sort()).toEqual(names.sort())
    expect(Object.keys(functions).sort()).toEqual(names)
  })

  it.each(Object.keys(functions))('says of %s its range and its chance level, and names a test', (id) => {
    const cells = agreements.get(id)!
    expectRow(id, cells)
    const [k, pixels] = [2, 5]
    const agree = (b: readonly number[]) =>
      functions[id as keyof typeof functions](Float32Array.of(1, 2, 3, 4, 5), Float32Array.from(b), k)
    const [, , range, chance] = cells
    expect([agree([5, 4, 3, 2, 1]), agree([1, 2, 3, 4, 5])]).toEqual(
      ends(range!).map((end) => expect.closeTo(end, 12)),
    )
    // What ranks nothing is at chance.
    expect(agree([0, 0, 0, 0, 0])).toBeCloseTo(chance === 'k/N' ? k / pixels : number(chance!), 12)
  })
})
