import { createHmac, randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject, parseJson, textField } from './json.js'

/** A message of Jupyter's protocol 5.3, as far as a client needs it. */
export interface JupyterMessage {
  readonly id: string
  readonly type: string
  /** The id of the request that it answers; empty if there is none. */
  readonly parentId: string
  readonly content: JsonObject
}

const DELIMITER = '<IDS|MSG>'
const SIGNED_PARTS = 4

const sign = (key: string, parts: readonly string[]): string => {
  const hash = createHmac('sha256', key)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** The frames of a new request, and its id. */
export const encodeRequest = (
  type: string,
  content: JsonObject,
  { key, session }: { key: string; session: string },
): { id: string; frames: string[] } => {
  const id = randomUUID()
  const date = new Date().toISOString()
  const header = { msg_id: id, msg_type: type, session, username: 'runner', date, version: '5.3' }
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part))
  return { id, frames: [DELIMITER, sign(key, parts), ...parts] }
}

/** Reads the frames of a message; undefined if the signature is wrong or they are no message. */
export const decodeMessage = (frames: readonly Buffer[], key: string): JupyterMessage | undefined => {
  const texts = frames.map((frame) => frame.toString())
  const start = texts.indexOf(DELIMITER) + 1
  const parts = texts.slice(start + 1, start + 1 + SIGNED_PARTS)
  if (start === 0 || parts.length < SIGNED_PARTS || texts[start] !== sign(key, parts)) return undefined
  const [header, parent, , content] = parts.map((part) => {
    const value = parseJson(part)
    return isJsonObject(value) ? value : {}
  })
  if (!header || !parent || !content) return undefined
  const [id, type] = [textField(header, 'msg_id'), textField(header, 'msg_type')]
  return { id, type, parentId: textField(parent, 'msg_id'), content }
}
