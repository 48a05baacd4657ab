import type { Draw } from '../draw.js'
import { jsonMutations } from './json-mutations.js'
import type { Mutation } from './mutation.js'

/** What happens to the header of a safetensors file, which is JSON; its length is written anew. */
export const headerMutations: readonly Mutation[] = jsonMutations.map(({ name, apply }) => ({
  name: `header: ${name}`,
  apply(bytes: Buffer, draw: Draw) {
    const length = Number(bytes.readBigUInt64LE())
    const header = apply(Buffer.from(bytes.toString('utf8', 8, 8 + length).trim()), draw)
    if (header === null) return null
    const size = Buffer.alloc(8)
    size.writeBigUInt64LE(BigInt(header.length))
    return Buffer.concat([size, header, bytes.subarray(8 + length)])
  },
}))
