// Text written to standard output and standard error, as few stream messages as a live display needs: Jupyter's servers
// drop output beyond a thousand messages a second.

const MILLISECONDS_BETWEEN_MESSAGES = 50
const MAX_CHARACTERS_HELD = 1 << 16

/**
 * @typedef {'stdout' | 'stderr'} StreamName
 * @param {(name: StreamName, text: string) => void} publish
 */
const createOutputStream = (publish) => {
  /** @type {{name: StreamName, text: string}} */
  let held = { name: 'stdout', text: '' }
  let lastPublished = Number.NEGATIVE_INFINITY
  /** @type {NodeJS.Timeout | undefined} */
  let timer

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (held.text === '') return
    const { name, text } = held
    held = { name, text: '' }
    lastPublished = performance.now()
    publish(name, text)
  }

  /**
   * @param {StreamName} name
   * @param {string} text
   */
  const write = (name, text) => {
    if (name !== held.name) {
      flush()
      held = { name, text: '' }
    }
    held.text += text
    // The clock is asked, not only the timer, since a busy cell lets no timer fire.
    const due = performance.now() - lastPublished >= MILLISECONDS_BETWEEN_MESSAGES
    if (due || held.text.length >= MAX_CHARACTERS_HELD) flush()
    else timer ??= setTimeout(flush, MILLISECONDS_BETWEEN_MESSAGES)
  }

  return { write, flush }
}

/**
 * Sends what a process writes to one of its own streams to `write`; returns the stream's own way of writing.
 * @param {NodeJS.WriteStream} stream
 * @param {(text: string) => void} write
 * @returns {(text: string) => void}
 */
const redirect = (stream, write) => {
  const original = stream.write.bind(stream)
  const decoder = new TextDecoder()
  /**
   * @param {string | Uint8Array} chunk
   * @param {BufferEncoding | ((error?: Error | null) => void)} [encoding]
   * @param {(error?: Error | null) => void} [done]
   */
  stream.write = (chunk, encoding, done) => {
    const isText = typeof chunk === 'string'
    if (isText && (typeof encoding !== 'string' || /^utf-?8$/i.test(encoding))) write(chunk)
    else if (isText) write(Buffer.from(chunk, /** @type {BufferEncoding} */ (encoding)).toString())
    else write(decoder.decode(chunk, { stream: true }))
    const callback = typeof encoding === 'function' ? encoding : done
    if (callback) process.nextTick(callback)
    return true
  }
  return original
}

module.exports = { createOutputStream, redirect }
