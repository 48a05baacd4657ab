import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { Asset } from '../shared/manifest.js'

/** The static files of the explorer by their path beside the page, with `/` between folders. */
export type Files = Map<string, Uint8Array>

/** Adds a file whose name holds a digest of what is in it, so that a browser never shows an old one. */
export function addAsset(files: Files, name: string, bytes: Uint8Array): Asset {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const extension = extname(name)
  const file = `assets/${name.slice(0, name.length - extension.length)}-${digest}${extension}`
  files.set(file, bytes)
  return { file, bytes: bytes.length }
}
