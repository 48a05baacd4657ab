import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseIdxImages, parseIdxLabels } from '../idx.js'
import type { DatasetFile } from './dataset-files.js'

const unzip = promisify(gunzip)

/**
 * Unpacks a file if it is gzipped and compares it with the original.
 *
 * @returns the bytes of the original
 * @throws naming the file and what is wrong: damaged gzip, wrong magic number, truncated, trailing bytes or altered
 */
export async function verifyFile(file: DatasetFile, raw: Uint8Array): Promise<Uint8Array> {
  const content = await unpacked(file.name, raw)
  const md5 = createHash('md5').update(content).digest('hex')
  if (md5 === file.md5) return content
  // The checksum decides alone; the structure is looked at only because "truncated" helps more than "different".
  if (/images[^/\\]*$/.test(file.name)) parseIdxImages(content, file.name)
  else parseIdxLabels(content, file.name)
  throw new Error(`${file.name}: altered, its MD5 is ${md5} where the original has ${file.md5}`)
}

/**
 * The bytes of a file, unpacked if they are gzipped.
 *
 * @throws naming the file if its gzip is damaged
 */
export async function unpacked(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await unzip(bytes)
  } catch (error) {
    throw new Error(`${name}: its gzip is damaged (${error instanceof Error ? error.message : error})`)
  }
}
