import { describe, expect, it } from 'vitest'
import { imagesChecksum } from '../../src/data/checksum.js'
import {
  type Dataset,
  type DatasetDefinition,
  defineDataset,
  shippedDataset,
} from '../../src/data/dataset.js'
import { datasetFromArrays } from '../../src/data/dataset-from-arrays.js'
import { MNIST_MAJ } from '../../src/data/shipped-datasets.js'
import { fashionMnistMaj } from '../../src/data/sources/fashion-mnist-maj.js'
import { mnistMaj } from '../../src/data/sources/mnist-maj.js'
import { majoritySplits } from '../../src/data/splits.js'
import { entryOf, titleOf } from '../../src/values/registry.js'
import { lines, linesDataset } from './image-arrays.js'
import { syntheticImages } from './synthetic.js'

const definition: DatasetDefinition = {
  id: 'squares',
  title: 'Squares',
  classes: ['small', 'large', 'none'],
  rows: 8,
  columns: 8,
  load: async () => ({ train: syntheticImages(12, 3, 8, 8), test: syntheticImages(6, 3, 8, 8) }),
}

describe('a checksum', () => {
  const [train, test] = [syntheticImages(6, 3), syntheticImages(3, 3)]

  it('is a SHA-256 that pixels, labels and sizes of both parts determine, and nothing else', () => {
    const whole = imagesChecksum(train, test)
    expect(whole).toMatch(/^[0-9a-f]{64}$/)
    expect(imagesChecksum({ ...train, name: 'other', classes: 9 }, { ...test, files: [] })).toBe(whole)
    const others = [
      [test, train],
      [{ ...train, pixels: train.pixels.with(7, 99) }, test],
      [{ ...train, labels: train.labels.with(5, 0) }, test],
      [train, { ...test, pixels: test.pixels.with(0, 1) }],
      [train, { ...test, labels: test.labels.with(0, 1) }],
      [{ ...train, rows: 4, columns: 2 }, test],
    ] as const
    const all = others.map(([a, b]) => imagesChecksum(a, b))
    expect(new Set([whole, ...all]).size).toBe(7)
  })
})

