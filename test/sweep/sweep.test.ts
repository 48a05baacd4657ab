import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProjectCopy, projectCopy } from '../open/project-copy.js'
import { writeCells } from '../runner/notebooks.js'

const PARAMETERS = `const parameters = {
  rate: 0.5, // how fast
  kind: 'plain' as 'plain' | 'fancy', // which one
  sizes: [1, 2], // of layers
}
if (parameters.rate > 10) throw new RangeError('rate is ' + parameters.rate + '; it must be at most 10')`

const CELLS = [
  `import { exportTable } from '../src/notebook/export-table.js'
import { record } from '../src/notebook/record.js'
import { resultPath, writeResult } from '../src/notebook/results.js'`,
  { source: PARAMETERS, tags: ['parameters'] },
  `const { rate, kind, sizes } = parameters
const loss = rate ** 2 + (kind === 'fancy' ? 1 : 0)
if (rate === 7) throw new Error('seven does not converge')
await new Promise((resolve) => setTimeout(resolve, 800))`,
  `record({ loss, layers: sizes.length })
exportTable(sizes.map((units, i) => ({ layer: 'layer ' + i, units: units * rate })), 'layers')
exportTable([{ best: 2 * loss }], 'summary')
writeResult(resultPath('figures', 'curve.svg'), '<svg>' + rate + '</svg>')`,
]

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

