import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KERNEL_NAME } from '../../src/setup/kernelspec.js'
import { savedCells, savedText, writeCells } from '../runner/notebooks.js'
import { type Clients, jupyterClients } from './jupyter.js'
import { python } from './python.js'

const metadata = {
  kernelspec: { name: KERNEL_NAME, display_name: 'TypeScript', language: 'typescript' },
  // nbconvert chooses the colours by what was saved, before it executes.
  language_info: { name: 'typescript' },
}

const cells = [
  'interface Point { readonly x: number; readonly y: number }\nconst points: readonly Point[] = [{ x: 3, y: 4 }]',
  "console.log('größer', points.length)\nconsole.error('to standard error')",
  'Math.hypot(points[0]!.x, points[0]!.y)',
  "import { newDisplay } from 'tslab'\nconst shown = newDisplay()\nshown.html('<b>first</b>')\nshown.html('<b>second</b>')",
]

/** What `jupyter execute` does. */
const execute = ['-c', 'from nbclient.cli import main; main()', '--inplace']

describe.skipIf(python === null)('Programs of Jupyter that run notebooks', () => {
  let clients: Clients
  const file = (name: string) => join(clients.folder, name)

  beforeAll(() => {
    clients = jupyterClients()
  })
  afterAll(() => clients?.remove())

  test('nbclient executes a notebook and keeps what its cells show', async () => {
    writeCells(file('plain.ipynb'), cells, metadata)
    const { stderr, isWell } = await clients.python([...execute, 'plain.ipynb'])
    expect(isWell, stderr).toBe(true)
    const saved = savedCells(file('plain.ipynb'))
    expect(saved.map(({ execution_count: count }) => count)).toEqual([1, 2, 3, 4])
    expect(saved.map(({ outputs }) => outputs.map(({ output_type: type }) => type))).toEqual([
      [],
      ['stream', 'stream'],
      ['execute_result'],
      ['display_data'],
    ])
    expect(savedText(saved[1])).toContain('größer 1')
    expect(savedText(saved[2])).toContain('"5"')
    // What was replaced in place is kept as it is in the end.
    expect(savedText(saved[3])).toContain('<b>second</b>')
    expect(savedText(saved[3])).not.toContain('<b>first</b>')
  })

  test('nbclient stops at the cell that fails and says why', async () => {
    const sources = ["throw new RangeError('too far')", "console.log('not reached')"]
    writeCells(file('failing.ipynb'), sources, metadata)
    const { stderr, isWell } = await clients.python([...execute, 'failing.ipynb'])
    expect(isWell).toBe(false)
    expect(stderr).toContain('RangeError: too far')
  })

  test('nbconvert executes a notebook and makes HTML of it, highlighted as TypeScript', async () => {
    writeCells(file('page.ipynb'), cells, metadata)
    const words = ['-m', 'nbconvert', '--execute', '--to', 'html', 'page.ipynb']
    const { stderr, isWell } = await clients.python(words)
    expect(isWell, stderr).toBe(true)
    const html = readFileSync(file('page.html'), 'utf8')
    expect(html).toContain('größer 1')
    expect(html).toContain('<pre>5</pre>')
    expect(html).toContain('<b>second</b>')
    expect(html).toMatch(/<span class="k\w*">interface<\/span>/)
  })

  test('jupyter console runs the lines that it reads', async () => {
    const words = ['-m', 'jupyter_console', '--simple-prompt', '--no-confirm-exit', '--kernel', KERNEL_NAME]
    const { stdout, stderr, isWell } = await clients.python(words, {
      input: "6 * 7\nconsole.log('größer')\n",
    })
    expect(isWell, stderr).toBe(true)
    expect(stdout).toContain('In [1]: Out[1]: 42')
    expect(stdout).toContain('In [2]: größer')
  })
})