describe('a dataset of one’s own', () => {
  it('is registered and loads its images with name, source, number of classes and checksum', async () => {
    const dataset = defineDataset(definition)
    expect(titleOf('dataset', 'squares')).toBe('Squares')
    const { train, test } = await definition.load()
    expect(await dataset.load()).toEqual({
      name: 'squares',
      source: 'memory',
      train: { ...train, classes: 3 },
      test: { ...test, classes: 3 },
      checksum: imagesChecksum(train, test),
    })
    expect(await dataset.checksum()).toBe(imagesChecksum(train, test))
  })

  it('passes on who wants to know where its files come from', async () => {
    const log: string[] = []
    const dataset = defineDataset({
      ...definition,
      load: (options) => {
        options?.log?.('from somewhere')
        return definition.load()
      },
    })
    await dataset.load({ log: (line) => log.push(line) })
    expect(log).toEqual(['from somewhere'])
  })

  it('may lack a class in its test images, and makes majority problems all the same', async () => {
    const load = async () => ({ train: syntheticImages(60, 3, 8, 8), test: syntheticImages(8, 2, 8, 8) })
    const dataset = await defineDataset({ ...definition, load }).load()
    const splits = majoritySplits(dataset, { seed: 1 })
    expect([...new Set(splits.test.labels)]).toEqual([0, 1])
    expect(Object.values(splits).map(({ classes }) => classes)).toEqual([3, 3, 3])
  })

  const refused: readonly (readonly [Partial<Record<keyof DatasetDefinition, unknown>>, string])[] = [
    [{ classes: ['one'] }, "dataset 'squares': classes must be a list of 2 to 256 names"],
    [{ classes: undefined }, "dataset 'squares': classes must be a list of 2 to 256 names"],
    [{ classes: ['a', 'b', 'a'] }, "dataset 'squares': two classes are named 'a'"],
    [{ classes: ['a', ' ', 'c'] }, "dataset 'squares': class 1 has no name"],
    [{ rows: 0 }, "dataset 'squares': rows is 0; it must be a whole number of at least 1"],
    [{ columns: 2.5 }, "dataset 'squares': columns is 2.5; it must be a whole number of at least 1"],
    [{ load: undefined }, "dataset 'squares': it has no function load"],
    [{ id: 'my shapes' }, 'the dataset\'s id is "my shapes"; it must be letters, digits and hyphens'],
    [{ title: '' }, "dataset 'squares' has no title"],
  ]
  it.each(refused)('with %o is refused by name', (changes, message) => {
    expect(() => defineDataset({ ...definition, ...changes } as DatasetDefinition)).toThrow(message)
  })

  const images = syntheticImages(4, 3, 8, 8)
  const mistaken: readonly (readonly [string, object, string])[] = [
    ['another size', syntheticImages(4, 3, 8, 7), 'its train images have 8×7 pixels, and it says 8×8'],
    [
      'more classes',
      syntheticImages(4, 4, 8, 8),
      'its train labels go up to 3, and it names 3 classes, from 0 to 2',
    ],
    ['no image', syntheticImages(0, 3, 8, 8), 'it has no train image'],
    [
      'too few pixels',
      { ...images, pixels: images.pixels.subarray(1) },
      'its train pixels are 255, and 4 images of 8×8 have 256',
    ],
    [
      'too few labels',
      { ...images, labels: images.labels.subarray(1) },
      'it has 4 train images and 3 labels',
    ],
  ]
  it.each(mistaken)('that loads %s than it says is refused', async (_, train, message) => {
    const load = async () => ({ train: { ...images, ...train }, test: images })
    await expect(defineDataset({ ...definition, load }).load()).rejects.toThrow(
      `dataset 'squares': ${message}`,
    )
  })

  it('with a checksum refuses other images', async () => {
    const dataset = defineDataset({ ...definition, checksum: '0'.repeat(64) })
    await expect(dataset.load()).rejects.toThrow(
      /its images have the checksum [0-9a-f]{64}, and it says 0{64}/,
    )
  })

  it('can be defined again, and never takes the id of a shipped one', () => {
    defineDataset({ ...definition, title: 'Other squares' })
    expect(titleOf('dataset', 'squares')).toBe('Other squares')
    for (const [id, title] of [
      ['mnist-maj', 'MNIST-MAJ'],
      ['fashion-mnist-maj', 'FashionMNIST-MAJ'],
    ] as const) {
      expect(() => defineDataset({ ...definition, id })).toThrow(
        `the id '${id}' of a dataset made in memory is taken by the shipped ${title}; choose another`,
      )
      expect(entryOf('dataset', id)?.title).toBe(title)
    }
  })
})

describe('the shipped datasets', () => {
  it('are values with title, class names, sizes and a checksum that is known without reading them', async () => {
    const brief = ({ id, title, rows, columns }: Dataset) => [id, title, rows, columns]
    expect([mnistMaj, fashionMnistMaj].map(brief)).toEqual([
      ['mnist-maj', 'MNIST-MAJ', 28, 28],
      ['fashion-mnist-maj', 'FashionMNIST-MAJ', 28, 28],
    ])
    expect(mnistMaj.classes.join('')).toBe('0123456789')
    expect(fashionMnistMaj.classes[9]).toBe('Ankle boot')
    expect(await mnistMaj.checksum()).toBe(MNIST_MAJ.checksum)
  })

  it('load their original files', async () => {
    const loaded = await mnistMaj.load()
    expect([loaded.train.count, loaded.test.count, loaded.checksum]).toEqual([
      60_000,
      10_000,
      MNIST_MAJ.checksum,
    ])
  })

  it('can be had in another way, as in a browser, with the same images alone', async () => {
    const other = shippedDataset(MNIST_MAJ, async () => {
      const images = syntheticImages(20, 10, 28, 28)
      return { train: images, test: images }
    })
    await expect(other.load()).rejects.toThrow(`and it says ${MNIST_MAJ.checksum}`)
  })
})

