import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'

const run = promisify(execFile)
const MINUTES = 60_000

// Outside the project, of whose packages nothing must be found from here.
const place = mkdtempSync(join(tmpdir(), 'executable-thesis-'))
const project = join(place, 'project')
const installed = join(project, 'node_modules', 'executable-thesis')
// npm writes to the home folder by default, which tests leave alone.
const npm = (args: readonly string[], cwd: string) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--cache', join(place, 'cache')], { cwd, shell: false })
const node = (...args: string[]) => run(process.execPath, args, { cwd: project, env: environment })
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|THESIS_|VITEST)/.test(name)),
)
const resultOf = (file: string) => JSON.parse(readFileSync(join(project, file), 'utf8'))

let packed = ''
let before: readonly string[] = []

beforeAll(async () => {
  await npm(['pack', '--pack-destination', place], projectRoot())
  packed = join(place, readdirSync(place).find((name) => name.endsWith('.tgz'))!)
  cpSync(join(import.meta.dirname, 'project'), project, { recursive: true })
  writeFileSync(
    join(project, 'package.json'),
    '{ "name": "another-project", "private": true, "type": "module" }',
  )
  await npm(['install', packed, '--prefer-offline', '--ignore-scripts'], project)
  before = stateOf(installed)
  await node('plain.js')
}, 10 * MINUTES)

afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

/** Every file of a folder with the digest of its content. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${relative(folder, file)} ${createHash('sha1').update(readFileSync(file)).digest('hex')}`)
    .sort()
}

describe('the packed package', () => {
  it('weighs less than 20 MB and holds what explaining and its controls need, and none of the sources', () => {
    expect(statSync(packed).size).toBeLessThan(20e6)
    expect(readdirSync(installed).sort()).toEqual(
      ['CITATION.cff', 'LICENSE', 'README.md', 'data', 'dist', 'package.json'].sort(),
    )
    const names = before.map((line) => line.split(' ')[0]!)
    const others = names.filter(
      (name) => !/\.(js|d\.ts)$|^data\/checkpoints\/[^/]+\/model\.(json|safetensors)$/.test(name),
    )
    expect(others.sort()).toEqual(['CITATION.cff', 'LICENSE', 'README.md', 'package.json'].sort())
  })
})

describe('another project that installed it', () => {
  it('loads a shipped network and explains sequences by deep Taylor, of which every ledger adds up', () => {
    const { ledgers, byStep, byItem, target } = resultOf('plain.json')
    expect(target).toEqual([7, 2, 1])
    for (const [i, { entered, steps, rounding, ...others }] of ledgers.entries()) {
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      expect(entered).toBeGreaterThan(1)
      expect(steps).toEqual(byStep[i])
      expect(others).toEqual({ initialState: 0, biases: 0, epsilon: 0, undistributed: 0 })
      expect(Math.abs(rounding)).toBeLessThan(1e-4 * entered)
      expect(sum(byItem[i])).toBeCloseTo(sum(steps), 4)
    }
  })

  it('evaluates shipped networks in processes of their own', () => {
    const { scores } = resultOf('plain.json')
    expect(scores).toMatchObject([
      { dataset: 'mnist-maj', network: 'r-lstm', method: 'sensitivity', measure: 'cosine', sequences: 40 },
      { dataset: 'mnist-maj', network: 'r-lstm', method: 'deepTaylor', measure: 'cosine', sequences: 40 },
    ])
    for (const { mean, baseline } of scores) expect(mean).toBeGreaterThan(baseline)
  })

  it('exports a figure', () => {
    const { files } = resultOf('plain.json')
    expect(files.map(({ format }: { format: string }) => format)).toEqual(['svg', 'png'])
    expect(readFileSync(join(project, 'figures', 'heatmap.svg'), 'utf8')).toMatch(/^<svg/)
  })

  it(
    'checks its TypeScript strictly, to the last declaration of the package',
    async () => {
      const errors = await node('node_modules/typescript/bin/tsc', '--pretty', 'false').then(
        () => '',
        ({ stdout }) => stdout as string,
      )
      // Declarations of arquero and TensorFlow.js have errors of their own, for which skipLibCheck is there.
      const ours = errors.split('\n').filter((line) => /^(own|node_modules\/executable-thesis)/.test(line))
      expect(ours).toEqual([])
    },
    MINUTES * 3,
  )

  it(
    'defines a network, methods and a dataset, trains on arrays in memory, and explains',
    async () => {
      await node('built/own.js')
      const { testAccuracy, steep, ledgers, states, traces } = resultOf('own.json')
      expect(testAccuracy).toBeGreaterThan(0.8)
      expect(steep).toHaveLength(3 * 6 * 18)
      expect(Math.min(...steep)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...steep)).toBeGreaterThan(0)
      expect(states).toEqual([{ name: 'hidden', units: 24 }])
      expect(traces).toBeGreaterThan(0)
      for (const { entered, steps, undistributed, rounding } of ledgers) {
        const arrived = steps.reduce((sum: number, step: number) => sum + step, 0)
        expect(entered).toBeGreaterThan(0)
        expect(Math.abs(entered - arrived - undistributed)).toBeLessThan(1e-4 * entered)
        expect(Math.abs(rounding)).toBeLessThan(1e-4 * entered)
      }
    },
    MINUTES * 3,
  )

  it('finds data and results in its own folder, and leaves the package as it was installed', () => {
    expect(readdirSync(join(project, 'data'))).toEqual(['mnist'])
    expect(readdirSync(join(project, 'results', 'checkpoints'))).toMatchObject(
      [/^stripes-elman-[0-9a-f]{12}$/].map((name) => expect.stringMatching(name)),
    )
    expect(stateOf(installed)).toEqual(before)
  })
})

describe('the core in a browser', () => {
  it('bundles without anything of Node, and explains a sequence as the package does under Node', async () => {
    const { outputFiles } = await build({
      absWorkingDir: project,
      entryPoints: ['browser.js'],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      logLevel: 'silent',
    })
    // What a page has and this bundle uses; there is no process, Buffer or require.
    const page = createContext({ performance, TextEncoder, TextDecoder, setTimeout, clearTimeout, console })
    runInContext(
      'globalThis.window = globalThis.self = globalThis; globalThis.document = {}; globalThis.navigator = {}',
      page,
    )
    runInContext(outputFiles[0]!.text, page)
    const { browser } = resultOf('plain.json')
    Object.assign(page, { given: JSON.stringify(browser) })
    const told: string = await runInContext(
      'explainInBrowser(JSON.parse(given)).then((found) => JSON.stringify(found))',
      page,
    )
    const { relevance, logits, fingerprint, alt } = JSON.parse(told)
    const largest = Math.max(...browser.relevance)
    const differences = relevance.map((value: number, i: number) => Math.abs(value - browser.relevance[i]))
    expect(Math.max(...differences)).toBeLessThan(1e-4 * largest)
    expect(logits.indexOf(Math.max(...logits))).toBe(browser.target)
    expect(fingerprint).toBe(browser.fingerprint)
    expect(alt).toMatch(/^Heatmaps of relevance by DTD on R-LSTM/)
  })
})
