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
  const content = isGzip(raw) ? await unpack(file, raw) : raw
  const md5 = createHash('md5').update(content).digest('hex')
  if (md5 === file.md5) return content
  // The checksum decides alone; the structure is looked at only because "truncated" helps more than "different".
  if (file.name.includes('images')) parseIdxImages(content, file.name)
  else parseIdxLabels(content, file.name)
  throw new Error(`${file.name}: altered, its MD5 is ${md5} where the original has ${file.md5}`)
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

async function unpack(file: DatasetFile, raw: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(raw)
  } catch (error) {
    throw new Error(`${file.name}: its gzip is damaged (${error instanceof Error ? error.message : error})`)
  }
}
