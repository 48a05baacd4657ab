import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { errorsOf, examplesIn, exportsOf, isFunction, moduleOf } from './examples.js'

const run = promisify(execFile)
const project = projectRoot()
const CONTEXT = join(import.meta.dirname, 'example-context.ts')

/** Examples that are only checked, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'src/commands/command-line.ts': 'it runs the command line of this process',
  'src/data/sources/dataset-folder.ts': 'it reads a folder of the user’s',
  'src/importing/import-model.ts': 'it reads a model of the user’s',
  'src/importing/keras/import-layers-model.ts': 'it reads a model of the user’s',
  'src/importing/pytorch/import-state-dict.ts': 'it reads a model of the user’s',
  'src/importing/saved.ts': 'it reads a model of the user’s',
  'src/network/data-movement.ts': 'it chooses a backend, which is chosen',
  'src/thesis/imported/imported-model.ts': 'it reads a model of the user’s',
}
const examples = examplesIn(project, 'src')
const running = examples.filter(({ place }) => NOT_RUN[place.split(':')[0]!] === undefined)

const place = mkdtempSync(join(tmpdir(), 'examples-'))
const found: { errors: ReadonlyMap<string, string[]>; ended: Readonly<Record<string, string>> } = {
  errors: new Map(),
  ended: {},
}

beforeAll(async () => {
  const known = new Set(exportsOf(project, 'test/package/example-context.ts').keys())
  const nowhere = (i: number) => join(import.meta.dirname, `example-${i}.ts`)
  const virtual = examples.map(
    (example, i) => [nowhere(i), moduleOf(example, known, './example-context.js')] as const,
  )
  const errors = errorsOf(project, new Map(virtual))
  // A project of its own with the data of this one, so that what they write goes there.
  writeFileSync(join(place, 'package.json'), '{ "name": "executable-thesis" }')
  symlinkSync(join(project, 'data'), join(place, 'data'), 'junction')
  const steps = running.map((example, i) => {
    const file = join(place, `example-${i}.mts`)
    writeFileSync(file, moduleOf(example, known, pathToFileURL(CONTEXT).href))
    return { place: example.place, file: pathToFileURL(file).href }
  })
  const runner = join(place, 'run.mts')
  writeFileSync(
    runner,
    `const ended = {}
    console.log = () => {}
    for (const { place, file } of ${JSON.stringify(steps)})
      ended[place] = await import(file).then(() => 'as it should', (error) => error.stack)
    process.stdout.write(JSON.stringify(ended))`,
  )
  const tsx = pathToFileURL(join(project, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
  const { stdout } = await run(process.execPath, ['--import', tsx, runner], { cwd: place, maxBuffer: 1e8 })
  Object.assign(found, {
    errors: new Map(examples.map(({ place }, i) => [place, errors.get(nowhere(i))!])),
    ended: JSON.parse(stdout),
  })
}, 300_000)

afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

/** Functions whose one line says how they are called. */
const EVIDENT = [
  ...[
    'architecture',
    'method',
    'datasetOf',
    'measureOf',
    'methodOf',
    'recipeOf',
    'planOf',
    'networkOf',
    'isUnfinished',
  ],
  ...['originOf', 'referenceOf', 'evaluateModelsOnce', 'trainOrLoad', 'summaryTable', 'SequenceExplanations'],
  ...[
    'cellParameters',
    'lstmRecurrence',
    'reluRecurrence',
    'readout',
    'frameImages',
    'checkParameters',
    'predictionsOf',
  ],
  ...[
    'batchesOf',
    'batchLabels',
    'imagesChecksum',
    'flippedPixels',
    'mean',
    'standardDeviation',
    'shortOf',
    'titleOf',
  ],
  ...['gradientWalkWith', 'relevanceOperations', 'zGamma'],
]

describe('the public API', () => {
  it('shows of each function how it is called, where its line does not say that', () => {
    const functions = [...exportsOf(project, 'src/index.ts')].filter(([, symbol]) => isFunction(symbol))
    const unshown = functions.filter(
      ([, symbol]) => !symbol.getJsDocTags().some(({ name }) => name === 'example'),
    )
    expect(unshown.map(([name]) => name).filter((name) => !EVIDENT.includes(name))).toEqual([])
  })
})

describe('the examples in docstrings', () => {
  it.each(examples.map(({ place }) => place))('check with the types of the project: %s', (place) => {
    expect(found.errors.get(place)).toEqual([])
  })

  it.each(running.map(({ place }) => place))('run to their end: %s', (place) => {
    expect(found.ended[place]).toBe('as it should')
  })
})
