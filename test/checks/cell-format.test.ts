import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { checkCellFormat, formatCells } from '../../src/checks/cell-format.js'
import { describeProblem, readCode } from '../../src/checks/notebook-cells.js'
import { replaceSources } from '../../src/checks/replace-sources.js'
import { temporaryFolder, writeCells } from '../runner/notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const notebookOf = (name: string, ...cells: string[]): string =>
  writeCells(join(folder.path, `${name}.ipynb`), cells)

const LONG_LINE = `const sentence = [${Array.from({ length: 10 }, () => "'a word'").join(', ')}]`

const formatted = (source: string): string | undefined =>
  formatCells([readCode(notebookOf('one', source))])[0]?.source

describe('formatting', () => {
  test('is that of the sources: single quotes, no semicolons, two spaces', () => {
    expect(formatted('if (a) {\n    b( "c" );\n}')).toBe("if (a) {\n  b('c')\n}")
  })

  test('keeps lines of up to 120 columns', () => {
    expect(LONG_LINE.length).toBeGreaterThan(110)
    expect(LONG_LINE.length).toBeLessThanOrEqual(120)
    expect(formatted(LONG_LINE)).toBe(LONG_LINE)
    expect(formatted(`${LONG_LINE.slice(0, -1)}, 'one too many']`)).toContain("[\n  'a word',\n")
  })

  test('keeps a last expression and an await at the top of a cell', () => {
    expect(formatted('const a = await load()\na.rows')).toBe('const a = await load()\na.rows')
  })
})

describe('the check', () => {
  test('passes well-formatted cells, empty ones and text', () => {
    expect(checkCellFormat([readCode(notebookOf('good', "const a = 'b'", '', '// a word\na'))])).toEqual([])
  })

  test('names notebook, cell and line of what is formatted otherwise', () => {
    const code = [readCode(notebookOf('ill', 'const a = 1', '', 'const b = 2\nconst c = "d"'))]
    expect(checkCellFormat(code).map(describeProblem)).toEqual([
      expect.stringMatching(
        /^\.cache\/test-\w+\/ill\.ipynb, cell 2, line 2: not as "npm run format" writes it$/,
      ),
    ])
  })

  test('tells lines that are missing or too many from none', () => {
    const code = [readCode(notebookOf('lines', 'const a = 1\n', '\nconst b = 2', 'const c = 3\n\n\nc'))]
    expect(checkCellFormat(code).map(({ cell, line }) => [cell, line])).toEqual([
      [1, 2],
      [2, 1],
      [3, 3],
    ])
  })

  test('names the cell and line of what is no TypeScript', () => {
    const code = [readCode(notebookOf('syntax', "const a = 'b'", 'a\nlet c = = 3'))]
    expect(checkCellFormat(code)).toEqual([
      { file: code[0]?.file, cell: 2, line: 2, message: expect.stringContaining('Expected an expression') },
    ])
  })

  test('leaves nothing in the temporary folder', () => {
    const temporary = join(folder.path, 'temporary')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    checkCellFormat([readCode(notebookOf('temporary', 'let c = = 3'))])
    expect(readdirSync(temporary)).toEqual([])
    vi.unstubAllEnvs()
  })
})

describe('replacing the sources of a notebook', () => {
  // Keys out of order, numbers in an unusual form, an escaped letter: what no parser would write again.
  const notebook = (source: string, indent: string): string => `{
${indent}"nbformat": 4,
${indent}"cells": [
${indent}${indent}{"source": "text", "cell_type": "markdown", "metadata": {"source": ["no"]}},
${indent}${indent}{
${indent}${indent}${indent}"outputs": [{"data": {"n": 1.0, "t": "\\u00e9"}, "source": ["no"]}],
${indent}${indent}${indent}"source": ${source}
${indent}${indent}}
${indent}]
}`

  test.each([
    [
      'an array of lines',
      '[\n   "a \\"b\\"\\n",\n   "c"\n  ]',
      '[\n   "first\\n",\n   "“second”\\n",\n   "third"\n  ]',
    ],
    ['an array in one line', '["a\\n", "c"]', '["first\\n", "“second”\\n", "third"]'],
    ['one string', '"a\\nc"', '"first\\n“second”\\nthird"'],
  ])('changes nothing else of a file: %s', (_, before, after) => {
    for (const indent of [' ', '\t']) {
      const changed = replaceSources(notebook(before, indent), new Map([[1, 'first\n“second”\nthird']]))
      expect(changed).toBe(notebook(after, indent))
    }
  })

  test('refuses a cell that is not there', () => {
    expect(() => replaceSources(notebook('"a"', ' '), new Map([[2, 'b']]))).toThrow(
      'The notebook has no cell 3 with a source.',
    )
  })
})

describe('the commands', () => {
  const run = (script: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, '..', '..', 'src', 'checks', script), ...args],
      { encoding: 'utf8' },
    )
    return { status, stdout, stderr }
  }

  test('format cells, whose outputs and metadata stay byte for byte, and then find nothing more', () => {
    const file = join(folder.path, 'executed.ipynb')
    const text = `{"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1,
 "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1.50\\n"]}],
 "source": ["const a = \\"b\\"\\n", "a"]}],
 "nbformat": 4, "nbformat_minor": 5, "metadata": {"thesis": {"outputsOf": "0123"}}}`
    writeFileSync(file, text)
    const check = run('format-notebooks.ts', '--check', file)
    expect(check.status).toBe(1)
    expect(check.stderr).toMatch(/executed\.ipynb, cell 1, line 1: not as "npm run format" writes it/)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(run('format-notebooks.ts', file)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 cell formatted'),
    })
    expect(readFileSync(file, 'utf8')).toBe(text.replace('\\"b\\"\\n', "'b'\\n"))
    expect(run('format-notebooks.ts', '--check', file)).toMatchObject({ status: 0, stderr: '' })
  })

  test('find a wrong type', () => {
    const file = notebookOf('types', 'const a = 1', 'const b: string = a')
    expect(run('check-notebooks.ts', file)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/types\.ipynb, cell 2, line 1: Type 'number' is not assignable/),
    })
  })
})
