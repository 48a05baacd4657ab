import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { methods } from '../../src/catalogue/index.js'

const TABLE = readFileSync('src/explanation/METHODS.md', 'utf8')
/** The rows by id, as cells; a bar within a formula is written \|. */
const rows = new Map(
  TABLE.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, id, ...cells] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
      return [id!.replaceAll('`', ''), cells] as const
    }),
)

describe('the table of methods', () => {
  it('has a row for every shipped method, in the order of the catalogue', () => {
    expect([...rows.keys()]).toEqual(methods.map(({ id }) => id))
  })

  it.each(methods.map((method) => [method.id, method] as const))(
    'says of %s what it shares out, and names a test that there is',
    (id, { ledger, conserves }) => {
      const [relevance, source, sharesOut, test, check] = rows.get(id)!
      for (const cell of [relevance, source, check]) expect(cell).not.toBe('')
      const enters = ledger === undefined ? '—' : ledger === 'positive' ? 'relu(f)' : 'f'
      expect(sharesOut).toBe(conserves ? `${enters}, all` : enters)
      expect(existsSync(test!.replaceAll('`', ''))).toBe(true)
    },
  )
})
