import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { defineDataset } from '../../src/data/dataset.js'
import { datasetFromFolder } from '../../src/data/sources/dataset-folder.js'
import { majoritySplits } from '../../src/data/splits.js'
import { datasetsIn } from '../../src/thesis/values/dataset-folders.js'
import { titleOf } from '../../src/values/registry.js'
import { greyPng, npyBytes, npzBytes } from './files.js'
import { linesDataset } from './image-arrays.js'
import { idxImages, idxLabels, temporaryFolder } from './synthetic.js'

type Files = Readonly<Record<string, Uint8Array | string>>

/** A folder `data/<name>` with these files, at any depth. */
function folderOf(name: string, files: Files, data = join(temporaryFolder(), 'data')): string {
  const folder = join(data, name)
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  return folder
}

const json = (changes: object = {}, format = 'idx'): Files => ({
  'dataset.json': JSON.stringify({
    title: 'Own images',
    classes: ['zero', 'one', 'two'],
    rows: 5,
    columns: 9,
    format,
    ...changes,
  }),
})

const idx: Files = {
  'train-images-idx3-ubyte': idxImages(6, 5, 9),
  'train-labels-idx1-ubyte': idxLabels([0, 1, 2, 0, 1, 2]),
  't10k-images-idx3-ubyte': idxImages(3, 5, 9, 50),
  't10k-labels-idx1-ubyte': idxLabels([2, 0, 1]),
}
const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const without = (files: Files, name: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file !== name))

