// The Jupyter side of the kernel, on the thread of the cells: requests one after the other, what cells show, and how they end.
const { setTimeout: delay } = require('node:timers/promises')
const { ts } = require('./cell-compiler.cjs')
const { installCellGlobals } = require('./cell-globals.cjs')
const { createComms } = require('./comms.cjs')
const { complete } = require('./completion.cjs')
const { isComplete } = require('./completeness.cjs')
const { History } = require('./history.cjs')
const { inspectName } = require('./inspection.cjs')
const { KernelIo } = require('./kernel-io.cjs')
const { createOutputStream, redirect } = require('./output-stream.cjs')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { describeError } = require('./stack-trace.cjs')
const { loadTslabDisplay } = require('./tslab-display.cjs')
const { captureOutput } = require('./captured-output.cjs')
const { createUserInput } = require('./user-input.cjs')
const { PROTOCOL_VERSION } = require('./wire.cjs')
const path = require('node:path')

/**
 * @import {
 *   CellResult, CommContent, CompleteContent, ConnectionInfo, ErrorContent, ExecuteContent, HistoryContent, InspectContent,
 *   Interrupts, Message
 * } from './kernel-types.js'
 * @import { CellExecutor } from './cell-executor.cjs'
 * @typedef {{request: Message, isSilent: boolean, strayErrors: ErrorContent[]}} Cell the request to run it, and the errors nobody waited for
 * @typedef {{request: Message, isAborted?: boolean}} Job
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
  /** @type {CellExecutor | undefined} */
  #executor
  #interrupts
  #io
  #output
  #comms
  #input
  #history = new History(path.join(PROJECT_ROOT, '.cache', 'kernel', 'history.jsonl'))
  #tslabVersion = ''
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
  /** Ends waiting for the answer to the request that is being answered. */
  #giveUp = () => {}
  /** @type {(() => void) | undefined} */
  #onIdle
  /** @type {NodeJS.Timeout | undefined} */
  #idleTimer

  /**
   * @param {Interrupts} interrupts
   * @param {ConnectionInfo} connection
   * @param {number} startedBy the process whose end is the kernel's
   */
  constructor(interrupts, connection, startedBy) {
    this.#interrupts = interrupts
    this.#io = new KernelIo(connection, startedBy, {
      request: (request) => this.#queue({ request }),
      interrupt: () => {
        const cell = interrupts.running()
        const giveUp = this.#giveUp
        return (wasCutOff) => {
          interrupts.interrupt(cell, wasCutOff)
          // What was cut off, where it is no cell, was the answer to a request, which then never comes.
          if (!cell && wasCutOff) giveUp()
        }
      },
      shutdown: () => process.exit(0),
      log: (text) => this.#log(text),
      fail: (text) => {
        this.#log(`${text}\n`)
        process.exit(1)
      },
    })
    interrupts.onListeners((count) => this.#io.listeners(count))
    this.#output = createOutputStream((name, text) => this.#show('stream', { name, text }))
    this.#log = redirect(process.stderr, (text) => this.#write('stderr', text))
    this.#logOutput = redirect(process.stdout, (text) => this.#write('stdout', text))
    captureOutput((name, text) => this.#write(name, text))
    this.#comms = createComms(
      (type, content, metadata, buffers) => {
        this.#output.flush()
        this.#publish(type, content, this.#commRequest ?? this.#cell?.request, metadata, buffers)
      },
      (text) => this.#log(text),
    )
    this.#input = createUserInput(this.#io, interrupts, () => this.#cell?.request)
    process.on('exit', () => this.#output.flush())
  }

  /** What cells import as `tslab`. */
  loadDisplay() {
    const { version, display } = loadTslabDisplay((data, isUpdate) => {
      this.#output.flush()
      this.#show(isUpdate ? 'update_display_data' : 'display_data', data)
    })
    this.#tslabVersion = version
    installCellGlobals({ display, input: this.#input, clearOutput: (wait) => this.#clearOutput(wait) })
    return display
  }

  /**
   * Answers requests from now on.
   * @param {CellExecutor} executor
   */
  async start(executor) {
    this.#executor = executor
    this.#io.info(this.#kernelInfo())
    await this.#io.listening
    this.#begin()
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
    this.#show('error', error)
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
   * Publishes what the cell that is running, or ran last, shows; a silent one shows nothing.
   * @param {string} type
   * @param {object} content
   */
  #show(type, content) {
    if (!this.#cell || this.#cell.isSilent) return
    this.#publish(type, content, this.#cell.request)
  }

  /** @param {boolean} [wait] */
  #clearOutput(wait = false) {
    this.#output.flush()
    this.#show('clear_output', { wait })
  }

  /**
   * @param {string} type
   * @param {object} content
   * @param {Message | undefined} request
   * @param {object} [metadata]
   * @param {readonly Uint8Array[]} [buffers]
   */
  #publish(type, content, request, metadata, buffers) {
    this.#io.publish(type, content, request, metadata, buffers)
  }

  /**
   * Takes a request of the shell channel, which are answered one after the other.
   * @param {Job} job
   */
  #queue(job) {
    this.#waiting.push(job)
    this.#begin()
  }

  async #begin() {
    if (this.isBusy || !this.#executor) return
    this.isBusy = true
    clearTimeout(this.#idleTimer)
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const givenUp = new Promise((resolve) => {
        this.#giveUp = () => resolve(undefined)
      })
      await Promise.race([this.#answer(next), givenUp])
    }
    this.#giveUp = () => {}
    this.isBusy = false
    this.#idleTimer = setTimeout(() => this.#onIdle?.(), MILLISECONDS_UNTIL_IDLE)
  }

  /** @param {Job} job */
  async #answer(job) {
    const { request } = job
    const type = request.header.msg_type
    this.#publish('status', { execution_state: 'busy' }, request)
    try {
      const content = await this.#respond(job, type)
      if (content) this.#io.reply(request, content)
    } catch (error) {
      this.#log(`The kernel could not answer ${type}: ${stackOf(error)}\n`)
      if (type.endsWith('_request')) this.#io.reply(request, { status: 'error', ...describeError(error) })
    } finally {
      this.#output.flush()
      this.#publish('status', { execution_state: 'idle' }, request)
    }
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
    const executor = /** @type {CellExecutor} */ (this.#executor)
    switch (type) {
      case 'kernel_info_request':
        return this.#kernelInfo()
      case 'execute_request':
        return isAborted ? { status: 'aborted' } : this.#execute(request)
      case 'is_complete_request':
        return isComplete(String(content.code))
      case 'inspect_request':
        return inspectName(executor, /** @type {InspectContent} */ (content))
      case 'complete_request':
        return complete(executor, /** @type {CompleteContent} */ (content))
      case 'comm_info_request':
        return { status: 'ok', ...this.#comms.info(content) }
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#takeCommMessage(request, type)
        return undefined
      case 'history_request':
        return { status: 'ok', history: this.#history.answer(/** @type {HistoryContent} */ (content)) }
      case 'interrupt_request':
        this.#interrupts.interrupt(this.#interrupts.running(), false)
        return { status: 'ok' }
      default:
        return undefined
    }
  }

  #kernelInfo() {
    return {
      status: 'ok',
      protocol_version: PROTOCOL_VERSION,
      implementation: 'tslab-thesis',
      implementation_version: this.#tslabVersion,
      language_info: {
        name: 'typescript',
        version: ts.version,
        mimetype: 'text/typescript',
        file_extension: '.ts',
        codemirror_mode: { name: 'javascript', typescript: true },
        pygments_lexer: 'typescript',
        nbconvert_exporter: 'script',
      },
      banner: `TypeScript ${ts.version} on Node ${process.version}, with the display functions of tslab ${this.#tslabVersion}`,
      debugger: true,
      supported_features: ['debugger'],
      help_links: [
        { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
        { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
      ],
    }
  }

  /**
   * @param {Message} request
   * @param {string} type
   */
  #takeCommMessage(request, type) {
    this.#commRequest = request
    try {
      this.#comms.receive(type, /** @type {CommContent} */ (request.content), request.buffers)
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
      store_history: storeHistory = !silent,
      stop_on_error: stopOnError = true,
      user_expressions: expressions = {},
    } = /** @type {ExecuteContent} */ (request.content)
    const counts = storeHistory && !silent
    if (counts) this.executionCount += 1
    const count = this.executionCount
    const cell = this.#startCell(request, silent)
    this.#show('execute_input', { code, execution_count: count })
    if (counts) this.#history.add(count, code)
    const name = counts ? `cell [${count}]` : `cell [${count}, not stored]`
    const { data, error } = await this.#guarded(request, name, code)
    // A promise that the cell left rejected is reported by Node once the event loop turns.
    await nextTurn()
    this.#output.flush()
    if (data) this.#show('execute_result', { data, metadata: {}, execution_count: count })
    if (error) this.#show('error', error)
    const failure = error ?? cell.strayErrors[0]
    if (failure) {
      if (stopOnError) await this.#abortWaitingCells()
      return { status: 'error', execution_count: count, ...failure }
    }
    const values = await this.#evaluate(request, expressions)
    return { status: 'ok', execution_count: count, payload: [], user_expressions: values }
  }

  /**
   * Runs a cell so that an interrupt ends it.
   * @param {Message} request
   * @param {string} name
   * @param {string} code
   * @returns {Promise<CellResult>}
   */
  async #guarded(request, name, code) {
    const executor = /** @type {CellExecutor} */ (this.#executor)
    this.#io.runs(request)
    try {
      return await this.#interrupts.guard(() => executor.execute(name, code))
    } catch (error) {
      executor.abandon()
      return { error: describeError(error) }
    } finally {
      this.#io.runs(undefined)
    }
  }

  /**
   * The values of expressions that the front end asked for, after the cell; each may fail by itself.
   * @param {Message} request
   * @param {Record<string, string>} expressions
   */
  async #evaluate(request, expressions) {
    /** @type {Record<string, object>} */
    const values = {}
    for (const [key, expression] of Object.entries(expressions)) {
      const { data, error } = await this.#guarded(request, `expression ${key}`, `(${expression}\n)`)
      values[key] = error
        ? { status: 'error', ...error }
        : { status: 'ok', data: data ?? { 'text/plain': 'undefined' }, metadata: {} }
    }
    return values
  }

  /**
   * From here on, what is written and displayed belongs to another cell.
   * @param {Message} request
   * @param {boolean} isSilent
   */
  #startCell(request, isSilent) {
    /** @type {Cell} */
    const cell = { request, isSilent, strayErrors: [] }
    this.#output.flush()
    this.#cell = cell
    /** @type {{cellId?: string, deletedCells?: readonly string[]}} */
    const { cellId, deletedCells } = request.metadata ?? {}
    this.#comms.cellStarts(cellId, deletedCells)
    return cell
  }

  async #abortWaitingCells() {
    await delay(MILLISECONDS_TO_READ_WAITING_REQUESTS)
    for (const job of this.#waiting) job.isAborted = job.request.header.msg_type === 'execute_request'
  }
}

module.exports = { KernelServer }
