import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { objectField } from '../../src/runner/json.js'
import { readNotebook } from '../../src/runner/notebook-file.js'
import { notebookParameters, parameterise, settingsOf } from '../../src/runner/parameterise.js'
import { savedCells, savedText, temporaryFolder, writeCells } from '../runner/notebooks.js'
import { clientEnvironment, python, runPython } from './python.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const root = projectRoot()
const notebooks = join(root, 'notebooks')
const names = readdirSync(notebooks).filter((name) => name.endsWith('.ipynb'))

const ASK = `
import json, sys
import papermill
from papermill.translators import papermill_translators

translator = papermill_translators.find_translator('any-name', 'typescript')
answers = []
for source, parameters in json.load(open(sys.argv[1])):
    seen = [list(one) for one in translator.inspect({'source': source})]
    try:
        answers.append([seen, translator.codify(parameters)])
    except Exception as error:
        answers.append([seen, str(error)])
print(json.dumps(answers))
`

interface Answer {
  /** Name, type, value and comment of each. */
  readonly parameters: readonly (readonly string[])[]
  readonly cell: string
}

describe.skipIf(!python)('papermill', { timeout: 600_000 }, () => {
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    const packages = join(folder.path, 'packages')
    env = { ...clientEnvironment(folder.path), PYTHONPATH: packages }
    // The one line of the README, without the network: what it would build with is there.
    const offline = [
      '--no-build-isolation',
      '--no-deps',
      '--no-index',
      '--disable-pip-version-check',
      '--quiet',
    ]
    const source = join(root, 'src', 'setup', 'papermill')
    const before = readdirSync(source, { recursive: true }).sort()
    await runPython(['-m', 'pip', 'install', ...offline, '--target', packages, source], {
      cwd: folder.path,
      env,
    })
    expect(readdirSync(source, { recursive: true }).sort()).toEqual(before)
  }, 600_000)

  /** What the translator says about cells, and with which cells it would set parameters. */
  const ask = async (...questions: readonly (readonly [string, object])[]): Promise<Answer[]> => {
    const file = join(folder.path, 'questions.json')
    writeFileSync(file, JSON.stringify(questions))
    const answers: [string[][], string][] = JSON.parse(
      await runPython(['-c', ASK, file], { cwd: folder.path, env }),
    )
    return answers.map(([parameters, cell]) => ({ parameters, cell }))
  }

  const sourceOf = (name: string): string => {
    const { cells } = readNotebook(join(notebooks, name))
    return cells.find(({ metadata: { tags } }) => Array.isArray(tags) && tags.includes('parameters'))!.source
  }

  test('finds in every notebook the parameters that the runner finds, and sets them as the runner does', async () => {
    const questions = names.map((name) => {
      const { metadata } = readNotebook(join(notebooks, name))
      return [sourceOf(name), objectField(objectField(metadata, 'thesis'), 'smoke')] as const
    })
    const answers = await ask(...questions)
    for (const [i, name] of names.entries()) {
      const notebook = readNotebook(join(notebooks, name))
      const ours = notebookParameters(notebook).map((one) => [one.name, one.value, one.comment])
      expect(
        answers[i]!.parameters.map(([id, , value, comment]) => [id, value, comment]),
        name,
      ).toEqual(ours)
      const smoke = questions[i]![1]
      const set = parameterise(notebook, settingsOf(smoke)).cells.find(({ metadata: { tags } }) =>
        Array.isArray(tags) ? tags.includes('parameters') : false,
      )!
      expect(answers[i]!.cell, name).toBe(`// Parameters\n${set.source}\n`)
    }
  })

  test('keeps types, comments and keywords of variables, and gives new ones a type that is not the value alone', async () => {
    const source = `const epochs: number = 5 // passes, over them
// two
// lines
let network = 'deep' as 'deep' | 'shallow'
const rate = 1e-3, lists: string[] = ['a', // not this
  'b'], empty = [1, 2]
const late: string | null = null /* when */
const callback = (a: number): number => a * 2`
    const parameters = {
      epochs: 7,
      network: 'shallow',
      rate: 0.5,
      lists: [],
      empty: [],
      late: null,
      other: 'x',
    }
    const [answer] = await ask([source, parameters])
    expect(answer!.parameters).toEqual([
      ['epochs', 'number', '5', 'passes, over them'],
      ['network', "'deep' | 'shallow'", "'deep'", 'two lines'],
      ['rate', 'number', '1e-3', ''],
      ['lists', 'string[]', "['a', // not this\n  'b']", ''],
      ['empty', 'number[]', '[1, 2]', ''],
      ['late', 'string | null', 'null', 'when'],
      ['callback', 'None', '(a: number): number => a * 2', ''],
    ])
    expect(answer!.cell).toBe(`// Parameters
const epochs: number = 7 // passes, over them
let network: 'deep' | 'shallow' = 'shallow' // two lines
const rate: number = 0.5
const lists: string[] = []
const empty: number[] = []
const late: string | null = null // when
const other: string = 'x'
`)
  })

  test('sets fields of objects, by their names or with the objects around them', async () => {
    const source = `const parameters = {
  'two words': 1,
  optimiser: { rate: 1, schedule: { kind: "a, b: c" } }, // of training
  ...defaults, short, method() { return 1 },
  last: [1, 2] as readonly number[] // the last
} satisfies Parameters
check(parameters)`
    const [answer] = await ask([
      source,
      {
        'two words': 2,
        'optimiser.rate': 3,
        optimiser: { schedule: { kind: "it's" } },
        parameters: { last: [4] },
        unknown: { a: null },
      },
    ])
    expect(answer!.parameters.map(([name]) => name)).toEqual([
      'two words',
      'optimiser.rate',
      'optimiser.schedule.kind',
      'last',
    ])
    expect(answer!.cell).toBe(`// Parameters
${source.replace(': 1,', ': 2,').replace('rate: 1', 'rate: 3').replace('"a, b: c"', "'it\\'s'").replace('[1, 2]', '[4]')}
const unknown = { a: null }
`)
  })

  test('writes any value so that TypeScript reads the same one', async () => {
    const values = {
      quotes: `'"\`\${x}\\`,
      lines: 'a\nb\r\tc\u2028\u2029\u0000\u007f',
      words: 'é 漢 😀 \ud800',
      numbers: [0, -1, 1.5, 1e21, 1e-7, 123456789012],
      nested: [{ a: null, 'b-c': [true, false], class: {}, 1: [] }, []],
      nothing: null,
      yes: true,
    }
    const [answer] = await ask(['', values])
    const { outputText, diagnostics } = ts.transpileModule(answer!.cell, { reportDiagnostics: true })
    expect(diagnostics).toEqual([])
    const read = new Function(`${outputText}\nreturn { ${Object.keys(values).join(', ')} }`)
    expect(read()).toEqual(values)
  })

  test('writes what JSON does not have, and refuses what TypeScript does not have', async () => {
    const script = `
import datetime, math
from papermill_typescript import TypeScriptTranslator as t
print(t.codify({'a': math.nan, 'b': [math.inf, -math.inf], 'c': (1, 2), 'd': datetime.date(2024, 5, 1), 'e': {'__proto__': 1}}), end='')
for bad in [{'not-a-name': 1}, {'class': 1}, {'a': object}]:
    try: t.codify(bad)
    except Exception as error: print(type(error).__name__, error)
`
    expect((await runPython(['-c', script], { cwd: folder.path, env })).split('\n')).toEqual([
      '// Parameters',
      'const a: number = NaN',
      'const b = [Infinity, -Infinity]',
      'const c = [1, 2]',
      "const d = '2024-05-01'",
      "const e = { ['__proto__']: 1 }",
      'PapermillException "not-a-name" is not the name of a parameter: TypeScript has no variable of that name',
      'PapermillException "class" is not the name of a parameter: TypeScript has no variable of that name',
      expect.stringContaining("PapermillException <class 'object'> is of the type type"),
      '',
    ])
  })

  test.each([
    ['variables', 'const epochs: number = 5 // passes\nconst network = "deep"', 'epochs * 2 + network'],
    [
      'an object',
      'const parameters = { epochs: 5, network: "deep" as "deep" | "shallow" }\nconst twice = parameters.epochs * 2',
      'twice + parameters.network',
    ],
  ])(
    'runs a notebook on the kernel with other values of %s, whose cells see them',
    async (name, source, sum) => {
      const notebook = join(folder.path, `${name}.ipynb`)
      writeCells(notebook, [{ source, tags: ['parameters'] }, sum], {
        kernelspec: { name: 'tslab-thesis', display_name: 'TypeScript (thesis)', language: 'typescript' },
        language_info: { name: 'typescript' },
      })
      mkdirSync(join(folder.path, 'out'), { recursive: true })
      const out = join(folder.path, 'out', `${name}.ipynb`)
      const words = [
        '-p',
        'epochs',
        '7',
        '-p',
        'network',
        'shallow',
        '--no-progress-bar',
        '--log-level',
        'ERROR',
      ]
      await runPython(['-m', 'papermill', notebook, out, ...words], { cwd: folder.path, env })
      expect(savedText(savedCells(out).at(-1))).toContain('14shallow')
      expect(savedCells(out)[1]!.source.join('')).toMatch(/^\/\/ Parameters\n/)
      const { metadata } = JSON.parse(readFileSync(out, 'utf8'))
      expect(metadata.papermill.parameters).toEqual({ epochs: 7, network: 'shallow' })
    },
  )

  test('--help-notebook shows the parameters with types and comments', async () => {
    const said = await runPython(
      ['-m', 'papermill', '--help-notebook', join(notebooks, '03-training.ipynb'), '--log-level', 'ERROR'],
      { cwd: folder.path, env },
    )
    expect(said).toMatch(/epochs: number \(default 8\) +passes over them/)
    expect(said).toContain("scan: 'leftToRight' | 'rightToLeft' (default 'leftToRight')")
  })
})
