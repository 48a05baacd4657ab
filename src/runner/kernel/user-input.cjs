// Lines of text from the reader, asked for in the front end: by `input`, by `prompt`, and by whatever reads the process's standard
// input.
const { Readable } = require('node:stream')
const { Interrupted } = require('./interrupt.cjs')

/**
 * @import { Interrupts, Message } from './kernel-types.js'
 * @import { KernelIo } from './kernel-io.cjs'
 * @typedef {ReturnType<typeof createUserInput>} UserInput
 */

class NoInput extends Error {
  constructor() {
    super(
      'this front end cannot ask for input, as when a notebook runs from beginning to end without a reader',
    )
    this.name = 'NoInput'
  }
}

/**
 * @param {KernelIo} io
 * @param {Interrupts} interrupts
 * @param {() => Message | undefined} requestOfCell
 */
const createUserInput = (io, interrupts, requestOfCell) => {
  /** The request by which the front end may be asked. */
  const asker = () => {
    const request = requestOfCell()
    if (request?.content.allow_stdin !== true) throw new NoInput()
    return request
  }
  const input = {
    /**
     * @param {string} prompt
     * @param {boolean} [password]
     */
    ask: async (prompt, password = false) => io.ask(asker(), { prompt: String(prompt), password }),
    /** @param {string} prompt */
    askAndWait: (prompt) => {
      const line = io.askAndWait(asker(), { prompt: String(prompt), password: false })
      if (line === undefined) throw new Interrupted()
      return line
    },
  }
  Object.defineProperty(process, 'stdin', { configurable: true, get: () => standardInput(input, interrupts) })
  return input
}

/** Long enough for a program that has its line to stop reading: a stream wants the next one at once. */
const MILLISECONDS_TO_STOP = 20

/** @type {StandardInput | undefined} */
let stream

/** Standard input, of which a line is asked for when somebody reads, and goes on reading. */
class StandardInput extends Readable {
  fd = 0
  isTTY = false
  #ask
  #isWanted = false
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /**
   * @param {() => Promise<string>} ask
   * @param {(error: Error) => void} fail
   */
  constructor(ask, fail) {
    super({ highWaterMark: 1 })
    this.#ask = () =>
      ask().then(
        (line) => this.push(`${line}\n`),
        (error) => {
          // Whoever waits for a line would wait for ever.
          fail(error)
          this.destroy()
        },
      )
    this.on('resume', () => this.#askSoon())
  }

  /** @override */
  _read() {
    this.#isWanted = true
    this.#askSoon()
  }

  #askSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (!this.#isWanted || (this.isPaused() && this.listenerCount('readable') === 0)) return
      this.#isWanted = false
      this.#ask()
    }, MILLISECONDS_TO_STOP)
  }
}

/**
 * @param {Pick<UserInput, 'ask'>} input
 * @param {Interrupts} interrupts
 */
const standardInput = (input, interrupts) => {
  if (!stream || stream.destroyed)
    stream = new StandardInput(
      () => input.ask(''),
      (error) => interrupts.fail(error),
    )
  return stream
}

module.exports = { createUserInput }
