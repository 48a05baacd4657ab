import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeDigest } from '../../../src/thesis/values/code-digest.js'

/** A method that follows a rule in a file of its own, as a reader writes one. */
const FILES = {
  'method.ts': `import { defineMethod } from 'thesis'
import { share } from './rules/share.js'
import type { Wish } from './wishes.js'

/** What it does. */
export const mine = defineMethod({
  id: 'mine',
  title: 'Mine',
  short: 'M',
  style: { color: '#112233', pattern: '/' },
  attribute: (x: number): number => share(x) + 1, // one more
})
`,
  'rules/share.ts': `import { half } from './half.js'
export const share = (x: number) => half(x) * 3
`,
  'rules/half.ts': 'export const half = (x: number) => x / 2\n',
  'rules/unused.ts': 'export const unused = 1\n',
  'wishes.ts': 'export interface Wish { readonly x: number }\n',
  'node_modules/thesis/package.json': '{ "name": "thesis", "version": "1.0.0" }\n',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-digest-'))
  for (const [file, text] of Object.entries(FILES)) write(file, text)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

const digest = async (file = 'method.ts') => (await codeDigest(join(folder, file))).digest

/** Whether an edit of a file changes the method's digest. */
async function changes(file: keyof typeof FILES, edit: (text: string) => string): Promise<boolean> {
  const before = await digest()
  const edited = edit(FILES[file])
  expect(edited, 'the edit').not.toBe(FILES[file])
  write(file, edited)
  return (await digest()) !== before
}

describe('the digest of code', () => {
  it('is over a file and all that it imports, but for types', async () => {
    const { files, changed } = await codeDigest(join(folder, 'method.ts'))
    expect(files.map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'))).toEqual([
      'method.ts',
      'rules/half.ts',
      'rules/share.ts',
    ])
    expect(Math.abs(changed - Date.now())).toBeLessThan(60_000)
  })

  it.each<[string, keyof typeof FILES, (text: string) => string]>([
    ['what it computes', 'method.ts', (text) => text.replace('+ 1,', '+ 2,')],
    ['its id', 'method.ts', (text) => text.replace("id: 'mine'", "id: 'other'")],
    ['a rule that it imports', 'rules/share.ts', (text) => text.replace('* 3', '* 4')],
    ['a rule behind that one', 'rules/half.ts', (text) => text.replace('/ 2', '/ 3')],
    [
      'the version of a package',
      'node_modules/thesis/package.json',
      (text) => text.replace('1.0.0', '1.0.1'),
    ],
    [
      'a text that is no presentation',
      'rules/half.ts',
      () => "export const half = (x: number) => x / 2 + ''.length\n",
    ],
  ])('changes with %s', async (_, file, edit) => {
    expect(await changes(file, edit)).toBe(true)
  })

  it.each<[string, keyof typeof FILES, (text: string) => string]>([
    ['a comment', 'method.ts', (text) => text.replace('one more', 'as many as it takes')],
    ['documentation', 'method.ts', (text) => text.replace('/** What it does. */\n', '')],
    ['a title', 'method.ts', (text) => text.replace("'Mine'", "'My own'")],
    ['a short title that goes', 'method.ts', (text) => text.replace("  short: 'M',\n", '')],
    ['a colour', 'method.ts', (text) => text.replace('#112233', '#445566')],
    [
      'quotes and layout',
      'rules/share.ts',
      (text) => text.replace(/'/g, '"').replace('=> half', '=>\n\n  half'),
    ],
    ['a type', 'method.ts', (text) => text.replace('(x: number): number', '(x: number)')],
    ['a file of types alone', 'wishes.ts', (text) => text.replace('x:', 'y:')],
    ['a rule that it does not import', 'rules/unused.ts', (text) => text.replace('1', '2')],
  ])('stays with another %s', async (_, file, edit) => {
    expect(await changes(file, edit)).toBe(false)
  })

  it('counts a title where it is no presentation of a definition', async () => {
    write('table.ts', "export const table = rank({ id: 'a', title: 'by name', style: 'sum' })\n")
    const before = await digest('table.ts')
    write('table.ts', "export const table = rank({ id: 'a', title: 'by name', style: 'mean' })\n")
    expect(await digest('table.ts')).not.toBe(before)
  })

  it('counts a title that is computed', async () => {
    const define = (title: string) =>
      `export const one = defineMeasure({ id: 'one', title: ${title}, score: f })\n`
    write('one.ts', define("name('a')"))
    const before = await digest('one.ts')
    write('one.ts', define("name('b')"))
    expect(await digest('one.ts')).not.toBe(before)
  })

  it('goes round a circle of imports, and names what is missing', async () => {
    write(
      'a.ts',
      "import { b } from './b.js'\nimport 'nowhere'\nimport './gone.js'\nexport const a = () => b\n",
    )
    write('b.ts', "import { a } from './a.js'\nexport const b = () => a\n")
    const { files, digest: before } = await codeDigest(join(folder, 'a.ts'))
    expect(files).toHaveLength(2)
    write('gone.ts', 'export {}\n')
    expect((await codeDigest(join(folder, 'a.ts'))).digest).not.toBe(before)
  })

  it('is that of the text where a file is broken, and refused where there is no file', async () => {
    write('broken.ts', 'export const = \n')
    const before = await digest('broken.ts')
    write('broken.ts', 'export const == \n')
    expect(await digest('broken.ts')).not.toBe(before)
    await expect(digest('none.ts')).rejects.toThrow('none.ts')
  })

  it('does not depend on when files were written', async () => {
    const before = await digest()
    for (const [file, text] of Object.entries(FILES)) write(file, text)
    expect(await digest()).toBe(before)
  })
})
