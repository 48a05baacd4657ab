// The Jupyter side of the kernel. tslab's server binds the sockets, signs messages and answers the simple requests; what
// it lacks is here: `error` messages, the value of a cell, interrupts, requests in order, and no lost message.
const fs = require('node:fs')
const { setTimeout: delay } = require('node:timers/promises')
const { createComms } = require('./comms.cjs')
const { createOutputStream, redirect } = require('./output-stream.cjs')
const { describeError } = require('./stack-trace.cjs')

// After a failed cell, requests that were already on their way are read for this long and then refused.
const MILLISECONDS_TO_READ_WAITING_REQUESTS = 20

// Long enough that a program which runs cells one after the other is not kept waiting.
const MILLISECONDS_UNTIL_IDLE = 200

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/**
 * @param tslab what loadTslab returns
 * @param executor of cell-executor.cjs
 * @param interrupts of interrupt.cjs
 * @param {string} connectionFile the path that Jupyter passes
 */
const createKernelServer = (tslab, executor, interrupts, connectionFile) => {
  const { JupyterHandlerImpl, ZmqMessage, ZmqServer } = tslab.jupyter

  class KernelServer extends ZmqServer {
    executionCount = 0
    waiting = []
    isBusy = false
    /** The cell that output belongs to: the running one, or the last one. */
    cell = undefined
    /** The message of a comm that is being taken. */
    commRequest = undefined

    constructor() {
      super(new JupyterHandlerImpl(executor, false), connectionFile)
      this.output = createOutputStream((name, text) => this.publish('stream', { name, text }))
      this.log = redirect(process.stderr, (text) => this.write('stderr', text))
      this.logOutput = redirect(process.stdout, (text) => this.write('stdout', text))
      this.comms = createComms(
        (type, content, metadata) =>
          this.publish(type, content, this.commRequest ?? this.cell?.request, metadata),
        this.log,
      )
      process.on('exit', () => this.output.flush())
    }

    /** Output before the first cell has no cell to appear in. */
    write(name, text) {
      if (this.cell) this.output.write(name, text)
      else if (name === 'stderr') this.log(text)
      else this.logOutput(text)
    }

    /** Binds the sockets, and only then listens: tslab does both at once, and may go deaf when a request is early. */
    async init() {
      this.connInfo = JSON.parse(fs.readFileSync(connectionFile, 'utf8'))
      const { Publisher, Router } = require('zeromq')
      // No limit to waiting messages and no waiting to send: zeromq.js otherwise drops the 513th message of a turn.
      const options = { sendHighWaterMark: 0, sendTimeout: 0 }
      this.iopub = new Publisher(options)
      this.stdin = new Router(options)
      this.control = new Router(options)
      this.shell = new Router(options)
      for (const channel of ['iopub', 'stdin', 'control', 'shell']) {
        const { transport, ip, [`${channel}_port`]: port } = this.connInfo
        await this[channel].bind(`${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`)
      }
      // The heartbeat is answered by guardian-thread.cjs, which no cell can keep busy.
      this.listen(this.control)
      this.listen(this.shell)
    }

    async listen(socket) {
      for await (const frames of socket) this.handleShellMessage(socket, ...frames)
    }

    close() {
      for (const socket of [this.iopub, this.stdin, this.control, this.shell]) socket.close()
    }

    /** Sends a message about a request: that of the cell that is running or ran last, unless told. */
    publish(type, content, request = this.cell?.request, metadata = {}) {
      if (!request) return
      const message = request.createReply()
      message.header.msg_type = type
      message.content = content
      message.metadata = metadata
      message.signAndSend(this.connInfo.key, this.iopub)
    }

    reply(socket, request, content) {
      const message = request.createReply()
      message.header.msg_type = request.header.msg_type.replace(/_request$/, '_reply')
      message.content = content
      message.signAndSend(this.connInfo.key, socket)
    }

    async handleShellMessage(socket, ...frames) {
      let request
      try {
        request = ZmqMessage.fromRaw(this.connInfo.key, frames)
      } catch (error) {
        this.log(`A message that cannot be read: ${error}\n`)
        return
      }
      if (socket === this.control) return this.answer(socket, request)
      this.waiting.push({ socket, request })
      if (this.isBusy) return
      this.isBusy = true
      clearTimeout(this.idleTimer)
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
        await this.answer(next.socket, next.request, next.isAborted)
      }
      this.isBusy = false
      this.idleTimer = setTimeout(() => this.onIdle?.(), MILLISECONDS_UNTIL_IDLE)
    }

    /** Calls `work` once, a moment after the first request was answered. */
    whenIdle(work) {
      this.onIdle = () => {
        this.onIdle = undefined
        work()
      }
    }

    async answer(socket, request, isAborted = false) {
      const type = request.header.msg_type
      this.publishStatus('busy', request)
      try {
        await this.respond(socket, request, type, isAborted)
      } catch (error) {
        this.log(`The kernel could not answer ${type}: ${error?.stack ?? error}\n`)
        if (type.endsWith('_request'))
          this.reply(socket, request, { status: 'error', ...describeError(error) })
      } finally {
        this.output.flush()
        this.publishStatus('idle', request)
      }
      if (type === 'shutdown_request') {
        this.close()
        // What was sent leaves before the process does; nothing that a cell started keeps it.
        await delay(20)
        process.exit(0)
      }
    }

    async respond(socket, request, type, isAborted) {
      switch (type) {
        case 'kernel_info_request':
          return this.reply(socket, request, kernelInfo(this.handler.handleKernel(), tslab))
        case 'execute_request':
          if (isAborted) return this.reply(socket, request, { status: 'aborted' })
          return this.executeCell(socket, request)
        case 'is_complete_request':
          return this.handleIsComplete(socket, request)
        case 'inspect_request':
          return this.handleInspect(socket, request)
        case 'complete_request':
          return this.handleComplete(socket, request)
        case 'comm_info_request':
          return this.reply(socket, request, { status: 'ok', ...this.comms.info(request.content) })
        case 'comm_open':
        case 'comm_msg':
        case 'comm_close':
          return this.takeCommMessage(request, type)
        case 'history_request':
          return this.reply(socket, request, { status: 'ok', history: [] })
        case 'interrupt_request':
          interrupts.interrupt()
          return this.reply(socket, request, { status: 'ok' })
        case 'shutdown_request':
          return this.reply(socket, request, { status: 'ok', restart: request.content.restart === true })
      }
      // Requests of other kinds have no answer in this kernel.
    }

    takeCommMessage(request, type) {
      this.commRequest = request
      try {
        this.comms.receive(type, request.content)
      } finally {
        this.commRequest = undefined
      }
    }

    async executeCell(socket, request) {
      const { code, silent = false, stop_on_error: stopOnError = true } = request.content
      if (!silent) this.executionCount += 1
      const count = this.executionCount
      const cell = { request, strayErrors: [] }
      this.output.flush()
      this.cell = cell
      const { cellId, deletedCells } = request.metadata ?? {}
      this.comms.cellStarts(cellId, deletedCells)
      // Where tslab's display functions, and the notebook's own, send what they show.
      tslab.jupyter.lastWriteDisplayData = (data, isUpdate) => {
        this.output.flush()
        this.publish(isUpdate ? 'update_display_data' : 'display_data', data)
      }
      if (!silent) this.publish('execute_input', { code, execution_count: count })
      const { data, error } = await executor.execute(`cell [${count}]`, code)
      // A promise that the cell left rejected is reported by Node once the event loop turns.
      await nextTurn()
      this.output.flush()
      if (data && !silent) this.publish('execute_result', { data, metadata: {}, execution_count: count })
      if (error) this.publish('error', error)
      const failure = error ?? cell.strayErrors[0]
      if (!failure) {
        const done = { status: 'ok', execution_count: count, payload: [], user_expressions: {} }
        return this.reply(socket, request, done)
      }
      if (stopOnError) await this.abortWaitingCells()
      this.reply(socket, request, { status: 'error', execution_count: count, ...failure })
    }

    async abortWaitingCells() {
      await delay(MILLISECONDS_TO_READ_WAITING_REQUESTS)
      for (const job of this.waiting) job.isAborted = job.request.header.msg_type === 'execute_request'
    }

    /** An error that no cell waits for: it appears at the running cell, which then fails, or at the last one. */
    reportStray(circumstance, thrown) {
      if (!this.cell) {
        this.log(`${circumstance}: ${thrown?.stack ?? thrown}\n`)
        return
      }
      this.output.flush()
      const error = describeError(thrown, circumstance)
      this.cell.strayErrors.push(error)
      this.publish('error', error)
    }
  }

  return new KernelServer()
}

const kernelInfo = (info, tslab) => ({
  ...info,
  status: 'ok',
  implementation_version: tslab.version,
  language_info: { ...info.language_info, version: tslab.ts.version },
  banner: `TypeScript ${tslab.ts.version} by tslab ${tslab.version}`,
  help_links: [],
})

module.exports = { createKernelServer }
