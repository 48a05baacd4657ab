// The cells' side of io-thread.cjs: it starts that thread, and passes messages both ways.
const { randomUUID } = require('node:crypto')
const path = require('node:path')
const { receiveMessageOnPort, MessageChannel, Worker } = require('node:worker_threads')
const { CLOSED, INTERRUPTS, LISTENERS, NOTICED, PLACES, WAKE } = require('./io-shared.cjs')
const { messageAbout } = require('./wire.cjs')

/** @import { ConnectionInfo, FromCells, FromSockets, IoEvents, IoData, Message, SocketName } from './kernel-types.js' */

const MILLISECONDS_TO_CLOSE = 1000

class KernelIo {
  #session = randomUUID()
  #shared = new Int32Array(new SharedArrayBuffer(4 * PLACES))
  #thread
  #input
  /** Those who wait for a line of the reader. @type {((line: string) => void)[]} */
  #asking = []
  #wasCutOff = false

  /**
   * @param {ConnectionInfo} connection
   * @param {number} startedBy the process whose end is the kernel's
   * @param {IoEvents} on
   */
  constructor(connection, startedBy, on) {
    const { port1, port2 } = new MessageChannel()
    this.#input = port1
    /** @type {IoData} */
    const workerData = {
      connection,
      session: this.#session,
      startedBy,
      jupyterPid: Number(process.env.JPY_PARENT_PID ?? 0),
      shared: this.#shared,
      input: port2,
    }
    const options = { workerData, execArgv: [], transferList: [port2] }
    this.#thread = new Worker(path.join(__dirname, 'io-thread.cjs'), options)
    port1.on('message', (line) => this.#asking.shift()?.(line))
    port1.unref()
    this.listening = new Promise((resolve) => {
      this.#thread.on('message', (word) => this.#take(word, on, () => resolve(undefined)))
    })
    this.#thread.on('error', (error) => on.fail(`The kernel's thread of sockets failed: ${error.message}`))
    process.on('exit', () => {
      this.#tell({ is: 'close' })
      Atomics.wait(this.#shared, CLOSED, 0, MILLISECONDS_TO_CLOSE)
    })
  }

  /**
   * @param {FromSockets} word
   * @param {IoEvents} on
   * @param {() => void} onListening
   */
  #take(word, on, onListening) {
    switch (word.is) {
      case 'listening':
        return onListening()
      case 'request':
        return on.request(word.request)
      case 'cutOff':
        this.#wasCutOff = true
        return undefined
      case 'interrupt':
        this.#notice()
        return this.#interrupt(on)
      case 'shutdown':
        return on.shutdown()
      case 'failed':
        return on.fail(word.text)
      case 'log':
        return on.log(word.text)
    }
  }

  /** @param {IoEvents} on */
  #interrupt(on) {
    // It is for what runs now, not for a cell whose request came after it.
    const act = on.interrupt()
    // A turn later, when a word of having been cut off, which follows, has been read too.
    setImmediate(() => {
      const wasCutOff = this.#wasCutOff
      this.#wasCutOff = false
      act(wasCutOff)
    })
  }

  #notice() {
    Atomics.store(this.#shared, NOTICED, Atomics.load(this.#shared, INTERRUPTS))
  }

  /** @param {FromCells} word */
  #tell(word) {
    this.#thread.postMessage(word)
  }

  /**
   * Publishes a message about a request.
   * @param {string} type
   * @param {object} content
   * @param {Message | undefined} parent
   * @param {object} [metadata]
   * @param {readonly Uint8Array[]} [buffers]
   */
  publish(type, content, parent, metadata, buffers) {
    const message = messageAbout(type, content, parent, {
      session: this.#session,
      ...(metadata ? { metadata } : {}),
      ...(buffers ? { buffers } : {}),
    })
    this.#tell({ is: 'send', socket: 'iopub', message })
  }

  /**
   * Answers a request.
   * @param {Message} request
   * @param {object} content
   */
  reply(request, content) {
    this.#answer('shell', request.header.msg_type.replace(/_request$/, '_reply'), request, content)
  }

  /**
   * @param {SocketName} socket
   * @param {string} type
   * @param {Message} request
   * @param {object} content
   */
  #answer(socket, type, request, content) {
    const message = messageAbout(type, content, request, { session: this.#session, isAnswer: true })
    this.#tell({ is: 'send', socket, message })
  }

  /**
   * Tells of the request of the cell that runs, or that none does.
   * @param {Message | undefined} request
   */
  runs(request) {
    this.#tell({ is: 'runs', request })
  }

  /** @param {object} content of the answer to a kernel_info_request */
  info(content) {
    this.#tell({ is: 'info', content })
  }

  /** @param {number} count of what listens for interrupts */
  listeners(count) {
    Atomics.store(this.#shared, LISTENERS, count)
  }

  /**
   * Asks the reader for a line.
   * @param {Message} request the cell's
   * @param {{prompt: string, password: boolean}} question
   * @returns {Promise<string>}
   */
  ask(request, question) {
    this.#answer('stdin', 'input_request', request, question)
    return new Promise((resolve) => this.#asking.push(resolve))
  }

  /**
   * Asks the reader for a line, and does nothing else until it is there; undefined after an interrupt.
   * @param {Message} request the cell's
   * @param {{prompt: string, password: boolean}} question
   * @returns {string | undefined}
   */
  askAndWait(request, question) {
    const before = Atomics.load(this.#shared, INTERRUPTS)
    this.#answer('stdin', 'input_request', request, question)
    for (;;) {
      const state = Atomics.load(this.#shared, WAKE)
      const line = receiveMessageOnPort(this.#input)
      if (line) return line.message
      if (Atomics.load(this.#shared, INTERRUPTS) !== before) {
        this.#notice()
        return undefined
      }
      Atomics.wait(this.#shared, WAKE, state)
    }
  }
}

module.exports = { KernelIo }
