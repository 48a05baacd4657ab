import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { architectures, measures, methods } from '../../../src/catalogue/index.js'
import { fashionMnistMaj } from '../../../src/data/sources/fashion-mnist-maj.js'
import { mnistMaj } from '../../../src/data/sources/mnist-maj.js'
import { cosine } from '../../../src/evaluation/index.js'
import { discover } from '../../../src/thesis/values/discover.js'
import {
  architectureOf,
  catalogue,
  datasetOf,
  measureOf,
  methodOf,
  originOf,
  referenceOf,
} from '../../../src/thesis/values/index.js'
import { knownValue } from '../../../src/thesis/values/value-of.js'
import { titleOf } from '../../../src/values/registry.js'
import { blots, elman, firstItem, steepness } from '../own.js'

const at = { folder: '' }
const write = (name: string, text: string): string => {
  const file = join(at.folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text.replaceAll('SRC', relative(dirname(file), 'src')))
  return file
}

/** The source of a module that exports measures under some names, each with the id of its name. */
const measureModule = (...names: readonly string[]) => `
import { defineMeasure } from 'SRC/evaluation/index.js'
const made = (id: string) => defineMeasure({ id, title: id, range: [0, 1], baseline: () => 0.5, score: () => 1 })
${names.map((name) => (name === 'default' ? "export default made('default')" : `export const ${name} = made('${name}')`)).join('\n')}
export const notAMeasure = 5
`

beforeAll(() => {
  mkdirSync('.cache', { recursive: true })
  at.folder = mkdtempSync(join('.cache', 'test-values-'))
})
afterAll(() => rmSync(at.folder, { recursive: true, force: true }))

describe('a value', () => {
  it('that is shipped is known by its id', async () => {
    expect(await architectureOf('r-lstm')).toBe(architectures[3])
    expect(await methodOf('deepTaylor')).toBe(methods.find(({ id }) => id === 'deepTaylor'))
    expect(await datasetOf('fashion-mnist-maj')).toBe(fashionMnistMaj)
    expect(await measureOf('cosine')).toBe(cosine)
    expect(originOf(cosine)).toEqual({ shipped: 'cosine' })
    expect(referenceOf(mnistMaj)).toBe('mnist-maj')
  })

  it('is itself, wherever it was made; what was made in a cell has no origin', async () => {
    expect(await architectureOf(elman)).toBe(elman)
    expect(await methodOf(steepness)).toBe(steepness)
    expect(await datasetOf(blots)).toBe(blots)
    expect(await measureOf(firstItem)).toBe(firstItem)
    const made = { ...firstItem, id: 'made-here', title: 'Made here' }
    expect(await measureOf(made)).toBe(made)
    expect([originOf(made), referenceOf(made)]).toEqual([null, null])
    // Figures find its title, though nothing defined it.
    expect(titleOf('measure', 'made-here')).toBe('Made here')
  })

  it('of a file is its default export, its only one, or the one that is named', async () => {
    const one = write('one.ts', measureModule('lonely'))
    expect((await measureOf(`./${one}`)).id).toBe('lonely')
    const several = write('several.ts', measureModule('first2', 'default', 'second2'))
    expect((await measureOf(`./${several}`)).id).toBe('default')
    expect((await measureOf(`./${several}#second2`)).id).toBe('second2')
  })

  it('of a file has the file and the export as its origin, by which it is found again', async () => {
    const file = write('origin.ts', measureModule('original'))
    const value = await measureOf(`./${file}`)
    expect(originOf(value)).toEqual({ file: join(process.cwd(), file), export: 'original' })
    expect(referenceOf(value)).toBe(`${join(process.cwd(), file)}#original`)
    expect(await measureOf(referenceOf(value)!)).toBe(value)
  })

  it('of an unknown id is refused, listing those there are', async () => {
    await expect(architectureOf('lstm')).rejects.toThrow(
      "network 'lstm' is unknown; there are shallow, deep, convdeep, r-lstm, conv-r-lstm, deep-v2, elman-relu, input-cell-attention, r-gru, tanh-lstm, or name a file, e.g. ./mine.ts",
    )
    await expect(methodOf('lrp')).rejects.toThrow("method 'lrp' is unknown; there are sensitivity, ")
    expect(() => knownValue('dataset', 'cifar')).toThrow(
      "dataset 'cifar' is unknown; there are mnist-maj, fashion-mnist-maj",
    )
  })

  it('that was defined in this process is not found by its id, and the error says what to give', async () => {
    await expect(measureOf(firstItem.id)).rejects.toThrow(
      "measure 'first' is not shipped and no file of its folder exports it; give the value itself, or its file",
    )
  })

  it('of another kind, or none, is refused', async () => {
    await expect(architectureOf(cosine as never)).rejects.toThrow('this is no network: {"id":"cosine"')
    await expect(measureOf(undefined as never)).rejects.toThrow(
      'this is no measure: undefined; make one with defineMeasure, or name one',
    )
  })
})

