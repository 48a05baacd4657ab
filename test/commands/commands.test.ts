import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pMap from 'p-map'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, ownProject, runCommand } from './project.js'

const PROJECT = resolve(import.meta.dirname, '..', '..')
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(PROJECT, 'package.json'), 'utf8'),
)

/** Scripts that whoever works on the project runs, and no user. */
const DEVELOPERS = ['check', 'lint', 'format', 'types', 'unit', 'build', 'prepack']

const TRAINING = join(PROJECT, 'notebooks', '03-training.ipynb')

/** Of each command a misspelt option with the one that is suggested, wrong values with what is said of them, and a line that prints JSON at once. */
const COMMANDS: Readonly<
  Record<
    string,
    {
      readonly option: readonly [wrong: string, right: string]
      readonly values?: readonly (readonly [argv: readonly string[], said: string])[]
      readonly json?: readonly string[]
      readonly csv?: readonly string[]
    }
  >
> = {
  thesis: { option: ['--retrian', '--retrain'], values: [[['extra'], 'too many arguments']] },
  test: { option: ['--natve', '--native'], values: [[['unit'], 'too many arguments']] },
  train: {
    option: ['--epohcs', '--epochs'],
    values: [
      [['--network', 'depe'], "network 'depe' is unknown; there are shallow, deep"],
      [['--epochs', 'many'], 'It must be a whole number of at least 1.'],
    ],
  },
  runs: {
    option: ['--netwrok', '--network'],
    values: [[['--dataset', 'cifar'], "there is no run of dataset 'cifar'; there are runs of"]],
    json: ['--network', 'deep', '--json'],
    csv: ['--csv'],
  },
  study: {
    option: ['--stdy', '--study'],
    values: [
      [['stauts'], 'there is no stauts (did you mean status?); there are plan, run, status'],
      [['status', '--study', 'nowhere'], 'nowhere'],
      [['plan', '--folds', '1'], 'It must be a whole number of at least 2.'],
    ],
    json: ['status', '--study', 'thesis', '--json'],
    csv: ['status', '--study', 'thesis', '--csv'],
  },
  clean: { option: ['--lst', '--list'], values: [[['results'], 'too many arguments']] },
  'migrate-checkpoints': { option: ['--jsn', '--json'], values: [[['all'], 'too many arguments']] },
  evaluate: {
    option: ['--limt', '--limit'],
    values: [
      [['--method', 'deepTailor'], '(did you mean deepTaylor?)'],
      [['--limit', '0'], 'It must be a whole number of at least 1.'],
    ],
  },
  'import-model': {
    option: ['--wirng', '--wiring'],
    values: [
      [[], "missing required argument 'model'"],
      [['./nowhere.json'], 'nowhere.json'],
    ],
  },
  conformance: {
    option: ['--netwrk', '--network'],
    values: [[['./nowhere'], 'does not exist; give a folder of golden files']],
  },
  notebook: {
    option: ['--lst', '--list'],
    values: [
      [[TRAINING, '--set', 'epohcs=5'], 'There is no parameter "epohcs". Did you mean epochs?'],
      [[TRAINING, '--set', 'epochs=many'], 'epochs=many does not fit: epochs is number.'],
      [['nowhere.ipynb'], 'nowhere.ipynb cannot be read'],
      [[TRAINING, '--timeout', 'soon'], 'It must be a number of seconds.'],
    ],
    json: [TRAINING, '--list', '--json'],
    csv: [TRAINING, '--list', '--csv'],
  },
  sweep: {
    option: ['--nme', '--name'],
    values: [
      [[TRAINING, '--set', 'epohcs=5,6'], 'There is no parameter "epohcs". Did you mean epochs?'],
      [[TRAINING], 'say what is swept'],
    ],
    json: [TRAINING, '--set', 'epochs=1,2', '--list', '--json'],
    csv: [TRAINING, '--set', 'epochs=1,2', '--list', '--csv'],
  },
  compare: { option: ['--jsn', '--json'], values: [[['nowhere', 'nothing'], 'nowhere']] },
  kernel: {
    option: ['--nme', '--name'],
    values: [[['remove'], 'Allowed choices are install, uninstall, list']],
    json: ['list', '--json'],
  },
  lab: {
    option: ['--prt', '--port'],
    values: [
      [['--port', 'many'], 'It must be a whole number of at least 0.'],
      [['notebooks'], "npm run lab does not take 'notebooks'"],
    ],
  },
  'test:lab': { option: ['--jsn', '--json'], values: [[['-t'], 'argument missing']] },
  screenshots: { option: ['--jsn', '--json'], values: [[['all'], 'too many arguments']] },
  faults: {
    option: ['--mutatons', '--mutations'],
    values: [[['--kills', 'many'], 'It must be a whole number of at least 0.']],
  },
  bench: {
    option: ['--measur', '--measure'],
    values: [
      [['--measure', 'speed'], '--measure speed is unknown; there are'],
      [['--turns', 'x'], 'It must be a whole number of at least 1.'],
    ],
  },
  outputs: { option: ['--chek', '--check'], values: [[['all'], 'too many arguments']] },
  readme: { option: ['--jsn', '--json'], values: [[['all'], 'too many arguments']] },
  explorer: {
    option: ['--biuld', '--build'],
    values: [
      [['--port', '0'], 'It must be a whole number of at least 1.'],
      [['--build', 'site', '--measure'], '--build and --measure are two runs'],
      [['--json'], '--json is of --build and --measure'],
    ],
  },
  native: { option: ['--froce', '--force'], values: [[['--wheel'], 'argument missing']] },
}

