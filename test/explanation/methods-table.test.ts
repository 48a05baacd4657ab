import { existsSync, readdirSync, readFileSync } from 'node:fs'
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
const FOLDER = 'src/explanation/methods'

/** By which names a test may know a method: its own, others that its file exports, and the rules that the file makes it of. */
function namesOf(id: string): string[] {
  const own = new RegExp(`export const ${id}\\b`)
  const source = readdirSync(FOLDER)
    .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))
    .find((source) => own.test(source))!
  const others = source.matchAll(/^export (?:const|function) (\w+Of|lrpAlphaBeta)\b/gm)
  const rules = source.match(/import \{ (.*) \} from '\.\.\/rules\.js'/)?.[1]?.split(', ') ?? []
  return [id, ...Array.from(others, ([, name]) => name!), ...rules]
}

describe('the table of methods', () => {
  it('has a row for every shipped method, in the order of the catalogue', () => {
    expect([...rows.keys()]).toEqual(methods.map(({ id }) => id))
  })

  it.each(methods.map((method) => [method.id, method] as const))(
    'says of %s what it shares out, and names a test that there is and that mentions it',
    (id, { ledger, conserves }) => {
      const [relevance, source, sharesOut, test, check] = rows.get(id)!
      for (const cell of [relevance, source, check]) expect(cell).not.toBe('')
      const enters = ledger === undefined ? '—' : ledger === 'positive' ? 'relu(f)' : 'f'
      expect(sharesOut).toBe(conserves ? `${enters}, all` : enters)
      const file = test!.replaceAll('`', '')
      expect(existsSync(file)).toBe(true)
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b(${namesOf(id).join('|')})\\b`))
    },
  )
})
