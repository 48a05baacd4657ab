// The Jupyter side of the kernel. tslab answers the simple requests; what it lacks is here: `error` messages, the value
// of a cell, interrupts, requests in order, and no lost message.
const { setTimeout: delay } = require('node:timers/promises')
const { ts } = require('./cell-compiler.cjs')
const { createComms } = require('./comms.cjs')
const { KernelChannels } = require('./kernel-channels.cjs')
const { createOutputStream, redirect } = require('./output-stream.cjs')
const { describeError } = require('./stack-trace.cjs')

/**
 * @import { Router } from 'zeromq'
 * @import {
 *   CellExecutor, CommContent, ConnectionInfo, ErrorContent, ExecuteContent, Interrupts, Message, Tslab
 * } from './kernel-types.js'
 * @typedef {{request: Message, strayErrors: ErrorContent[]}} Cell the request to run it, and the errors nobody waited for
 * @typedef {{socket: Router, request: Message, isAborted?: boolean}} Job
 */

// After a failed cell, requests that were already on their way are read for this long and then refused.
const MILLISECONDS_TO_READ_WAITING_REQUESTS = 20

// Long enough that a program which runs cells one after the other is not kept waiting.
const MILLISECONDS_UNTIL_IDLE = 200

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** @param {unknown} error */
const stackOf = (error) => (error instanceof Error ? error.stack : error)

class KernelServer {
  executionCount = 0
  isBusy = false
  #tslab
  #handler
  #executor
  #interrupts
  #channels
  #output
  #comms
  /** Writes to the kernel's own standard streams, which are not the cells'. */
  #log
  #logOutput
  /** @type {Job[]} */
  #waiting = []
  /**
   * The cell that output belongs to: the running one, or the last one.
   * @type {Cell | undefined}
   */
  #cell
  /**
   * The message of a comm that is being taken.
   * @type {Message | undefined}
   */
  #commRequest
  /** @type {(() => void) | undefined} */
  #onIdle
  /** @type {NodeJS.Timeout | undefined} */
  #idleTimer

  /**
   * @param {Tslab} tslab
   * @param {CellExecutor} executor
   * @param {Interrupts} interrupts
   * @param {ConnectionInfo} connection
   */
  constructor(tslab, executor, interrupts, connection) {
    this.#tslab = tslab
    this.#executor = executor
    this.#interrupts = interrupts
    this.#handler = new tslab.jupyter.JupyterHandlerImpl(executor, false)
    this.#channels = new KernelChannels(connection, tslab.jupyter.ZmqMessage)
    this.#output = createOutputStream((name, text) => this.#publish('stream', { name, text }))
    this.#log = redirect(process.stderr, (text) => this.#write('stderr', text))
    this.#logOutput = redirect(process.stdout, (text) => this.#write('stdout', text))
    this.#comms = createComms(
      (type, content, metadata) =>
        this.#publish(type, content, this.#commRequest ?? this.#cell?.request, metadata),
      this.#log,
    )
    process.on('exit', () => this.#output.flush())
  }

  /** Binds the sockets, and only then listens. */
  async init() {
    await this.#channels.bind()
    const refuse = (/** @type {unknown} */ error) => this.#log(`A message that cannot be read: ${error}\n`)
    const { control, shell } = this.#channels
    this.#channels.listen(control, (request) => this.#answer({ socket: control, request }), refuse)
    this.#channels.listen(shell, (request) => this.#queue({ socket: shell, request }), refuse)
  }

