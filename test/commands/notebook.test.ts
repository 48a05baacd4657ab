import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { main } from '../../src/commands/notebook.js'
import { savedCells, savedText, temporaryFolder, writeCells } from '../runner/notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const notebook = writeCells(join(folder.path, '01-first.ipynb'), [
  { source: `const parameters = { epochs: 5, network: 'deep' as 'deep' | 'shallow' }`, tags: ['parameters'] },
  'parameters',
])

let written = ''
beforeEach(() => {
  written = ''
  const collect = (text: string | Uint8Array): boolean => {
    written += String(text)
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(collect)
  vi.spyOn(process.stderr, 'write').mockImplementation(collect)
  vi.spyOn(console, 'error').mockImplementation((line: string) => collect(`${line}\n`))
})
afterEach(() => vi.restoreAllMocks())

test('a run with changed parameters prints a line per cell and ends with 0', async () => {
  const out = join(folder.path, 'results', 'run.ipynb')
  expect(await main([notebook, '--set', 'epochs=7', '--set', 'network=shallow', '--out', out])).toBe(0)
  expect(written).toMatch(/01-first {2}cell 1\/2 {2}[\d.]+ s[\s\S]*01-first {2}cell 2\/2/)
  expect(savedText(savedCells(out)[1])).toContain(`{ epochs: 7, network: 'shallow' }`)
})

test('a failing run shows the TypeScript line, says where the outputs are, and ends with 1', async () => {
  const failing = writeCells(join(folder.path, 'failing.ipynb'), [
    'const rows: number[] = []\nrows[0]!.toFixed()',
  ])
  const out = join(folder.path, 'results', 'failing.ipynb')
  expect(await main([failing, '--out', out])).toBe(1)
  expect(written).toMatch(/Cell 1 of 1 failed\.[\s\S]*at cell \[1\]:2:\d+\n +2 \| rows\[0\]!\.toFixed\(\)/)
  expect(written).toContain(`The outputs so far are in ${out}.`)
})

test('--list shows the parameters without running', async () => {
  expect(await main([notebook, '--list'])).toBe(0)
  expect(written).toBe("  epochs   number              = 5\n  network  'deep' | 'shallow'  = 'deep'\n")
})

test('--help explains the options', async () => {
  expect(await main(['--help'])).toBe(0)
  for (const option of ['--set', '--out', '--timeout', '--kernel', '--list'])
    expect(written).toContain(option)
})

test.each([
  [['--set', 'epochs=x'], 2, 'epochs=x does not fit: epochs is number.'],
  [
    ['--set', 'epohcs=5'],
    2,
    'There is no parameter "epohcs". Did you mean epochs?\nThe parameters are:\n  epochs   number',
  ],
  [['--set', 'epochs'], 2, '"epochs" does not set a parameter: write name=value, such as epochs=5.'],
  [['--kernel', 'nowhere'], 2, 'There is no kernel specification at'],
  [['--timeout', 'soon'], 2, "argument 'soon' is invalid. It must be a number of seconds."],
  [['--speed', '3'], 2, "unknown option '--speed'"],
  [['second.ipynb'], 2, 'too many arguments. Expected 1 argument but got 2.'],
  [['--out'], 2, "option '--out <file>' argument missing"],
  [['--out', notebook], 2, `${notebook} is the notebook itself, which would be overwritten.`],
])('%j ends with %i and a word', async (args, code, message) => {
  expect(await main([notebook, ...args])).toBe(code)
  expect(written).toContain(message)
})

const checked = writeCells(join(folder.path, 'checked.ipynb'), [
  `import { above, checkParameters, wholeNumber } from '${join(import.meta.dirname, '..', '..', 'src', 'notebook', 'index.js')}'`,
  {
    source: `const parameters = {\n  epochs: 5,\n  rate: 0.1,\n}\ncheckParameters(parameters, { epochs: wholeNumber(1, 9), rate: above(0) })`,
    tags: ['parameters'],
  },
  'parameters.epochs',
])

test('what the notebook itself refuses ends with 2, and one sentence that names the line and what is allowed', async () => {
  const out = join(folder.path, 'results', 'refused.ipynb')
  expect(await main([checked, '--set', 'epochs=0', '--out', out])).toBe(2)
  expect(written.trim().split('\n').at(-1)).toBe(
    'The notebook refuses its parameters: epochs is 0 in line 2: it must be a whole number from 1 to 9 (npm run notebook -- --help)',
  )
  expect(written).not.toMatch(/\n +at /)
})

test('a misspelt name or a value of another type in the cell is told by its line when it runs', async () => {
  const { cells } = JSON.parse(readFileSync(checked, 'utf8'))
  const parameters = (source: string) => [cells[0].source, { source, tags: ['parameters'] }]
  const text: string = [cells[1].source].flat().join('')
  for (const [from, to, sentence] of [
    [
      'epochs: 5',
      'epohcs: 5',
      'RangeError: epohcs in line 2 is no parameter (did you mean epochs?); there are rate, epochs',
    ],
    ['rate: 0.1', "rate: 'fast'", 'RangeError: rate is "fast" in line 3: it must be a number above 0'],
  ] as const) {
    const wrong = writeCells(join(folder.path, 'wrong.ipynb'), parameters(text.replace(from, to)))
    written = ''
    expect(await main([wrong, '--out', join(folder.path, 'results', 'wrong.ipynb')])).toBe(1)
    expect(written).toContain(`  ${sentence}\n`)
  }
})

test('--json prints what a run came to, and the parameters with --list, and nothing else on standard output', async () => {
  const printed: string[] = []
  vi.mocked(process.stdout.write).mockImplementation((text) => printed.push(String(text)) > 0)
  const out = join(folder.path, 'results', 'json.ipynb')
  expect(await main([notebook, '--json', '--out', out])).toBe(0)
  expect(JSON.parse(printed.join(''))).toMatchObject({ out, cells: 2, cellsDone: 2, failure: null })
  printed.length = 0
  expect(await main([notebook, '--list', '--json'])).toBe(0)
  expect(JSON.parse(printed.join(''))).toEqual([
    { name: 'epochs', type: 'number', value: '5', comment: '' },
    { name: 'network', type: "'deep' | 'shallow'", value: "'deep'", comment: '' },
  ])
})

test('a command line without a notebook ends with 2 and a word', async () => {
  expect(await main([])).toBe(2)
  expect(written).toContain("missing required argument 'notebook'")
})

describe('where the executed notebook goes', () => {
  const place = (name: string): string => join(folder.path, name)
  const refuse = async (out: string, message: string | RegExp): Promise<void> => {
    written = ''
    expect(await main([notebook, '--out', out])).toBe(2)
    expect(written).toMatch(message)
    // No cell ran.
    expect(written).not.toContain('cell 1/2')
  }

  test('is not a folder', async () => {
    mkdirSync(place('a-folder'))
    await refuse(
      place('a-folder'),
      `a-folder is a folder: name a file in it, such as ${place('a-folder')}/01-first.ipynb`,
    )
    expect(readdirSync(place('a-folder'))).toEqual([])
  })

  test('is not a device', async () => {
    await refuse('/dev/null', '/dev/null exists and is not a file, so not a notebook.')
  })

  test('is not the notebook itself by another name', async () => {
    symlinkSync(notebook, place('link.ipynb'))
    await refuse(place('link.ipynb'), 'link.ipynb is the notebook itself')
  })

  test.each([
    ['package.json', '{ "name": "kept" }'],
    ['notes.txt', 'kept'],
    ['empty.ipynb', ''],
    ['old.ipynb', '{ "nbformat": 3, "worksheets": [] }'],
  ])('is not an existing file that is no notebook, such as %s', async (name, content) => {
    writeFileSync(place(name), content)
    await refuse(place(name), `${name} exists and is not a notebook`)
    expect(readFileSync(place(name), 'utf8')).toBe(content)
  })

  test('is not in a folder that cannot be made', async () => {
    writeFileSync(place('in-the-way'), '')
    await refuse(place('in-the-way/run.ipynb'), /cannot be saved in the folder .*in-the-way: E/)
    await refuse('/proc/none/run.ipynb', /cannot be saved in the folder \/proc\/none: E/)
  })

  test('may be an executed notebook, which is replaced', async () => {
    const out = writeCells(place('executed.ipynb'), ['"old"'])
    expect(await main([notebook, '--out', out])).toBe(0)
    expect(savedCells(out)).toHaveLength(2)
  })
})

test('a notebook that is not there is named', async () => {
  expect(await main([join(folder.path, 'none.ipynb')])).toBe(2)
  expect(written).toContain('none.ipynb cannot be read')
})
