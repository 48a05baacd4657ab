// The thread of the kernel's sockets, which no cell can keep busy. It hands requests to the thread of the cells and sends what that
// publishes; it answers the heartbeat and the control channel itself, interrupts cells that compute without a pause, and ends the
// kernel when the process that started it is gone: an orphan would go on training for nobody.
const { Session } = require('node:inspector')
const { setTimeout: delay } = require('node:timers/promises')
const { parentPort, workerData } = require('node:worker_threads')
const { Reply, Router, XPublisher } = require('zeromq')
const { Debugger } = require('./debugger.cjs')
const { KeptExecutions, TARGET } = require('./kept-executions.cjs')
const { CLOSED, INTERRUPTS, LISTENERS, NOTICED, WAKE } = require('./io-shared.cjs')
const { decode, encode, messageAbout } = require('./wire.cjs')

/**
 * @import { FromCells, FromSockets, IoData, Message } from './kernel-types.js'
 * @import { MessagePort } from 'node:worker_threads'
 */

const MILLISECONDS_BETWEEN_LOOKS = 500
/** How long cells may take to notice an interrupt by themselves; longer for work that listens, and keeps what it has. */
const MILLISECONDS_TO_NOTICE = 300
const MILLISECONDS_TO_END_WORK = 10_000
const MILLISECONDS_UNTIL_SAID = 600
const MILLISECONDS_TO_EXIT = 1000
const MILLISECONDS_TO_SEND = 200

const NATIVE_CODE =
  'The cell is inside native code, such as a large product of matrices or a wait for another program, which nothing can ' +
  'interrupt. It ends as soon as that returns; restarting the kernel ends it now.\n'

/** @type {IoData} */
const { connection, session, startedBy, jupyterPid, shared, input } = workerData
const cells = /** @type {MessagePort} */ (parentPort)

// No limit to waiting messages and no waiting to send: zeromq.js otherwise drops the 513th message of a turn.
const UNLIMITED = { sendHighWaterMark: 0, sendTimeout: 0, linger: 1000 }

const iopub = new XPublisher({ ...UNLIMITED, verbosity: 'allSubs' })
const sockets = {
  shell: new Router(UNLIMITED),
  control: new Router(UNLIMITED),
  stdin: new Router(UNLIMITED),
}
const heartbeat = new Reply({ linger: 0 })

/** @param {FromSockets} word */
const tell = (word) => cells.postMessage(word)

/** @param {unknown} error */
const log = (error) => tell({ is: 'log', text: `A message that cannot be taken: ${error}\n` })

/** @param {number} port */
const address = (port) => {
  const { transport, ip } = connection
  return `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`
}

// zeromq.js sends one message of a socket at a time.
/** @type {WeakMap<object, Promise<void>>} */
const lastSent = new WeakMap()

/**
 * @param {{send(frames: (Buffer | string)[]): Promise<void>}} socket
 * @param {Message} message
 */
const send = (socket, message) => {
  const sent = socket.send(encode(connection.key, message)).catch(log)
  lastSent.set(socket, Promise.resolve(sent))
}

/**
 * @param {string} type
 * @param {object} content
 * @param {Message | undefined} parent
 */
const publish = (type, content, parent) => send(iopub, messageAbout(type, content, parent, { session }))

/**
 * @param {Router} socket
 * @param {Message} request
 * @param {object} content
 */
const answer = (socket, request, content) => {
  const type = request.header.msg_type.replace(/_request$/, '_reply')
  send(socket, messageAbout(type, content, request, { session, isAnswer: true }))
}

const inspector = new Session()
const debug = new Debugger(inspector, (event) => publish('debug_event', event, lastDebugRequest))
/** @type {Message | undefined} */
let lastDebugRequest

/** The request of the cell that runs, as far as this thread knows. @type {Message | undefined} */
let running
/** @type {object} */
let kernelInfo = {}
/** @type {(() => void) | undefined} */
let whenInfoIsThere
const infoIsThere = new Promise((resolve) => {
  whenInfoIsThere = () => resolve(undefined)
})

/** Interrupts the cell that runs: it is told, and cut off where it does not take notice. */
const interrupt = async () => {
  const own = Atomics.add(shared, INTERRUPTS, 1) + 1
  debug.letGo()
  tell({ is: 'interrupt' })
  // Whoever waits for a line of the reader wakes up.
  wake()
  const isFirst = own - Atomics.load(shared, NOTICED) === 1
  const isListening = isFirst && Atomics.load(shared, LISTENERS) > 0
  await delay(isListening ? MILLISECONDS_TO_END_WORK : MILLISECONDS_TO_NOTICE)
  // What an earlier cell left running may be what computes without a pause.
  const isUnnoticed = () => Atomics.load(shared, NOTICED) < own
  if (isUnnoticed()) {
    tell({ is: 'cutOff' })
    cutOff()
    await delay(MILLISECONDS_UNTIL_SAID)
  }
  debug.mayStop()
  if (isUnnoticed()) publish('stream', { name: 'stderr', text: NATIVE_CODE }, running)
}

const wake = () => {
  Atomics.add(shared, WAKE, 1)
  Atomics.notify(shared, WAKE)
}

