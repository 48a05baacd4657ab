import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Dealer, Request, Subscriber } from 'zeromq'
import { atExit } from '../../src/runner/at-exit.js'
import { type Connection, createConnection } from '../../src/runner/connection.js'
import type { JsonObject } from '../../src/runner/json.js'
import type { Kernel } from './kernels.js'
import { decode, type Extras, encode, type Message, type Sender } from './message.js'

export type Asked = 'shell' | 'control' | 'stdin'
export type Heard = Asked | 'iopub'

/** Everything about one request: its reply, and what was published from its beginning to its end. */
export interface Exchange {
  readonly id: string
  readonly reply: Message
  readonly published: readonly Message[]
}

interface Received extends Message {
  readonly channel: Heard
}

interface Waiter {
  readonly what: string
  look(): boolean
  fail(error: Error): void
}

const LOG_CHARACTERS = 2000
const READY_POLL_MILLISECONDS = 50
const START_MILLISECONDS = 60_000
/** How long messages of a kernel that has ended may take to arrive. */
const DRAIN_MILLISECONDS = 500

/**
 * A kernel under examination. Unlike the runner's client it hides nothing: all messages are kept as they came, and any may be
 * sent, also such as no front end would send.
 */
export class ProtocolClient {
  readonly #process: ChildProcess
  readonly #connection: Connection
  readonly #sender: Sender
  readonly #sockets: Readonly<Record<Asked, Dealer>>
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 })
  readonly #heartbeats: Request[] = []
  readonly #received: Received[] = []
  readonly #waiters = new Set<Waiter>()
  readonly #callOffExit: () => void
  readonly #exit: Promise<string>
  #ended: string | null = null
  #isDrained = false
  #isClosed = false
  #log = ''

  /** Starts a kernel and waits until it answers; throws with its last words if it does not. */
  static async start(kernel: Kernel, folder: string): Promise<ProtocolClient> {
    // By TCP, which is what Jupyter does and all of them know.
    const client = new ProtocolClient(kernel, folder, await createConnection('tcp'))
    try {
      await Promise.race([
        client.#untilReady(),
        delay(START_MILLISECONDS, undefined, { ref: false }).then(() => {
          throw new Error(`it did not start within ${START_MILLISECONDS / 1000} s: ${client.#log.trim()}`)
        }),
      ])
      return client
    } catch (error) {
      await client.end()
      throw error
    }
  }

  private constructor(kernel: Kernel, folder: string, connection: Connection) {
    this.#connection = connection
    this.#sender = { key: connection.key, session: randomUUID() }
    const [program = '', ...words] = kernel.argv.map((word) =>
      word.replaceAll('{connection_file}', connection.file),
    )
    this.#process = spawn(program, words, {
      cwd: folder,
      env: { ...process.env, JPY_PARENT_PID: `${process.pid}`, ...kernel.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_CHARACTERS)
      })
    this.#exit = new Promise((resolve) => {
      const over = (how: string) => {
        this.#ended ??= how
        resolve(how)
        // Its last messages may still be on their way through the sockets of this process.
        setTimeout(() => {
          this.#isDrained = true
          this.#failAll(`its process ended (${how})`)
        }, DRAIN_MILLISECONDS)
      }
      this.#process.once('error', ({ message }) => over(message))
      this.#process.once('exit', (code, signal) => over(signal ?? `exit code ${code}`))
    })
    this.#callOffExit = atExit(() => {
      this.#kill()
      connection.remove()
    })
    // The kernel finds the stdin socket of whoever asked on shell by their common identity.
    const routingId = randomUUID()
    const dealer = () => new Dealer({ linger: 0, routingId, receiveHighWaterMark: 0, sendHighWaterMark: 0 })
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer() }
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      this.#sockets[channel].connect(connection.address(channel))
      this.#listen(channel, this.#sockets[channel])
    }
    this.#iopub.connect(connection.address('iopub'))
    this.#iopub.subscribe()
    this.#listen('iopub', this.#iopub)
  }

  /** Whether the process is still there. */
  get isAlive(): boolean {
    return this.#ended === null
  }

  /** What is being waited for, to be named when it does not come. */
  get awaited(): string {
    return [...this.#waiters].map(({ what }) => what).join(' and ') || 'an end'
  }

  /** Resolves with how the process ended, once it did. */
  get exit(): Promise<string> {
    return this.#exit
  }

  /** Sends a message and returns its id. */
  send(channel: Asked, type: string, content: JsonObject, extras?: Extras): string {
    const { id, frames } = encode(type, content, this.#sender, extras)
    this.sendFrames(channel, frames)
    return id
  }

  /** Sends frames that need not be a message. */
  sendFrames(channel: Asked, frames: (string | Buffer)[]): void {
    this.#sockets[channel].send(frames).catch(() => {})
  }

  /** Sends a request and resolves when both its reply and the published end of its work are there. */
  request(channel: Asked, type: string, content: JsonObject = {}, extras?: Extras): Promise<Exchange> {
    return this.exchange(this.send(channel, type, content, extras), type)
  }

  /** Runs a cell, by default as a notebook does. */
  execute(code: string, options: JsonObject = {}, extras?: Extras): Promise<Exchange> {
    return this.exchange(this.startCell(code, options, extras), 'execute_request')
  }

  /** Sends a cell and returns the id of the request. */
  startCell(code: string, options: JsonObject = {}, extras?: Extras): string {
    const defaults = {
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    }
    return this.send('shell', 'execute_request', { code, ...defaults, ...options }, extras)
  }

  /** Everything about a request that was sent before, once it is over. */
  async exchange(id: string, type = 'a request'): Promise<Exchange> {
    const reply = await this.reply(id, type)
    const isEnd = ({ type, content }: Message) => type === 'status' && content.execution_state === 'idle'
    await this.published(id, isEnd, `the idle status after ${type}`)
    return { id, reply, published: this.about(id) }
  }

  /** The reply to a request, once it is there. */
  reply(id: string, type = 'a request'): Promise<Message> {
    return this.#until(
      () =>
        this.#received.find(
          ({ channel, type, parentId }) =>
            parentId === id && channel !== 'iopub' && channel !== 'stdin' && type.endsWith('_reply'),
        ),
      `the reply to ${type}`,
    )
  }

  /** The first message of some kind that is published about a request. */
  published(id: string, is: (message: Message) => boolean, what: string): Promise<Message> {
    return this.heard('iopub', (message) => message.parentId === id && is(message), what)
  }

  /** The first message of some kind on a channel, whatever it is about. */
  heard(channel: Heard, is: (message: Message) => boolean, what: string): Promise<Message> {
    return this.#until(
      () => this.#received.find((message) => message.channel === channel && is(message)),
      what,
    )
  }

  /** What has been published about a request so far. */
  about(id: string): readonly Message[] {
    return this.#received.filter(({ channel, parentId }) => channel === 'iopub' && parentId === id)
  }

  /** Whether a request has had its reply. */
  hasReply(id: string): boolean {
    return this.#received.some(
      ({ channel, type, parentId }) => channel !== 'iopub' && parentId === id && type.endsWith('_reply'),
    )
  }

  /** Sends bytes to the heartbeat, and returns what comes back. */
  async beat(bytes: string): Promise<string> {
    const socket = new Request({ linger: 0 })
    this.#heartbeats.push(socket)
    socket.connect(this.#connection.address('hb'))
    await socket.send(bytes)
    const [answer] = await this.#while(socket.receive(), 'the echo of the heartbeat')
    return `${answer}`
  }

  /** Ends the kernel by force, and what it started. */
  async end(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#kill()
    await this.#exit
    this.#failAll('it was ended')
    this.#callOffExit()
    for (const socket of [...Object.values(this.#sockets), this.#iopub, ...this.#heartbeats]) socket.close()
    this.#connection.remove()
  }

  #kill(): void {
    const { pid } = this.#process
    if (pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      // It and all it started are gone.
    }
  }

  #failAll(reason: string): void {
    for (const waiter of [...this.#waiters])
      waiter.fail(new Error(`${reason}, and ${waiter.what} did not come`))
  }

  async #listen(channel: Heard, socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decode(frames, this.#connection.key)
        if (message === null) continue
        this.#received.push({ ...message, channel })
        for (const waiter of [...this.#waiters]) if (waiter.look()) this.#waiters.delete(waiter)
      }
    } catch (error) {
      if (!this.#isClosed) this.#failAll(`its messages cannot be read (${error})`)
    }
  }

  #until<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        what,
        look() {
          const found = find()
          if (found !== undefined) resolve(found)
          return found !== undefined
        },
        fail: (error) => {
          this.#waiters.delete(waiter)
          reject(error)
        },
      }
      if (waiter.look()) return
      if (this.#isDrained || this.#isClosed) {
        reject(new Error(`its process ended (${this.#ended}), and ${what} did not come`))
        return
      }
      this.#waiters.add(waiter)
    })
  }

  /** Names a wait on a socket of its own. */
  #while<T>(work: Promise<T>, what: string): Promise<T> {
    let found: T | undefined
    const waited = this.#until(() => found, what)
    work.then(
      (value) => {
        found = value
        for (const waiter of [...this.#waiters]) if (waiter.look()) this.#waiters.delete(waiter)
      },
      () => {}, // closed with the kernel
    )
    return waited
  }

  /** A kernel may answer before it knows this subscriber, so that it is ready once it also published. */
  async #untilReady(): Promise<void> {
    const ready = this.heard('iopub', ({ type }) => type === 'status', 'a status')
    const replied = this.heard('shell', ({ type }) => type === 'kernel_info_reply', 'the first reply')
    let isReady = false
    const both = Promise.all([ready, replied]).then(() => {
      isReady = true
    })
    while (!isReady) {
      const id = this.send('shell', 'kernel_info_request', {})
      await Promise.race([both, delay(READY_POLL_MILLISECONDS)])
      if (isReady) await this.reply(id, 'kernel_info_request')
    }
  }
}