describe('a sweep,', () => {
  let copy: ProjectCopy
  const running = new Set<ChildProcess>()
  beforeAll(() => {
    copy = projectCopy()
    writeCells(join(copy.path, 'notebooks', 'tiny.ipynb'), CELLS)
  })
  afterAll(() => {
    for (const one of running) one.kill('SIGKILL')
    copy.remove()
  })

  const start = (command: string, ...options: string[]): { child: ChildProcess; end: Promise<Ended> } => {
    const child = spawn(process.execPath, ['--import', 'tsx', `src/commands/${command}.ts`, ...options], {
      cwd: copy.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    const said = { stdout: '', stderr: '' }
    child.stdout!.on('data', (text) => {
      said.stdout += text
    })
    child.stderr!.on('data', (text) => {
      said.stderr += text
    })
    const end = new Promise<Ended>((resolve) => {
      child.on('close', (code) => {
        running.delete(child)
        resolve({ code, ...said })
      })
    })
    return { child, end }
  }
  const sweep = (...options: string[]) => start('sweep', 'notebooks/tiny.ipynb', ...options).end
  const compare = (...options: string[]) => start('compare', ...options).end
  const place = (...parts: string[]) => join(copy.path, 'results', 'sweeps', ...parts)
  const read = (...parts: string[]) => readFileSync(place(...parts), 'utf8')
  const untilThere = async (file: string) => {
    while (!existsSync(file)) await delay(50)
  }

  it('interrupted and killed, goes on by the same command to the table of one that was not', async () => {
    const options = ['--set', 'rate=0.5,1,2', '--set', 'kind=plain,fancy', '--jobs', '2']
    const interrupted = start('sweep', 'notebooks/tiny.ipynb', ...options)
    await untilThere(place('tiny', 'rate=0.5,kind=plain', 'run.json'))
    interrupted.child.kill('SIGINT')
    const { code, stdout } = await interrupted.end
    expect(code).toBe(130)
    expect(stdout).toContain('the same command goes on from here')
    const first = place('tiny', 'rate=0.5,kind=plain', 'run.json')
    const written = statSync(first).mtimeMs

    const killed = start('sweep', 'notebooks/tiny.ipynb', ...options)
    const finished = () =>
      readdirSync(place('tiny')).filter(
        (name) =>
          existsSync(place('tiny', name, 'run.json')) && read('tiny', name, 'run.json').includes('finished'),
      ).length
    const before = finished()
    while (finished() === before) await delay(50)
    killed.child.kill('SIGKILL')
    await killed.end

    const last = await sweep(...options)
    expect(last).toMatchObject({ code: 0 })
    expect(statSync(first).mtimeMs).toBe(written)
    const whole = await sweep(...options, '--name', 'whole')
    expect(whole).toMatchObject({ code: 0 })
    expect(whole.stderr).toMatch(/kind=\w+ finished in .*\(\d of 6 combinations, about .* left\)/)
    for (const file of ['comparison.csv', 'comparison.md', 'comparison.svg', 'tables/layers.csv'])
      expect(read('tiny', file)).toBe(read('whole', file))
    expect(read('tiny', 'comparison.csv')).toBe(
      `rate,kind,loss,layers,summary: best\n${[
        '0.5,plain,0.25,2,0.5',
        '0.5,fancy,1.25,2,2.5',
        '1,plain,1,2,2',
        '1,fancy,2,2,4',
        '2,plain,4,2,8',
        '2,fancy,5,2,10',
      ].join('\n')}\n`,
    )
    expect(read('tiny', 'tables', 'layers.csv')).toContain('rate,kind,layer,units\n0.5,plain,layer 0,0.5\n')
    expect(whole.stdout).toContain('| 2 | fancy |')
    for (const file of ['comparison.pdf', 'comparison.png'])
      expect(existsSync(place('tiny', file))).toBe(true)
    // Each run has its own notebook, tables and figures, and none of them went to results itself.
    const run = place('tiny', 'rate=2,kind=fancy')
    expect(readdirSync(run).sort()).toEqual(['figures', 'run.json', 'tables', 'tiny.ipynb'])
    expect(readdirSync(join(copy.path, 'results'))).toEqual(['sweeps'])
    expect(JSON.parse(read('tiny', 'rate=2,kind=fancy', 'run.json'))).toMatchObject({
      parameters: { rate: 2, kind: 'fancy' },
      status: 'finished',
      numbers: { loss: 5, layers: 2 },
    })
  }, 300_000)

  it('lists what would run, which is nothing that is finished, whatever the order of options', async () => {
    const { code, stdout } = await sweep(
      '--set',
      'kind=plain',
      '--set',
      'rate=2,3',
      '--name',
      'whole',
      '--list',
    )
    expect(code).toBe(0)
    expect(stdout).toBe(
      '  rate=2,kind=plain  finished\n  rate=3,kind=plain  would run\n' +
        '1 of 2 combinations would run, in results/sweeps/whole\n',
    )
    expect(existsSync(place('whole', 'rate=3,kind=plain'))).toBe(false)
  })

  it('reports a combination that fails with its error, and finishes the others', async () => {
    const { code, stdout, stderr } = await sweep('--set', 'rate=7,1', '--name', 'failing')
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /rate=7 failed {2}\(.*1 failed.*\)\n {2}Cell 3 of 4: Error: seven does not converge/,
    )
    expect(stdout).toContain(
      '1 of 2 combinations failed:\n  rate=7: Cell 3 of 4: Error: seven does not converge',
    )
    expect(read('failing', 'comparison.csv')).toBe(
      'rate,loss,layers,summary: best,status\n7,,,,failed\n1,1,2,2,finished\n',
    )
  }, 120_000)

  it('refuses names and values that do not fit, and those that the notebook refuses, before anything runs', async () => {
    const types = await sweep(
      '--set',
      'rate=a,1',
      '--set',
      'speed=3',
      '--set',
      'kind=odd',
      '--name',
      'refused',
    )
    expect(types.code).toBe(2)
    expect(types.stderr).toContain('rate=a does not fit: rate is number.\nThere is no parameter "speed".\n')
    expect(types.stderr).toContain(
      "kind=odd does not fit: kind is 'plain' | 'fancy'.\nThe parameters are:\n  rate ",
    )
    expect(existsSync(place('refused'))).toBe(false)
    const values = await sweep('--set', 'rate=1,11', '--name', 'refused')
    expect(values.code).toBe(2)
    expect(values.stderr).toContain('nothing ran.\n  rate=11: rate is 11; it must be at most 10')
    expect(existsSync(place('refused', 'rate=1'))).toBe(false)
    expect(await sweep('--name', 'refused')).toMatchObject({ code: 2 })
  }, 120_000)

  it('compares another number in its figure, and says which there are', async () => {
    const options = ['--set', 'rate=0.5,1,2', '--set', 'kind=plain,fancy', '--name', 'whole', '--metric']
    expect(await sweep(...options, 'summary: best')).toMatchObject({ code: 0 })
    expect(read('whole', 'comparison.svg')).not.toBe(read('tiny', 'comparison.svg'))
    const wrong = await sweep(...options, 'accuracy')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('there is no number "accuracy"; there are loss, layers, summary: best.')
  }, 120_000)

  it('runs in one process at a time', async () => {
    writeFileSync(place('whole', 'lock'), `${hostname()} ${process.pid}\n`)
    const { code, stderr } = await sweep('--set', 'rate=4', '--name', 'whole')
    expect(code).toBe(1)
    expect(stderr).toContain(`process ${process.pid} on ${hostname()} runs this sweep`)
    rmSync(place('whole', 'lock'))
  })

  it('takes several arrays with | between them', async () => {
    const { stdout } = await sweep('--set', 'sizes=1,2|3', '--list')
    expect(stdout).toContain('  sizes=1+2  would run\n  sizes=3  would run\n')
    expect((await sweep('--set', 'sizes=1,2', '--list')).stdout).toContain('1 of 1 combinations would run')
  })

  it('leaves runs that compare by parameters, numbers, tables and figures', async () => {
    const { code, stdout } = await compare('tiny/rate=1,kind=plain', 'results/sweeps/tiny/rate=2,kind=plain')
    expect(code).toBe(1)
    expect(stdout).toMatch(/Parameters that differ\n {2}name +A +B\n {2}rate +1 +2\n/)
    expect(stdout).toMatch(/Numbers that differ\n.*\n {2}loss +1 +4 +\+3\n/)
    expect(stdout).toMatch(/ {2}layers\n.*\n {4}layer 0 +units +1 +2 +\+1\n/)
    expect(stdout).toMatch(/Figures that differ\n.*\n {2}curve +[0-9a-f]{12} +[0-9a-f]{12}\n/)
    const json = JSON.parse(
      (await compare('--json', 'tiny/rate=1,kind=plain', 'tiny/rate=2,kind=plain')).stdout,
    )
    expect(json).toMatchObject({
      isSame: false,
      parameters: [{ name: 'rate', a: 1, b: 2 }],
      numbers: [{ name: 'loss', a: 1, b: 4, difference: 3 }],
      figures: [{ name: 'curve' }],
      code: [],
    })
    expect(await compare('tiny/rate=1,kind=plain', 'whole/rate=1,kind=plain')).toMatchObject({ code: 0 })
    const wrong = await compare('rate=1,kind=plain', 'nothing')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('say which, as tiny/rate=1,kind=plain or whole/rate=1,kind=plain')
  }, 120_000)

  it('runs a combination again when the code of the notebook has changed', async () => {
    writeCells(join(copy.path, 'notebooks', 'tiny.ipynb'), [...CELLS, '"more"'])
    const { stdout } = await sweep('--set', 'rate=1', '--name', 'failing', '--list')
    expect(stdout).toContain('rate=1  would run again\n')
    writeCells(join(copy.path, 'notebooks', 'tiny.ipynb'), CELLS)
  })

  it.each(['sweep', 'compare'])('has a help: %s', async (command) => {
    const { code, stdout } = await start(command, '--help').end
    expect(code).toBe(0)
    expect(stdout).toContain('Exit code: 0')
  })
})
