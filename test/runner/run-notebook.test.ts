import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { main } from '../../src/runner/run-notebook.js'
import { savedCells, savedText, temporaryFolder, writeCells } from './notebooks.js'

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
  [['--set', 'epochs=x'], 1, 'epochs=x does not fit: epochs is number.'],
  [['--set', 'layers=3'], 1, 'There is no parameter "layers".'],
  [['--kernel', 'nowhere'], 1, 'There is no kernel specification at'],
  [['--timeout', 'soon'], 2, '--timeout soon is not a number of seconds.'],
  [['--speed', '3'], 2, "Unknown option '--speed'"],
  [['second.ipynb'], 2, 'One notebook is needed, and 2 were given.'],
  [['--out', notebook], 2, '--out is the notebook itself'],
])('%j ends with %i and a word', async (args, code, message) => {
  expect(await main([notebook, ...args])).toBe(code)
  expect(written).toContain(message)
})

test('a notebook that is not there is named', async () => {
  expect(await main([join(folder.path, 'none.ipynb')])).toBe(1)
  expect(written).toContain('none.ipynb cannot be read')
})
