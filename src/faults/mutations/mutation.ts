import type { Draw } from '../draw.js'

/** A way to damage the bytes of a file; null where it does not apply to them. */
export interface Mutation {
  readonly name: string
  apply(bytes: Buffer, draw: Draw): Uint8Array | null
}
