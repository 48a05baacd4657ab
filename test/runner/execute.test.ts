import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { codeDigest } from '../../src/runner/code-digest.js'
import { type ExecuteOptions, executeNotebook, type RunResult } from '../../src/runner/execute.js'
import { objectField } from '../../src/runner/json.js'
import { readNotebook } from '../../src/runner/notebook-file.js'
import { withoutRunRecord } from '../../src/runner/run-record.js'
import { outputsDigest } from '../../src/runner/saved-outputs.js'
import { nbformatProblems } from './nbformat.js'
import { savedCells, savedText, temporaryFolder, writeCells } from './notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

type Cells = Parameters<typeof writeCells>[1]

const execute = (name: string, cells: Cells, options: Partial<ExecuteOptions> = {}): Promise<RunResult> =>
  executeNotebook({
    notebook: writeCells(join(folder.path, `${name}.ipynb`), cells),
    out: join(folder.path, 'out', `${name}.ipynb`),
    ...options,
  })

/** What a saved notebook says about its outputs. */
const thesisOf = (file: string) => objectField(readNotebook(file).metadata, 'thesis')
const outputsOf = (file: string) => thesisOf(file).outputsOf

test('the same notebook gives the same bytes, with updates in place and a changed parameter', async () => {
  const cells: Cells = [
    { source: 'const parameters = {\n  epochs: 5, // passes\n}', tags: ['parameters'] },
    `import { newDisplay } from 'tslab'\nconst bar = newDisplay()\nbar.html('0 of 3')\nconsole.log('start')`,
    `for (let i = 1; i <= parameters.epochs; i++) bar.html(i + ' of ' + parameters.epochs)\nconsole.error('end')`,
    '',
    '({ epochs: parameters.epochs })',
  ]
  const runs = [
    await execute('same', cells, { sets: ['epochs=3'] }),
    await execute('same', cells, { sets: ['epochs=3'], out: join(folder.path, 'out', 'again.ipynb') }),
  ]
  expect(runs.map(({ failure, cellsDone, cells: count }) => [failure, cellsDone, count])).toEqual([
    [undefined, 4, 4],
    [undefined, 4, 4],
  ])
  const [first, second] = runs.map(({ out }) => withoutRunRecord(readFileSync(out, 'utf8')))
  expect(second).toBe(first)
  const saved = savedCells(runs[0]!.out)
  expect(saved[0]!.source.join('')).toBe('const parameters = {\n  epochs: 3, // passes\n}')
  expect(savedText(saved[1])).toContain('3 of 3')
  expect(saved.map(({ execution_count: count }) => count)).toEqual([1, 2, 3, null, 4])
  expect(savedText(saved[4])).toContain('{ epochs: 3 }')
  expect(outputsOf(runs[0]!.out)).toBe(codeDigest(readNotebook(runs[0]!.out)))
  expect(outputsOf(runs[0]!.out)).not.toBe(codeDigest(readNotebook(join(folder.path, 'same.ipynb'))))
  expect(thesisOf(runs[0]!.out).outputs).toBe(outputsDigest(first!))
  expect(readdirSync(join(folder.path, 'out')).filter((file) => file.endsWith('.tmp'))).toEqual([])
})

test('a failing cell ends the run with its TypeScript line, and earlier outputs are saved', async () => {
  const { failure, out, cellsDone } = await execute('failing', [
    `console.log('done before')`,
    'const rows: number[][] = []\n\nrows[3]!.length',
    `console.log('never')`,
  ])
  expect(failure).toMatchObject({ kind: 'error', cell: 2 })
  expect(failure!.error.traceback.join('\n')).toMatch(/at cell \[2\]:3:\d+\n +3 \| rows\[3\]!\.length/)
  expect(cellsDone).toBe(1)
  const saved = savedCells(out)
  expect(savedText(saved[0])).toContain('done before')
  expect(savedText(saved[1])).toContain('"output_type":"error"')
  expect(saved[2]).toMatchObject({ outputs: [], execution_count: null })
  expect(thesisOf(out)).toEqual({ outputsOf: null })
})

test('a cell tagged raises-exception may fail, and one tagged skip-execution is not run and keeps its outputs', async () => {
  const notebook = join(folder.path, 'tagged.ipynb')
  writeCells(notebook, [
    { source: 'throw new TypeError("as shown")', tags: ['raises-exception'] },
    {
      source: 'setImmediate(() => setImmediate(() => { Promise.reject(new Error("later")) }))\n"ended"',
      tags: ['raises-exception'],
    },
    { source: 'throw new Error("never")', tags: ['skip-execution'] },
    `console.log('reached')`,
  ])
  const content = JSON.parse(readFileSync(notebook, 'utf8'))
  const kept = [{ output_type: 'stream', name: 'stdout', text: ['kept\n'] }]
  Object.assign(content.cells[2], { outputs: kept, execution_count: 9 })
  writeFileSync(notebook, JSON.stringify(content))
  const { failure, cells, cellsDone, out } = await executeNotebook({
    notebook,
    out: join(folder.path, 'out', 'tagged.ipynb'),
  })
  expect([failure, cells, cellsDone]).toEqual([undefined, 3, 3])
  const saved = savedCells(out)
  expect(saved[0]!.outputs).toMatchObject([{ output_type: 'error', ename: 'TypeError', evalue: 'as shown' }])
  expect(savedText(saved[1])).toMatch(/ended[\s\S]*later/)
  expect(saved[2]).toMatchObject({ outputs: kept, execution_count: 9 })
  expect(savedText(saved[3])).toContain('reached')
  expect(nbformatProblems(JSON.parse(readFileSync(out, 'utf8')))).toEqual([])
  expect(thesisOf(out).outputsOf).toBe(codeDigest(readNotebook(out)))
})