describe('a dataset from arrays in memory', () => {
  it('has their images and labels, of any size and number of classes', async () => {
    const { train, test, source } = await linesDataset().load()
    expect([train.count, train.rows, train.columns, test.count, source]).toEqual([6, 5, 9, 3, 'memory'])
    expect([...train.pixels]).toEqual([...(lines.train.pixels as Uint8Array)])
    expect([...test.labels]).toEqual([2, 1, 0])
  })

  it('takes numbers of a stated range, rounded to bytes', async () => {
    const small = {
      rows: 1,
      columns: 3,
      labels: [0, 1],
      pixels: [0, 0.5, 1, 0.001, 0.002, 0.999],
    }
    const dataset = datasetFromArrays({ ...lines, range: [0, 1], train: small, test: small })
    expect([...(await dataset.load()).train.pixels]).toEqual([0, 128, 255, 0, 1, 255])
    const wide = { ...small, pixels: Float32Array.of(-1, 0, 1, -0.5, 0.5, 1) }
    const signed = datasetFromArrays({ ...lines, range: [-1, 1], train: wide, test: wide })
    expect([...(await signed.load()).train.pixels]).toEqual([0, 128, 255, 64, 191, 255])
  })

  it('turns dark ink on a bright background round', async () => {
    const inverted = await linesDataset({ invert: true }).load()
    expect([...inverted.train.pixels]).toEqual(
      [...(lines.train.pixels as Uint8Array)].map((byte) => 255 - byte),
    )
  })

  it('keeps a copy, so that it stays what it was', async () => {
    const pixels = Uint8Array.from(lines.train.pixels as Uint8Array)
    const dataset = linesDataset({ train: { ...lines.train, pixels } })
    const before = await dataset.checksum()
    pixels.fill(7)
    expect((await dataset.load()).checksum).toBe(before)
    expect(before).toBe(await linesDataset().checksum())
  })

  const train = lines.train
  const refused: readonly (readonly [string, Partial<typeof lines>, string])[] = [
    [
      'numbers without a range',
      { train: { ...train, pixels: Array.from(train.pixels) } },
      'train.pixels are not bytes: say what they range over, range: [0, 1] or [0, 255]',
    ],
    [
      'a pixel out of the range',
      { range: [0, 1] },
      'train.pixels[0] is 255; allowed are numbers from 0 to 1',
    ],
    [
      'an empty range',
      { range: [1, 1] },
      'train.pixels: range is [1,1]; allowed is [low, high] with low < high',
    ],
    [
      'a label out of range',
      { train: { ...train, labels: [0, 1, 3, 0, 1, 2] } },
      'train.labels[2] is 3; allowed are whole numbers from 0 to 2, as 3 classes are named',
    ],
    ['half a label', { train: { ...train, labels: [0, 1.5, 2, 0, 1, 2] } }, 'train.labels[1] is 1.5'],
    [
      'a label too few',
      { train: { ...train, labels: [0, 1, 2] } },
      'train has 270 pixels, and 3 labels of 5×9 images need 135',
    ],
    [
      'parts of different sizes',
      { test: { rows: 9, columns: 5, labels: [0], pixels: new Uint8Array(45) } },
      'test images have 9×5 pixels, and train images 5×9',
    ],
    ['no classes', { classes: [] }, 'classes must be a list of 2 to 256 names'],
    [
      'no images',
      { test: { rows: 5, columns: 9, labels: [], pixels: new Uint8Array(0) } },
      'it has no test image',
    ],
  ]
  it.each(refused)('with %s is refused by name', async (_, changes, message) => {
    const load = async () => linesDataset(changes).load()
    await expect(load()).rejects.toThrow(`dataset 'lines': ${message}`)
  })
})
