import { createHmac, randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject, parseJson, textField } from '../../src/runner/json.js'

/** A message as it came, with everything that the specification says about it. */
export interface Message {
  readonly header: JsonObject
  readonly parent: JsonObject
  readonly content: JsonObject
  readonly buffers: readonly Buffer[]
  /** `msg_type` of the header. */
  readonly type: string
  /** `msg_id` of the request that it is about; empty if there is none. */
  readonly parentId: string
}

export interface Sender {
  readonly key: string
  readonly session: string
}

/** What a message carries beside its content. */
export interface Extras {
  readonly parent?: JsonObject
  readonly metadata?: JsonObject
  readonly buffers?: readonly Buffer[]
  /** Signs with another key than the kernel's. */
  readonly wrongKey?: string
}

const DELIMITER = '<IDS|MSG>'
const SIGNED_PARTS = 4

const sign = (key: string, parts: readonly (string | Buffer)[]): string => {
  const hash = createHmac('sha256', key)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** The frames of a new message, and its id. */
export function encode(
  type: string,
  content: JsonObject,
  { key, session }: Sender,
  { parent = {}, metadata = {}, buffers = [], wrongKey }: Extras = {},
): { readonly id: string; readonly frames: (string | Buffer)[] } {
  const id = randomUUID()
  const date = new Date().toISOString()
  const header = { msg_id: id, msg_type: type, session, username: 'bench', date, version: '5.4' }
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part))
  return { id, frames: [DELIMITER, sign(wrongKey ?? key, parts), ...parts, ...buffers] }
}

/** Reads a message; null if its signature is wrong or it is none. */
export function decode(frames: readonly Buffer[], key: string): Message | null {
  const start = frames.findIndex((frame) => frame.toString() === DELIMITER) + 1
  const parts = frames.slice(start + 1, start + 1 + SIGNED_PARTS)
  if (start === 0 || parts.length < SIGNED_PARTS || frames[start]!.toString() !== sign(key, parts))
    return null
  const [header, parent, , content] = parts.map((part) => {
    const value = parseJson(part.toString())
    return isJsonObject(value) ? value : {}
  })
  return {
    header: header!,
    parent: parent!,
    content: content!,
    buffers: frames.slice(start + 1 + SIGNED_PARTS),
    type: textField(header!, 'msg_type'),
    parentId: textField(parent!, 'msg_id'),
  }
}