test('the run is recorded as papermill does, with the versions, and its record can be left out', async () => {
  let seconds = 0
  // A second later whenever asked.
  const now = () => new Date(Date.UTC(2024, 4, 1, 12, 0, seconds++))
  const cells: Cells = [
    { source: `const parameters = { epochs: 5, rate: 1e-3, by: ['a'] }`, tags: ['parameters'] },
    '',
    'throw new Error("broken")',
    '1',
  ]
  const notebook = join(folder.path, 'recorded.ipynb')
  const { out } = await execute('recorded', cells, { sets: ['epochs=7', 'by=b,c'], now })
  const { metadata, cells: saved } = JSON.parse(readFileSync(out, 'utf8'))
  expect(metadata.papermill).toEqual({
    default_parameters: { epochs: 5, rate: 0.001, by: ['a'] },
    duration: 5,
    end_time: '2024-05-01T12:00:05.000000+00:00',
    environment_variables: {},
    exception: true,
    input_path: notebook,
    output_path: out,
    parameters: { epochs: 7, by: ['b', 'c'] },
    start_time: '2024-05-01T12:00:00.000000+00:00',
    version: '2.7.0',
  })
  const none = { exception: null, start_time: null, end_time: null, duration: null, tags: [] }
  expect(saved.map((cell: { metadata: { papermill: object } }) => cell.metadata.papermill)).toEqual([
    {
      duration: 1,
      end_time: '2024-05-01T12:00:02.000000+00:00',
      exception: false,
      start_time: '2024-05-01T12:00:01.000000+00:00',
      status: 'completed',
      tags: ['parameters'],
    },
    { ...none, status: 'completed' },
    {
      duration: 1,
      end_time: '2024-05-01T12:00:04.000000+00:00',
      exception: true,
      start_time: '2024-05-01T12:00:03.000000+00:00',
      status: 'failed',
      tags: [],
    },
    { ...none, status: 'pending' },
  ])
  expect(metadata.thesis.run).toMatchObject({
    node: process.versions.node,
    project: JSON.parse(readFileSync('package.json', 'utf8')).version,
    typescript: metadata.language_info.version,
  })
  expect(Object.keys(metadata.thesis.run).sort()).toEqual([
    'changed',
    'commit',
    'node',
    'project',
    'typescript',
  ])
  const stripped = withoutRunRecord(readFileSync(out, 'utf8'))
  expect(stripped).not.toMatch(/papermill|2024|"run"/)
  expect(outputsDigest(stripped)).toBe(outputsDigest(readFileSync(out, 'utf8')))
  expect(JSON.stringify(readNotebook(out))).not.toMatch(/papermill|"run"/)
})

test('a rejection after the end of the last cell fails the run', async () => {
  const { failure, out } = await execute('late', [
    'setImmediate(() => setImmediate(() => { Promise.reject(new Error("nobody listens")) }))\n"ended"',
  ])
  expect(failure).toMatchObject({ kind: 'unhandled', cell: 1 })
  expect(failure!.error.evalue).toBe('nobody listens')
  expect(savedText(savedCells(out)[0])).toMatch(/ended[\s\S]*nobody listens/)
})

test('a kernel that dies in a cell fails the run, and earlier outputs are saved', async () => {
  const { failure, out } = await execute('dead', [`console.log('alive')`, 'process.exit(3)', '1'])
  expect(failure).toMatchObject({ kind: 'dead kernel', cell: 2 })
  expect(failure!.error.evalue).toContain('its process ended (exit code 3)')
  expect(savedText(savedCells(out)[0])).toContain('alive')
  expect(savedText(savedCells(out)[1])).toContain('DeadKernel')
})

test('a cell that takes too long is ended, with its outputs so far', async () => {
  const cells = [`console.log('begun'); while (true) {}`, '1']
  const { failure, out } = await execute('slow', cells, { timeoutSeconds: 2 })
  expect(failure).toMatchObject({ kind: 'timeout', cell: 1 })
  expect(savedText(savedCells(out)[0])).toMatch(/begun[\s\S]*the cell took longer than 2 s/)
  expect(savedCells(out)[1]!.outputs).toEqual([])
})

test('an interrupted run keeps what the cell had shown, and starts no further cell', async () => {
  const interruption = new AbortController()
  const cells = [`console.log('one')`, `await null; console.log('two'); await new Promise(() => {})`, '3']
  const { failure, out } = await execute('interrupted', cells, {
    signal: interruption.signal,
    progress: {
      cellStarted: (cell) => {
        if (cell === 2) setTimeout(() => interruption.abort(), 1500)
      },
    },
  })
  expect(failure).toMatchObject({ kind: 'interrupted', cell: 2 })
  expect(savedText(savedCells(out)[0])).toContain('one')
  expect(savedCells(out)[2]).toMatchObject({ outputs: [], execution_count: null })
})

test('a parameter that does not fit is refused before a kernel starts', async () => {
  const cells = [{ source: 'const parameters = { epochs: 5 }', tags: ['parameters'] }]
  const kernel = { argv: ['no-such-kernel-command'], env: {}, interruptMode: 'signal' as const }
  const out = join(folder.path, 'out', 'refused.ipynb')
  await expect(execute('refused', cells, { sets: ['epoch=3'], kernel, out })).rejects.toThrow(
    /There is no parameter "epoch"[\s\S]*epochs {2}number {2}= 5/,
  )
  expect(existsSync(out)).toBe(false)
})

test('a file that is no notebook is refused by its name', async () => {
  const notebook = join(folder.path, 'missing.ipynb')
  await expect(executeNotebook({ notebook, out: `${notebook}.out` })).rejects.toThrow(/missing\.ipynb/)
})
