import { describe, expect, it } from 'vitest'
import { parseIdxImages, parseIdxLabels } from '../../src/data/idx.js'
import { labelledImages } from '../../src/data/labelled-images.js'
import { idxBytes, idxImages, idxLabels } from './synthetic.js'

describe('an IDX file of images', () => {
  it('gives sizes and pixels in file order', () => {
    const images = parseIdxImages(idxBytes(0x803, [2, 1, 3], [1, 2, 3, 4, 5, 255]), 'f')
    expect(images).toEqual({ count: 2, rows: 1, columns: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 255) })
  })

  it('is read from the middle of a larger buffer, as plain bytes that share memory', () => {
    const file = idxBytes(0x803, [1, 1, 2], [8, 9])
    const larger = Buffer.concat([Buffer.from([1, 2, 3]), file])
    const { pixels } = parseIdxImages(larger.subarray(3), 'f')
    expect(pixels.constructor).toBe(Uint8Array)
    expect([...pixels]).toEqual([8, 9])
    expect(pixels.buffer).toBe(larger.buffer)
  })

  it('is refused with the wrong magic number, both numbers named', () => {
    expect(() => parseIdxImages(idxLabels([1]), 'some-file')).toThrow(
      'some-file: magic number 0x00000801 where an IDX file of images starts with 0x00000803',
    )
  })

  it('is refused wherever it is cut off', () => {
    const whole = idxImages(2)
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseIdxImages(whole.subarray(0, length), 'some-file')).toThrow(/^some-file: truncated/)
    }
    expect(() => parseIdxImages(whole.subarray(0, 20), 'f')).toThrow(
      '4 bytes after the header where it announces 12',
    )
    expect(() => parseIdxImages(whole.subarray(0, 15), 'f')).toThrow(
      '15 bytes where the header alone takes 16',
    )
  })

  it('is refused with bytes behind its end', () => {
    const longer = Buffer.concat([idxImages(2), Buffer.from([0])])
    expect(() => parseIdxImages(longer, 'some-file')).toThrow('some-file: 1 trailing bytes after the 12')
  })

  it('is refused when its images have no pixels', () => {
    expect(() => parseIdxImages(idxBytes(0x803, [4, 0, 3], []), 'f')).toThrow('f: the images have size 0×3')
  })
})

describe('an IDX file of labels', () => {
  it('gives one class per image', () => {
    expect([...parseIdxLabels(idxLabels([5, 0, 4]), 'f')]).toEqual([5, 0, 4])
  })

  it('is refused with the wrong magic number, cut off, or with bytes behind its end', () => {
    expect(() => parseIdxLabels(idxImages(1), 'f')).toThrow('f: magic number 0x00000803')
    expect(() => parseIdxLabels(idxLabels([1, 2]).subarray(0, 9), 'f')).toThrow('f: truncated, 1 bytes')
    expect(() => parseIdxLabels(Buffer.concat([idxLabels([1]), Buffer.of(1)]), 'f')).toThrow('f: 1 trailing')
  })
})

describe('images and labels together', () => {
  it('keep the name of the image file', () => {
    const { name, count, labels } = labelledImages(
      { name: 'x/images', bytes: idxImages(3) },
      { name: 'x/labels', bytes: idxLabels([2, 0, 1]) },
    )
    expect({ name, count, labels: [...labels] }).toEqual({ name: 'x/images', count: 3, labels: [2, 0, 1] })
  })

  it('are refused when their numbers differ, both files named', () => {
    const images = { name: 'x/images', bytes: idxImages(3) }
    expect(() => labelledImages(images, { name: 'x/labels', bytes: idxLabels([2, 0]) })).toThrow(
      'x/images holds 3 images but x/labels holds 2 labels',
    )
  })
})