/** Ends what the cells' thread is doing, as soon as that is in JavaScript. */
const cutOff = () => inspector.post('Runtime.terminateExecution')

/** @param {Message} request @param {Router} socket */
const shutDown = async (request, socket) => {
  const restart = request.content.restart === true
  publish('status', { execution_state: 'busy' }, request)
  answer(socket, request, { status: 'ok', restart })
  publish('status', { execution_state: 'idle' }, request)
  await Promise.all([lastSent.get(socket), lastSent.get(iopub)])
  tell({ is: 'shutdown' })
  await delay(MILLISECONDS_TO_EXIT)
  // The cells' thread computes without a pause.
  cutOff()
  await delay(MILLISECONDS_TO_EXIT)
  process.kill(process.pid, 'SIGKILL')
}

/** @param {Message} request */
const takeControl = async (request) => {
  const type = request.header.msg_type
  if (type === 'shutdown_request') return shutDown(request, sockets.control)
  publish('status', { execution_state: 'busy' }, request)
  try {
    if (type === 'interrupt_request') {
      interrupt()
      answer(sockets.control, request, { status: 'ok' })
    } else if (type === 'kernel_info_request') {
      await infoIsThere
      answer(sockets.control, request, kernelInfo)
    } else if (type === 'debug_request') {
      lastDebugRequest = request
      answer(sockets.control, request, await debug.handle(request.content))
    } else if (type.endsWith('_request')) {
      const evalue = `the control channel takes no ${type}`
      answer(sockets.control, request, {
        status: 'error',
        ename: 'UnknownRequest',
        evalue,
        traceback: [evalue],
      })
    }
  } finally {
    publish('status', { execution_state: 'idle' }, request)
  }
}

/**
 * @param {Router} socket
 * @param {(request: Message) => unknown} take
 */
const listen = async (socket, take) => {
  for await (const frames of socket) {
    try {
      take(decode(connection.key, frames))
    } catch (error) {
      log(error)
    }
  }
}

/** Welcomes each subscriber, so that a client knows that from here on it misses nothing. */
const welcome = async () => {
  for await (const [event] of iopub) {
    if (event?.[0] !== 1) continue
    const subscription = event.subarray(1).toString()
    const message = messageAbout('iopub_welcome', { subscription }, undefined, { session })
    send(iopub, { ...message, identities: [Buffer.from(subscription)] })
  }
}

const answerHeartbeat = async () => {
  for await (const frames of heartbeat) await heartbeat.send(frames)
}

const executions = new KeptExecutions()

/** Answers a page that was loaded while a cell runs; without a status, since the kernel stays as busy as it is. @param {Message} request */
const tellExecutions = (request) => {
  const { comm_id: id } = request.content
  publish('comm_msg', { comm_id: id, data: { executions: executions.list() } }, request)
  publish('comm_close', { comm_id: id, data: {} }, request)
}

/** @param {Message} reply */
const takeInput = (reply) => {
  input.postMessage(String(reply.content.value ?? ''))
  wake()
}

const start = async () => {
  const { iopub_port, shell_port, control_port, stdin_port, hb_port } = connection
  await iopub.bind(address(iopub_port))
  await sockets.stdin.bind(address(stdin_port))
  await sockets.control.bind(address(control_port))
  await sockets.shell.bind(address(shell_port))
  await heartbeat.bind(address(hb_port))
  inspector.connectToMainThread()
  welcome()
  answerHeartbeat()
  publish('status', { execution_state: 'starting' }, undefined)
  listen(sockets.control, takeControl)
  listen(sockets.stdin, takeInput)
  listen(sockets.shell, (request) => {
    const { header, content } = request
    if (header.msg_type === 'shutdown_request') return shutDown(request, sockets.shell)
    if (header.msg_type === 'comm_open' && content.target_name === TARGET) return tellExecutions(request)
    executions.requested(request)
    return tell({ is: 'request', request })
  })
  tell({ is: 'listening' })
}

const close = async () => {
  const all = [iopub, ...Object.values(sockets), heartbeat]
  await Promise.race([Promise.all(all.map((socket) => lastSent.get(socket))), delay(MILLISECONDS_TO_SEND)])
  // A process that exits with a socket open here is aborted by zeromq.js, whatever exit code it had.
  for (const socket of all) socket.close()
  Atomics.store(shared, CLOSED, 1)
  Atomics.notify(shared, CLOSED)
}

cells.on('message', (/** @type {FromCells} */ word) => {
  switch (word.is) {
    case 'send':
      if (word.socket === 'iopub') executions.published(word.message)
      send(word.socket === 'iopub' ? iopub : sockets[word.socket], word.message)
      break
    case 'info':
      kernelInfo = word.content
      whenInfoIsThere?.()
      break
    case 'runs':
      running = word.request
      break
    case 'close':
      close()
  }
})

/** @param {number} pid */
const isRunning = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const endKernel = () => {
  // What the cells started goes too, where the kernel leads a process group of its own, as Jupyter arranges it.
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}

setInterval(() => {
  if (process.ppid !== startedBy || (jupyterPid > 1 && !isRunning(jupyterPid))) endKernel()
}, MILLISECONDS_BETWEEN_LOOKS)

start().catch((error) => tell({ is: 'failed', text: String(error instanceof Error ? error.message : error) }))