const names = Object.keys(COMMANDS)
const fileOf = (name: string): string => / --import tsx (\S+)$/.exec(scripts[name]!)![1]!
const lineOf = (name: string, argv: readonly string[]): string => [name, ...argv].join(' ')

const lines = names.flatMap((name) => {
  const { option, values = [], json, csv } = COMMANDS[name]!
  const argvs = [['--help'], [option[0]], ...values.map(([argv]) => argv), json ?? [], csv ?? []]
  return argvs.filter((argv, i) => argv.length > 0 || i < 2 + values.length).map((argv) => ({ name, argv }))
})

const project = ownProject()
const ended = new Map<string, Ended>()
beforeAll(async () => {
  const concurrency = 3
  await pMap(
    lines,
    async ({ name, argv }) => {
      ended.set(lineOf(name, argv), await runCommand(fileOf(name), argv, { folder: project.folder }))
    },
    { concurrency },
  )
})
afterAll(() => project.remove())

const of = (name: string, argv: readonly string[]): Ended => ended.get(lineOf(name, argv))!

describe('every command for users', () => {
  it('is in this table', () => {
    expect(
      Object.keys(scripts)
        .filter((name) => !DEVELOPERS.includes(name))
        .sort(),
    ).toEqual([...names].sort())
  })

  it.each(names)('has help: %s', (name) => {
    const { code, stdout, stderr } = of(name, ['--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Usage: npm (run )?${name} `))
    expect(stdout).toMatch(/-h, --help/)
    expect(stdout).toMatch(/--json/)
  })

  it.each(names)('refuses an option that there is not, and suggests the nearest: %s', (name) => {
    const [wrong, right] = COMMANDS[name]!.option
    const { code, stdout, stderr } = of(name, [wrong])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^[^\n]*\n$/)
    expect(stderr).toContain(`unknown option '${wrong}'`)
    expect(stderr).toContain(`(Did you mean ${right}?)`)
  })

  it.each(
    names.flatMap((name) => (COMMANDS[name]!.values ?? []).map(([argv, said]) => ({ name, argv, said }))),
  )('refuses with exit code 2 and a sentence, without a stack: $name $argv', ({ name, argv, said }) => {
    const { code, stdout, stderr } = of(name, argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^ +at /m)
    // Only what lists parameters is more than a line.
    if (!stderr.includes('The parameters are:')) expect(stderr).toMatch(/^[^\n]*\n$/)
  })

  it.each(names.filter((name) => COMMANDS[name]!.json))('prints JSON and nothing else: %s', (name) => {
    const { code, stdout } = of(name, COMMANDS[name]!.json!)
    expect(code).toBe(0)
    expect(typeof JSON.parse(stdout)).toBe('object')
  })

  it.each(names.filter((name) => COMMANDS[name]!.csv))('prints CSV and nothing else: %s', (name) => {
    const { code, stdout } = of(name, COMMANDS[name]!.csv!)
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    const columns = head!.split(',').length
    expect(columns).toBeGreaterThan(2)
    for (const row of rows) if (!row.includes('"')) expect(row.split(',')).toHaveLength(columns)
  })
})