describe('a file', () => {
  it('that does not exist is named', async () => {
    await expect(architectureOf('./nowhere.ts')).rejects.toThrow('there is no file ./nowhere.ts')
    await expect(datasetOf('../nowhere/dataset.json')).rejects.toThrow('nowhere/dataset.json is missing')
  })

  it('without such a value, with several, or without the one named says what it exports', async () => {
    const file = `./${write('two.ts', measureModule('one3', 'two3'))}`
    await expect(architectureOf(file)).rejects.toThrow(
      `${file} exports no network; make one with defineArchitecture and export it`,
    )
    await expect(measureOf(file)).rejects.toThrow(
      `${file} exports several measures, one3, two3; name one, as in ${file}#one3, or make it the default export`,
    )
    await expect(measureOf(`${file}#three`)).rejects.toThrow(
      `${file} exports no measure 'three'; it exports one3, two3`,
    )
  })

  it('that cannot be loaded says why', async () => {
    const file = `./${write('broken.ts', "throw new Error('not today')")}`
    await expect(measureOf(file)).rejects.toThrow(`${file} cannot be loaded: not today`)
  })

  it('whose value has the id of another is refused, naming both files', async () => {
    const file = `./${write('twin.ts', measureModule('cosine'))}`
    await expect(measureOf(file)).rejects.toThrow(
      `two measures have the id 'cosine', one in ./src/evaluation/measures/cosine.ts and one in ${file}; give one of them another id`,
    )
  })
})

describe('the catalogue', () => {
  it('holds what is shipped, in its order', async () => {
    const found = await catalogue()
    expect(found.architectures.slice(0, 5)).toEqual(architectures.slice(0, 5))
    expect(found.methods).toEqual(expect.arrayContaining([...methods]))
    expect(found.datasets.slice(0, 2)).toEqual([mnistMaj, fashionMnistMaj])
    expect(found.measures).toEqual(expect.arrayContaining([...measures]))
  })

  it('finds each value that a file of a folder exports, and none in others', async () => {
    write('folder/a.ts', measureModule('a4', 'b4'))
    write('folder/c.mjs', "export const c = { id: 'c4', title: 'C', baseline: () => 0, score: () => 0 }")
    write('folder/helper.ts', 'export const help = () => 1')
    write('folder/notes.md', 'not code')
    const found = await discover('measure', join(process.cwd(), at.folder, 'folder'))
    expect(found.map(({ id }) => id)).toEqual([...measures.map(({ id }) => id), 'a4', 'b4', 'c4'])
    expect(originOf(found.at(-1)!)).toEqual({
      file: join(process.cwd(), at.folder, 'folder', 'c.mjs'),
      export: 'c',
    })
  })

  it('refuses two values of one id, naming both files', async () => {
    write('double/a.ts', measureModule('same5'))
    write('double/b.ts', measureModule('same5'))
    await expect(discover('measure', join(process.cwd(), at.folder, 'double'))).rejects.toThrow(
      /two measures have the id 'same5', one in \S+double\/a.ts and one in \S+double\/b.ts/,
    )
  })

  it('finds the datasets of folders, the same value as long as their files are the same', async () => {
    const folder = join(process.cwd(), at.folder, 'data')
    const description = {
      title: 'Dots',
      classes: ['none', 'one'],
      rows: 1,
      columns: 2,
      format: 'npz',
    }
    write('data/dots/dataset.json', JSON.stringify(description))
    const [dots] = (await discover('dataset', folder)).slice(2)
    expect(dots).toMatchObject({ id: 'dots', title: 'Dots' })
    expect((await discover('dataset', folder)).at(-1)).toBe(dots)
    expect(await datasetOf(join(folder, 'dots'))).toBe(dots)
    expect(await datasetOf(referenceOf(dots!)!)).toBe(dots)
    expect(originOf(dots!)).toEqual({ file: join(folder, 'dots', 'dataset.json') })
    write('data/dots/dataset.json', JSON.stringify({ ...description, title: 'Other dots' }))
    expect((await datasetOf(join(folder, 'dots'))).title).toBe('Other dots')
  })
})