  /**
   * Calls `work` once, a moment after the first request was answered.
   * @param {() => void} work
   */
  whenIdle(work) {
    this.#onIdle = () => {
      this.#onIdle = undefined
      work()
    }
  }

  /**
   * An error that no cell waits for: it appears at the running cell, which then fails, or at the last one.
   * @param {string} circumstance
   * @param {unknown} thrown
   */
  reportStray(circumstance, thrown) {
    if (!this.#cell) {
      this.#log(`${circumstance}: ${stackOf(thrown)}\n`)
      return
    }
    this.#output.flush()
    const error = describeError(thrown, circumstance)
    this.#cell.strayErrors.push(error)
    this.#publish('error', error)
  }

  /**
   * Output before the first cell has no cell to appear in.
   * @param {'stdout' | 'stderr'} name
   * @param {string} text
   */
  #write(name, text) {
    if (this.#cell) this.#output.write(name, text)
    else if (name === 'stderr') this.#log(text)
    else this.#logOutput(text)
  }

  /**
   * Sends a message about a request. Default: that of the cell that is running or ran last.
   * @param {string} type
   * @param {object} content
   * @param {Message | undefined} [request]
   * @param {object} [metadata]
   */
  #publish(type, content, request = this.#cell?.request, metadata) {
    if (request) this.#channels.publish(type, content, request, metadata)
  }

  /**
   * Answers the requests of the shell channel one after the other.
   * @param {Job} job
   */
  async #queue(job) {
    this.#waiting.push(job)
    if (this.isBusy) return
    this.isBusy = true
    clearTimeout(this.#idleTimer)
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#answer(next)
    this.isBusy = false
    this.#idleTimer = setTimeout(() => this.#onIdle?.(), MILLISECONDS_UNTIL_IDLE)
  }

  /** @param {Job} job */
  async #answer(job) {
    const { socket, request } = job
    const type = request.header.msg_type
    this.#publish('status', { execution_state: 'busy' }, request)
    try {
      const content = await this.#respond(job, type)
      if (content) this.#channels.reply(socket, request, content)
    } catch (error) {
      this.#log(`The kernel could not answer ${type}: ${stackOf(error)}\n`)
      if (type.endsWith('_request'))
        this.#channels.reply(socket, request, { status: 'error', ...describeError(error) })
    } finally {
      this.#output.flush()
      this.#publish('status', { execution_state: 'idle' }, request)
    }
    if (type === 'shutdown_request') await this.#end()
  }

  /**
   * Does what a message asks for, and returns the content of the reply; messages without one, and requests of kinds that
   * this kernel does not know, have none.
   * @param {Job} job
   * @param {string} type
   * @returns {Promise<object | undefined>}
   */
  async #respond({ request, isAborted }, type) {
    const { content } = request
    switch (type) {
      case 'kernel_info_request':
        return this.#kernelInfo()
      case 'execute_request':
        return isAborted ? { status: 'aborted' } : this.#execute(request)
      case 'is_complete_request':
        return this.#handler.handleIsComplete(content)
      case 'inspect_request':
        return this.#handler.handleInspect(content)
      case 'complete_request':
        return this.#handler.handleComplete(content)
      case 'comm_info_request':
        return { status: 'ok', ...this.#comms.info(content) }
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#takeCommMessage(request, type)
        return undefined
      case 'history_request':
        return { status: 'ok', history: [] }
      case 'interrupt_request':
        this.#interrupts.interrupt()
        return { status: 'ok' }
      case 'shutdown_request':
        return { status: 'ok', restart: 'restart' in content && content.restart === true }
      default:
        return undefined
    }
  }

  #kernelInfo() {
    const info = this.#handler.handleKernel()
    return {
      ...info,
      status: 'ok',
      implementation_version: this.#tslab.version,
      language_info: { ...info.language_info, version: ts.version },
      banner: `TypeScript ${ts.version} by tslab ${this.#tslab.version}`,
      help_links: [],
    }
  }

  /**
   * @param {Message} request
   * @param {string} type
   */
  #takeCommMessage(request, type) {
    this.#commRequest = request
    try {
      this.#comms.receive(type, /** @type {CommContent} */ (request.content))
    } finally {
      this.#commRequest = undefined
    }
  }

  /**
   * Runs a cell, publishes what it shows, and returns the content of the reply.
   * @param {Message} request
   */
  async #execute(request) {
    const {
      code,
      silent = false,
      stop_on_error: stopOnError = true,
    } = /** @type {ExecuteContent} */ (request.content)
    if (!silent) this.executionCount += 1
    const count = this.executionCount
    const cell = this.#startCell(request)
    if (!silent) this.#publish('execute_input', { code, execution_count: count })
    const { data, error } = await this.#executor.execute(`cell [${count}]`, code)
    // A promise that the cell left rejected is reported by Node once the event loop turns.
    await nextTurn()
    this.#output.flush()
    if (data && !silent) this.#publish('execute_result', { data, metadata: {}, execution_count: count })
    if (error) this.#publish('error', error)
    const failure = error ?? cell.strayErrors[0]
    if (!failure) return { status: 'ok', execution_count: count, payload: [], user_expressions: {} }
    if (stopOnError) await this.#abortWaitingCells()
    return { status: 'error', execution_count: count, ...failure }
  }

  /**
   * From here on, what is written and displayed belongs to another cell.
   * @param {Message} request
   */
  #startCell(request) {
    /** @type {Cell} */
    const cell = { request, strayErrors: [] }
    this.#output.flush()
    this.#cell = cell
    /** @type {{cellId?: string, deletedCells?: readonly string[]}} */
    const { cellId, deletedCells } = request.metadata ?? {}
    this.#comms.cellStarts(cellId, deletedCells)
    // Where tslab's display functions, and the notebook's own, send what they show.
    this.#tslab.jupyter.lastWriteDisplayData = (data, isUpdate) => {
      this.#output.flush()
      this.#publish(isUpdate ? 'update_display_data' : 'display_data', data)
    }
    return cell
  }

  async #abortWaitingCells() {
    await delay(MILLISECONDS_TO_READ_WAITING_REQUESTS)
    for (const job of this.#waiting) job.isAborted = job.request.header.msg_type === 'execute_request'
  }

  async #end() {
    this.#channels.close()
    // What was sent leaves before the process does; nothing that a cell started keeps it.
    await delay(20)
    process.exit(0)
  }
}

module.exports = { KernelServer }
