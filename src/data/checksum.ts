import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { LabelledImages } from './labelled-images.js'

/**
 * The SHA-256, in hexadecimal, of everything that determines images and labels: sizes, pixels and labels of both parts,
 * wherever they come from. Names and file formats do not enter.
 */
export function imagesChecksum(train: LabelledImages, test: LabelledImages): string {
  const sizes = [train, test].map(({ count, rows, columns }) => [count, rows, columns])
  const hash = sha256.create().update(utf8ToBytes(JSON.stringify(sizes)))
  for (const { pixels, labels } of [train, test]) hash.update(pixels).update(labels)
  return bytesToHex(hash.digest())
}