/** What a folder of these files loads; it is removed afterwards, and its id is free again. */
async function load(files: Files) {
  const folder = folderOf('own', files)
  try {
    return await datasetFromFolder(folder).load()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe("a dataset's folder", () => {
  it('is a dataset under the name of its folder, or under the id that it gives', async () => {
    const folder = folderOf('own-images', { ...json({ short: 'own' }), ...idx })
    const dataset = datasetFromFolder(folder)
    const { id, title, short, classes, rows, columns, origin } = dataset
    expect({ id, title, short, classes, rows, columns }).toEqual({
      id: 'own-images',
      title: 'Own images',
      short: 'own',
      classes: ['zero', 'one', 'two'],
      rows: 5,
      columns: 9,
    })
    expect(origin).toBe(join(folder, 'dataset.json'))
    expect(titleOf('dataset', 'own-images')).toBe('Own images')
    expect(datasetFromFolder(folderOf('7 images', { ...json({ id: 'seven' }), ...idx })).id).toBe('seven')
    expect(await dataset.checksum()).toBe((await dataset.load()).checksum)
  })

  it('may hold four IDX files, plain or gzipped, under the usual names or others', async () => {
    const plain = await load({ ...json(), ...idx })
    expect([plain.train.count, plain.train.rows, plain.train.columns, plain.train.classes]).toEqual([
      6, 5, 9, 3,
    ])
    expect([...plain.test.labels]).toEqual([2, 0, 1])
    const packed = Object.fromEntries(
      Object.entries(idx).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
    )
    const { trainImages, ...others } = {
      trainImages: 'raw/pictures.gz',
      trainLabels: 'train-labels-idx1-ubyte',
      testImages: 't10k-images-idx3-ubyte',
    }
    const renamed = {
      ...json({ files: { trainImages } }),
      ...without(packed, 'train-images-idx3-ubyte.gz'),
      [trainImages]: gzipSync(idx['train-images-idx3-ubyte']!),
    }
    for (const files of [{ ...json(), ...packed }, renamed, { ...json({ files: others }), ...packed }])
      expect((await load(files)).checksum).toBe(plain.checksum)
    const inverted = await load({ ...json({ invert: true }), ...idx })
    expect([...inverted.train.pixels]).toEqual([...plain.train.pixels].map((byte) => 255 - byte))
  })

  it('may hold an .npz file of bytes or of floats with their range', async () => {
    const pixels = Array.from({ length: 6 * 45 }, (_, i) => i % 256)
    const labels = npyBytes([6], [0, 1, 2, 0, 1, 2], { type: '<i8' })
    const npz = (x: Uint8Array) => npzBytes({ x_train: x, y_train: labels, x_test: x, y_test: labels })
    const bytes = await load({
      ...json({}, 'npz'),
      'any.npz': npz(npyBytes([6, 5, 9], pixels, { type: '|u1' })),
    })
    expect([...bytes.train.pixels]).toEqual(pixels)
    const floats = npz(
      npyBytes(
        [6, 5, 9],
        pixels.map((byte) => byte / 255),
        { fortran: true },
      ),
    )
    const named = { range: [0, 1], files: { archive: 'b.npz' } }
    const read = await load({ ...json(named, 'npz'), 'a.npz': 'nothing', 'b.npz': floats })
    expect(read.checksum).toBe(bytes.checksum)
  })

  it('makes majority problems', async () => {
    const many = {
      'train-images-idx3-ubyte': idxImages(60, 5, 9),
      'train-labels-idx1-ubyte': idxLabels(Array.from({ length: 60 }, (_, i) => i % 3)),
      't10k-images-idx3-ubyte': idxImages(30, 5, 9),
      't10k-labels-idx1-ubyte': idxLabels(Array.from({ length: 30 }, (_, i) => i % 2)),
    }
    const { train, test } = majoritySplits(await load({ ...json(), ...many }), { seed: 1, stepColumns: 9 })
    expect([train.rows, train.columns, train.steps, train.classes]).toEqual([5, 27, 3, 3])
    expect(test.classes).toBe(3)
  })

  it('is held against the checksums that it gives', async () => {
    const sums = Object.fromEntries(Object.entries(idx).map(([name, bytes]) => [name, digest(bytes)]))
    await load({ ...json({ checksums: sums }), ...idx })
    const other = { ...idx, 't10k-labels-idx1-ubyte': idxLabels([2, 0, 0]) }
    await expect(load({ ...json({ checksums: sums }), ...other })).rejects.toThrow(
      /own\/t10k-labels-idx1-ubyte: its SHA-256 is [0-9a-f]{64}, and "checksums" in dataset.json says [0-9a-f]{64}$/,
    )
    const absent = { ...sums, 'extra.bin': digest('') }
    await expect(load({ ...json({ checksums: absent }), ...idx })).rejects.toThrow(
      /own\/extra.bin is missing; "checksums" in dataset.json names it/,
    )
  })

  const broken: readonly (readonly [string, Files, string])[] = [
    [
      'without a file',
      without({ ...json(), ...idx }, 't10k-labels-idx1-ubyte'),
      't10k-labels-idx1-ubyte missing from',
    ],
    [
      'of another size',
      { ...json({ rows: 8, columns: 8 }), ...idx },
      'its train images have 5×9 pixels, and it says 8×8',
    ],
    [
      'with a label out of range',
      { ...json(), ...idx, 'train-labels-idx1-ubyte': idxLabels([0, 1, 3, 0, 1, 2]) },
      'its train labels go up to 3, and it names 3 classes',
    ],
    [
      'with fewer labels',
      { ...json(), ...idx, 't10k-labels-idx1-ubyte': idxLabels([0]) },
      't10k-images-idx3-ubyte holds 3 images but',
    ],
    [
      'with damaged gzip',
      {
        ...json(),
        ...without(idx, 't10k-images-idx3-ubyte'),
        't10k-images-idx3-ubyte.gz': gzipSync(idxImages(3, 5, 9)).subarray(0, 30),
      },
      't10k-images-idx3-ubyte.gz: its gzip is damaged',
    ],
    [
      'with a cut file',
      { ...json(), ...idx, 'train-images-idx3-ubyte': idxImages(6, 5, 9).subarray(0, 99) },
      'train-images-idx3-ubyte: truncated',
    ],
    ['without an archive', json({}, 'npz'), 'no .npz file in'],
    ['without the archive it names', json({ files: { archive: 'x.npz' } }, 'npz'), 'x.npz missing from'],
    ['with two archives', { ...json({}, 'npz'), 'b.npz': '', 'a.npz': '' }, 'a.npz, b.npz all lie in'],
    [
      'with an archive that is none',
      { ...json({}, 'npz'), 'a.npz': 'nothing' },
      'a.npz: not a readable .npz (zip) file',
    ],
  ]
  it.each(broken)('%s is refused by name', async (_, files, message) => {
    await expect(load(files)).rejects.toThrow(message)
  })
})

describe('a folder of PNGs by class', () => {
  const pixels = (shift: number) => Array.from({ length: 45 }, (_, i) => (i + shift) % 256)
  const png = (shift: number) => greyPng(5, 9, pixels(shift))
  const parts: Files = {
    'train/zero/b.png': png(1),
    'train/zero/a.PNG': png(2),
    'train/one/a.png': png(3),
    'train/2/a.png': png(4),
    'train/2/.hidden': 'of the system',
    'test/one/x.png': png(5),
  }

  it('has the parts train and test, in the order of class and file name, and may lack a class', async () => {
    const { train, test, source } = await load({ ...json({}, 'png'), ...parts })
    expect([...train.labels]).toEqual([0, 0, 1, 2])
    expect([...train.pixels]).toEqual([2, 1, 3, 4].flatMap(pixels))
    expect([[...test.labels], [...test.pixels]]).toEqual([[1], pixels(5)])
    expect(train.files?.map((file) => file.replace(`${source}/`, ''))).toEqual([
      'train/zero/a.PNG',
      'train/zero/b.png',
      'train/one/a.png',
      'train/2/a.png',
    ])
  })

  it('or is parted by a share of each class, as a function of the seed', async () => {
    const flat = Object.fromEntries(
      ['zero', 'one', 'two'].flatMap((name, label) =>
        Array.from({ length: 10 }, (_, i) => [`${name}/${i}.png`, png(10 * label + i)]),
      ),
    )
    const part = (changes: object) => load({ ...json(changes, 'png'), ...flat })
    const thirds = await part({ testShare: 0.3, seed: 5 })
    const countOf = (labels: Uint8Array) => [0, 1, 2].map((c) => labels.filter((label) => label === c).length)
    expect([countOf(thirds.train.labels), countOf(thirds.test.labels)]).toEqual([
      [7, 7, 7],
      [3, 3, 3],
    ])
    const all = [...(thirds.train.files ?? []), ...(thirds.test.files ?? [])]
    expect(new Set(all).size).toBe(30)
    expect((await part({ testShare: 0.3, seed: 5 })).checksum).toBe(thirds.checksum)
    expect((await part({ testShare: 0.3, seed: 6 })).checksum).not.toBe(thirds.checksum)
    expect((await part({})).test.count).toBe(6)
  })

  it('takes 16 bits, colours and transparency as ink', async () => {
    const deep = encode({
      width: 9,
      height: 5,
      channels: 1,
      depth: 16,
      data: Uint16Array.from(pixels(0), (byte) => byte * 257),
    })
    const colour = encode({
      width: 9,
      height: 5,
      channels: 3,
      depth: 8,
      data: Uint8Array.from(pixels(0).flatMap((byte) => [byte, byte, byte])),
    })
    const clear = encode({
      width: 9,
      height: 5,
      channels: 4,
      depth: 8,
      data: Uint8Array.from(pixels(0).flatMap((byte) => [255, 255, 255, byte])),
    })
    const files = {
      'train/one/a.png': deep,
      'train/one/b.png': colour,
      'train/one/c.png': clear,
      'test/one/a.png': deep,
    }
    const { train } = await load({ ...json({}, 'png'), ...files })
    expect([...train.pixels]).toEqual([0, 0, 0].flatMap(pixels))
  })

  const broken: readonly (readonly [string, Files, object, RegExp])[] = [
    [
      'an image of another size',
      { ...parts, 'test/one/y.png': greyPng(9, 5, pixels(0)) },
      {},
      /own\/test\/one\/y.png has 9×5 pixels \(rows × columns\); dataset.json says 5×9/,
    ],
    [
      'a damaged image',
      { ...parts, 'train/one/z.png': png(1).subarray(0, 40) },
      {},
      /own\/train\/one\/z.png: not a readable PNG/,
    ],
    [
      'a file that is no PNG',
      { ...parts, 'train/one/z.jpg': 'x' },
      {},
      /own\/train\/one\/z.jpg is no .png file/,
    ],
    [
      'a folder that is no class',
      { ...parts, 'train/three/z.png': png(1) },
      {},
      /own\/train\/three is no class of dataset.json; there are zero, one, two/,
    ],
    ['a number that is no class', { ...parts, 'train/3/z.png': png(1) }, {}, /own\/train\/3 is no class/],
    [
      'a file among the classes',
      { ...parts, 'train/one.png': png(1) },
      {},
      /own\/train\/one.png is no class/,
    ],
    ['a file in the place of a class', { ...parts, 'test/two': 'x' }, {}, /own\/test\/two is no folder/],
    [
      'train alone',
      without(parts, 'test/one/x.png'),
      {},
      /own has a folder train alone; there are both train and test, or neither/,
    ],
    [
      'a share where there are parts',
      parts,
      { testShare: 0.5 },
      /own\/dataset.json: "testShare" means nothing where there are folders train and test/,
    ],
    ['a seed where there are parts', parts, { seed: 5 }, /own\/dataset.json: "seed" means nothing/],
    ['no image', {}, {}, /it has no train image/],
  ]
  it.each(broken)('with %s is refused by name', async (_, files, changes, message) => {
    await expect(load({ ...json(changes, 'png'), ...files })).rejects.toThrow(message)
  })
})

describe('a dataset.json', () => {
  const described = (changes: object, format = 'idx') =>
    datasetFromFolder(folderOf('own', json(changes, format)))
  const refused: readonly (readonly [object, string, string])[] = [
    [
      { colour: 'red' },
      'idx',
      '"colour" is unknown; there are id, title, short, classes, rows, columns, format, files, range, invert, testShare, seed, checksums',
    ],
    [{ title: undefined }, 'idx', '"title" is missing; it must be a text'],
    [{ classes: undefined }, 'idx', '"classes" is missing; it must be a list of 2 to 256 different names'],
    [{ rows: undefined }, 'idx', '"rows" is missing; it must be a whole number of at least 1'],
    [{ rows: '5' }, 'idx', '"rows" is "5"; it must be a whole number of at least 1'],
    [{ columns: 2.5 }, 'idx', '"columns" is 2.5'],
    [{ classes: ['a', 'a'] }, 'idx', '"classes" is ["a","a"]; it must be a list of 2 to 256 different names'],
    [{ format: undefined }, 'idx', '"format" is missing; it must be one of idx, npz, png'],
    [{}, 'jpg', '"format" is "jpg"; it must be one of idx, npz, png'],
    [{ invert: 1 }, 'idx', '"invert" is 1; it must be true or false'],
    [{ range: [1, 0] }, 'npz', '"range" is [1,0]; it must be [low, high]'],
    [{ range: [0, 1] }, 'png', '"range" means nothing with the format png; it belongs to npz'],
    [{ testShare: 1 }, 'png', '"testShare" is 1; it must be a number above 0 and below 1'],
    [{ testShare: 0.1 }, 'idx', '"testShare" means nothing with the format idx; it belongs to png'],
    [{ seed: 1.5 }, 'png', '"seed" is 1.5; it must be a whole number'],
    [
      { files: { trainPictures: 'x' } },
      'idx',
      '"files" has no trainPictures with the format idx; it has trainImages, trainLabels',
    ],
    [{ files: {} }, 'png', '"files" means nothing with the format png; it belongs to idx and npz'],
    [{ checksums: { x: 'abc' } }, 'idx', '"checksums" is {"x":"abc"}; it must be an object of SHA-256 sums'],
    [
      { id: 'own images' },
      'idx',
      'the dataset\'s id is "own images"; it must be letters, digits and hyphens',
    ],
  ]
  it.each(refused)('with %o (%s) is refused, the file and the key named', (changes, format, message) => {
    expect(() => described(changes, format)).toThrow(`own/dataset.json: ${message}`)
  })

  it('that is missing, no JSON or no object is refused', () => {
    expect(() => datasetFromFolder(folderOf('own', {}))).toThrow('own/dataset.json is missing')
    expect(() => datasetFromFolder(folderOf('own', { 'dataset.json': '{"title": ' }))).toThrow(
      /own\/dataset.json: it is not JSON: /,
    )
    for (const text of ['[]', 'null', '3'])
      expect(() => datasetFromFolder(folderOf('own', { 'dataset.json': text }))).toThrow(
        'own/dataset.json: it must hold an object',
      )
  })

  it('in a folder whose name can be no id says so', () => {
    expect(() => datasetFromFolder(folderOf('7 images', json()))).toThrow(
      '7 images/dataset.json: the dataset\'s id is "7 images"; it must be letters, digits and hyphens, a letter first',
    )
  })
})

describe('the datasets of a data folder', () => {
  it('are found without being listed anywhere, in the order of their names', () => {
    const data = join(temporaryFolder(), 'data')
    folderOf('second', json(), data)
    folderOf('first', json({ id: 'other' }), data)
    folderOf('mnist', { 'train-labels-idx1-ubyte': '' }, data)
    writeFileSync(join(data, 'notes.txt'), '')
    expect(datasetsIn(data).map(({ id }) => id)).toEqual(['other', 'second'])
    expect(datasetsIn(data).map(({ id }) => id)).toEqual(['other', 'second'])
    expect(datasetsIn(join(data, 'nowhere'))).toEqual([])
  })

  it('never take the id of another, which is named with them', () => {
    const data = join(temporaryFolder(), 'data')
    folderOf('a', json({ id: 'same' }), data)
    const second = folderOf('b', json({ id: 'same' }), data)
    expect(() => datasetsIn(data)).toThrow(
      /^the id 'same' of .*b\/dataset.json is taken by .*a\/dataset.json; choose another/,
    )
    rmSync(join(data, 'a'), { recursive: true })
    expect(datasetFromFolder(second).id).toBe('same')
    expect(() => datasetFromFolder(folderOf('mnist-maj', json()))).toThrow(
      /^the id 'mnist-maj' of .*mnist-maj\/dataset.json is taken by the shipped MNIST-MAJ; choose another/,
    )
  })

  it('and those made in memory do not take each other’s ids', () => {
    const data = join(temporaryFolder(), 'data')
    datasetFromFolder(folderOf('found', json(), data))
    expect(() => linesDataset({ id: 'found' })).toThrow(
      /the id 'found' of a dataset made in memory is taken by .*found\/dataset.json; choose another/,
    )
    defineDataset({ ...linesDataset(), checksum: undefined, id: 'made' })
    expect(() => datasetFromFolder(folderOf('made', json(), data))).toThrow(
      /the id 'made' of .*made\/dataset.json is taken by a dataset made in memory; choose another/,
    )
  })
})
