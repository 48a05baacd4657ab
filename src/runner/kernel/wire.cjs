// Jupyter's messages as frames of zeromq: who sent it, a delimiter, a signature, four parts of JSON, and buffers.
const { createHmac, randomUUID, timingSafeEqual } = require('node:crypto')

/** @import { Message } from './kernel-types.js' */

const DELIMITER = '<IDS|MSG>'
const PROTOCOL_VERSION = '5.4'

/**
 * @param {string} key without one, messages are not signed
 * @param {readonly (Buffer | string)[]} parts
 */
const sign = (key, parts) => {
  if (key === '') return ''
  const hash = createHmac('sha256', key)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/**
 * Reads a message.
 * @param {string} key
 * @param {readonly Buffer[]} frames
 * @returns {Message}
 * @throws {Error} if it is none, or its signature is wrong
 */
const decode = (key, frames) => {
  const start = frames.findIndex((frame) => frame.toString() === DELIMITER)
  const [signature, ...parts] = frames.slice(start + 1, start + 6)
  if (start < 0 || !signature || parts.length < 4) throw new Error('a message of Jupyter has six parts')
  const expected = Buffer.from(sign(key, parts))
  if (expected.length !== signature.length || !timingSafeEqual(expected, signature))
    throw new Error('a message whose signature is wrong')
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()))
  return {
    identities: frames.slice(0, start),
    header,
    parent,
    metadata,
    content,
    buffers: frames.slice(start + 6),
  }
}

/**
 * The frames of a message.
 * @param {string} key
 * @param {Message} message
 * @returns {(Buffer | string)[]}
 */
const encode = (key, { identities, header, parent, metadata, content, buffers }) => {
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part))
  // A buffer that crossed threads is a plain array of bytes by now.
  const bytes = (/** @type {Uint8Array} */ data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return [...identities.map(bytes), DELIMITER, sign(key, parts), ...parts, ...buffers.map(bytes)]
}

/**
 * A message about another.
 * @param {string} type
 * @param {object} content
 * @param {Message | undefined} parent
 * @param {{session: string, metadata?: object, buffers?: readonly Uint8Array[], isAnswer?: boolean}} options
 * @returns {Message}
 */
const messageAbout = (type, content, parent, { session, metadata = {}, buffers = [], isAnswer = false }) => ({
  // A subscriber tells messages apart by their topic; an answer goes to whoever asked.
  identities: isAnswer ? (parent?.identities ?? []) : [Buffer.from(type)],
  header: {
    msg_id: randomUUID(),
    msg_type: type,
    session: parent?.header.session ?? session,
    username: 'kernel',
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  },
  parent: parent?.header ?? {},
  metadata,
  content,
  buffers: [...buffers],
})

module.exports = { PROTOCOL_VERSION, decode, encode, messageAbout }
