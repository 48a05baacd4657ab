import { inflateSync } from 'node:zlib'

/** A PDF's objects as text: what stands in the open, and what its compressed streams hold. */
export function pdfText(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const parts = [bytes.toString('latin1')]
  for (const match of parts[0]!.matchAll(/stream\r?\n/g)) {
    try {
      parts.push(inflateSync(bytes.subarray(match.index + match[0].length)).toString('latin1'))
    } catch {
      // not compressed by deflate: an image or a font of another kind
    }
  }
  return parts.join('\n')
}
