import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { verifyFile } from '../../src/data/sources/verify-file.js'
import { idxImages, smallContents, smallFiles } from './synthetic.js'

const file = smallFiles[0]!
const original = smallContents[file.name]!

describe('a verified file', () => {
  it('is accepted plain and gzipped', async () => {
    expect(await verifyFile(file, original)).toEqual(original)
    expect(new Uint8Array(await verifyFile(file, gzipSync(original)))).toEqual(original)
  })

  it('is refused with any single byte altered', async () => {
    for (let i = 0; i < original.length; i++) {
      const altered = Uint8Array.from(original)
      altered[i]! ^= 1
      await expect(verifyFile(file, altered)).rejects.toThrow(file.name)
    }
  })

  it('is called altered when only its content differs', async () => {
    await expect(verifyFile(file, idxImages(5, 2, 3, 1))).rejects.toThrow(
      /train-images-idx3-ubyte: altered, its MD5 is [0-9a-f]{32} where the original has [0-9a-f]{32}/,
    )
  })

  it('is called truncated when it is', async () => {
    await expect(verifyFile(file, original.subarray(0, 30))).rejects.toThrow(
      'train-images-idx3-ubyte: truncated, 14 bytes after the header where it announces 30',
    )
    await expect(verifyFile(file, new Uint8Array(0))).rejects.toThrow('truncated, 0 bytes')
  })

  it('is called damaged when its gzip is cut off or altered', async () => {
    const packed = gzipSync(original)
    await expect(verifyFile(file, packed.subarray(0, packed.length - 9))).rejects.toThrow(
      'train-images-idx3-ubyte: its gzip is damaged',
    )
    packed[packed.length - 5]! ^= 1
    await expect(verifyFile(file, packed)).rejects.toThrow('train-images-idx3-ubyte: its gzip is damaged')
  })
})
