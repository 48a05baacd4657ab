import { expect, test } from 'vitest'
import { decodeMessage, encodeRequest } from '../../src/runner/jupyter-message.js'

const secret = { key: 'key', session: 'session' }
const framesOf = (content = {}): Buffer[] =>
  encodeRequest('execute_request', content, secret).frames.map((frame) => Buffer.from(frame))

test('a message is read as it was written, with routing frames before it', () => {
  const message = decodeMessage([Buffer.from('route'), ...framesOf({ code: 'ü' })], 'key')
  expect(message).toMatchObject({ type: 'execute_request', parentId: '', content: { code: 'ü' } })
})

test('a message with a wrong signature, a changed part or a missing part is not read', () => {
  const frames = framesOf({ code: '1' })
  expect(decodeMessage(frames, 'other')).toBeUndefined()
  expect(decodeMessage([...frames.slice(0, -1), Buffer.from('{"code":"2"}')], 'key')).toBeUndefined()
  expect(decodeMessage(frames.slice(0, -1), 'key')).toBeUndefined()
  expect(decodeMessage([Buffer.from('noise')], 'key')).toBeUndefined()
})

test('each request has an id of its own', () => {
  expect(encodeRequest('a', {}, secret).id).not.toBe(encodeRequest('a', {}, secret).id)
})
