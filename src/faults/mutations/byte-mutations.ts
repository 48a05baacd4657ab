import type { Draw } from '../draw.js'
import type { Mutation } from './mutation.js'

/** Half of the places are in a file's header, where formats say what they hold. */
const place = (bytes: Buffer, draw: Draw): number =>
  draw.int(0, (draw.isOneIn(2) ? Math.min(bytes.length, 160) : bytes.length) - 1)

const spliced = (bytes: Buffer, at: number, removed: number, added: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)])

/** What happens to the bytes of any file. */
export const byteMutations: readonly Mutation[] = [
  {
    name: 'a flipped bit',
    apply(bytes, draw) {
      const at = place(bytes, draw)
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1 << draw.int(0, 7)
      return changed
    },
  },
  {
    name: 'another byte',
    apply(bytes, draw) {
      const changed = Buffer.from(bytes)
      changed[place(bytes, draw)] = draw.of([0, 10, 32, 34, 45, 48, 57, 123, 127, 255])
      return changed
    },
  },
  { name: 'truncated', apply: (bytes, draw) => bytes.subarray(0, place(bytes, draw)) },
  { name: 'bytes lost', apply: (bytes, draw) => spliced(bytes, place(bytes, draw), draw.int(1, 9)) },
  {
    name: 'bytes added',
    apply: (bytes, draw) => spliced(bytes, place(bytes, draw), 0, draw.bytes(draw.int(1, 9))),
  },
  {
    name: 'bytes behind its end',
    apply: (bytes, draw) => Buffer.concat([bytes, draw.bytes(draw.int(1, 64))]),
  },
  {
    name: 'a block of zeros',
    apply(bytes, draw) {
      const changed = Buffer.from(bytes)
      const at = place(bytes, draw)
      return changed.fill(0, at, Math.min(bytes.length, at + draw.int(1, 512)))
    },
  },
  { name: 'empty', apply: () => Buffer.alloc(0) },
  { name: 'binary garbage', apply: (_, draw) => draw.bytes(draw.int(1, 300)) },
  { name: 'twice itself', apply: (bytes) => Buffer.concat([bytes, bytes]) },
]
