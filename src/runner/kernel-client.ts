import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Dealer, Request, Subscriber } from 'zeromq'
import { atExit } from './at-exit.js'
import { type Connection, createConnection, type Transport } from './connection.js'
import type { JsonObject } from './json.js'
import { decodeMessage, encodeRequest, type JupyterMessage } from './jupyter-message.js'
import type { KernelSpec } from './kernel-spec.js'

/** The kernel ended or stopped answering; the message says how. */
export class KernelLostError extends Error {
  override readonly name = 'KernelLostError'
}

export interface KernelOptions {
  readonly spec: KernelSpec
  /** The working folder, from which cells import. */
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** Seconds until a kernel that does not come up is given up; 120 by default. */
  readonly startSeconds?: number
  /** Seconds without an answer to the heartbeat until a kernel counts as lost; 30 by default. */
  readonly heartbeatSeconds?: number
  readonly transport?: Transport
}

/** Receives the messages about one request, also those that come after its end. */
export type MessageSink = (message: JupyterMessage) => void

/** What a request to run a cell may say beside its code. */
export interface ExecuteRequest {
  readonly silent?: boolean
  readonly store_history?: boolean
  readonly stop_on_error?: boolean
  readonly user_expressions?: JsonObject
  /** Is asked for input; without it nobody can be asked. */
  readonly answer?: Answer
}

/** Gives the line that a cell asks for; undefined for none, for which the cell goes on waiting. */
export type Answer = (prompt: string) => string | undefined

interface Pending {
  reply?: JupyterMessage
  isIdle: boolean
  readonly settle: () => void
  readonly fail: (error: Error) => void
}

const START_POLL_MILLISECONDS = 100
// A foreign kernel may lose the message that ends a request; its reply came all the same.
const IDLE_PATIENCE_MILLISECONDS = 5000
const LAST_WORDS_MILLISECONDS = 150
const LOG_CHARACTERS = 4000

/** A running kernel, spoken to by Jupyter's messaging protocol. */
export class KernelClient {
  readonly #spec: KernelSpec
  readonly #process: ChildProcess
  readonly #connection: Connection
  readonly #session = randomUUID()
  // The kernel asks for input by the name under which it was asked.
  readonly #shell = new Dealer({
    linger: 0,
    sendTimeout: 0,
    sendHighWaterMark: 0,
    routingId: this.#session,
  })
  readonly #control = new Dealer({ linger: 0, sendTimeout: 0, sendHighWaterMark: 0 })
  readonly #stdin = new Dealer({ linger: 0, routingId: this.#session })
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 })
  readonly #heartbeat = new Request({ linger: 0 })
  readonly #pending = new Map<string, Pending>()
  readonly #sinks = new Map<string, MessageSink>()
  readonly #exited: Promise<void>
  readonly #callOffExit: () => void
  #killed: Promise<void> | undefined
  #answer: Answer | undefined
  #log = ''
  #lost: KernelLostError | undefined
  #isClosed = false
  #hasExited = false

  /** Starts a kernel and waits until it answers. Throws KernelLostError with the kernel's own words if it does not. */
  static async start(options: KernelOptions): Promise<KernelClient> {
    const client = new KernelClient(options, await createConnection(options.transport))
    try {
      await client.#untilReady((options.startSeconds ?? 120) * 1000)
      client.#watchHeartbeat((options.heartbeatSeconds ?? 30) * 1000)
      return client
    } catch (error) {
      await client.kill()
      throw error
    }
  }

  private constructor({ spec, folder, env }: KernelOptions, connection: Connection) {
    this.#spec = spec
    this.#connection = connection
    const [command = '', ...args] = spec.argv.map((part) =>
      part.replaceAll('{connection_file}', connection.file),
    )
    this.#process = spawn(command, args, {
      cwd: folder,
      // The kernel ends itself when the process of this id is gone.
      env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...spec.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a group of its own, Ctrl-C reaches the runner alone, which then interrupts the cell.
      detached: process.platform !== 'win32',
    })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_CHARACTERS)
      })
    }
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => {
        this.#hasExited = true
        this.#lose(`it cannot be started: ${error.message}`)
        resolve()
      })
      this.#process.once('exit', (code, signal) => {
        this.#hasExited = true
        resolve()
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`
        // What it sent before its end is still on the way.
        setTimeout(() => this.#lose(`its process ended (${how})`), LAST_WORDS_MILLISECONDS)
      })
    })
    this.#callOffExit = atExit(() => {
      this.#killProcess()
      connection.remove()
    })
    this.#shell.connect(connection.address('shell'))
    this.#control.connect(connection.address('control'))
    this.#stdin.connect(connection.address('stdin'))
    this.#iopub.connect(connection.address('iopub'))
    this.#iopub.subscribe()
    this.#heartbeat.connect(connection.address('hb'))
    this.#receive(this.#shell)
    this.#receive(this.#control)
    this.#receive(this.#iopub)
    this.#receive(this.#stdin)
  }

  /**
   * Runs code as one cell; `sink` gets everything it publishes. Resolves with the content of the reply.
   *
   * @param options what else the request says, in the words of Jupyter's protocol, and `answer`, which is asked for input
   */
  async execute(
    code: string,
    sink: MessageSink,
    { answer, ...options }: ExecuteRequest = {},
  ): Promise<JsonObject> {
    const content = {
      code,
      silent: false,
      store_history: true,
      allow_stdin: answer !== undefined,
      stop_on_error: true,
      user_expressions: {},
      ...options,
    }
    this.#answer = answer
    const reply = await this.#request(this.#shell, 'execute_request', content, sink)
    return reply.content
  }

  /** Sends another request of the shell channel, such as `kernel_info_request`, and resolves with the reply's content. */
  async ask(type: string, content: JsonObject = {}): Promise<JsonObject> {
    return (await this.#request(this.#shell, type, content)).content
  }

  /** Sends a request of the control channel, which is answered while a cell runs too. */
  async control(type: string, content: JsonObject = {}, sink?: MessageSink): Promise<JsonObject> {
    return (await this.#request(this.#control, type, content, sink)).content
  }

  /** Sends a message that has no reply, such as `comm_msg`, and resolves when it was taken; `sink` gets what is published about it. */
  tell(type: string, content: JsonObject, sink: MessageSink = () => {}): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost)
    const { id, frames } = encodeRequest(type, content, { key: this.#connection.key, session: this.#session })
    this.#sinks.set(id, sink)
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        isIdle: false,
        settle: () => {
          this.#pending.delete(id)
          resolve()
        },
        fail: (error) => {
          this.#pending.delete(id)
          reject(error)
        },
      }
      this.#pending.set(id, pending)
      this.#shell.send(frames).catch(pending.fail)
    })
  }

  /** The id of the kernel's process. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Asks the running cell to end. */
  interrupt(): void {
    if (this.#hasExited) return
    if (this.#spec.interruptMode === 'signal') this.#process.kill('SIGINT')
    else this.#request(this.#control, 'interrupt_request', {}).catch(() => {})
  }

  /** Ends the kernel in good order, and by force if it takes longer than the seconds given. */
  async shutdown(patienceSeconds = 5): Promise<void> {
    if (!this.#lost && !this.#hasExited) {
      this.#request(this.#control, 'shutdown_request', { restart: false }).catch(() => {})
      await Promise.race([this.#exited, delay(patienceSeconds * 1000, undefined, { ref: false })])
    }
    await this.kill()
  }

  /** Ends the kernel, and what it started, at once; does nothing for one that has ended. */
  async kill(): Promise<void> {
    this.#killed ??= this.#end()
    await this.#killed
  }

  async #end(): Promise<void> {
    this.#isClosed = true
    this.#killProcess()
    await this.#exited
    this.#callOffExit()
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat])
      socket.close()
    this.#connection.remove()
    this.#lose('it was ended')
  }

  readonly #killProcess = (): void => {
    const { pid } = this.#process
    if (this.#hasExited || pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      this.#process.kill('SIGKILL')
    }
  }

  #lose(reason: string): void {
    if (this.#lost) return
    const log = this.#log.trim()
    this.#lost = new KernelLostError(
      `The kernel is lost: ${reason}.${log ? `\nIts last words:\n${log}` : ''}`,
    )
    for (const { fail } of [...this.#pending.values()]) fail(this.#lost)
  }

  async #untilReady(milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds
    let isReady = false
    while (!isReady) {
      // The kernel may answer before it knows that this client listens to what it publishes, so that the answer
      // counts only together with the published status.
      let published = false
      const asked = this.#request(
        this.#shell,
        'kernel_info_request',
        {},
        () => {
          published = true
        },
        START_POLL_MILLISECONDS,
      )
      const left = Math.max(0, deadline - Date.now())
      const late = delay(left, 'late' as const, { ref: false })
      if ((await Promise.race([asked, late])) === 'late') {
        asked.catch(() => {})
        throw new KernelLostError(
          `The kernel did not start within ${milliseconds / 1000} s.\n${this.#log.trim()}`,
        )
      }
      isReady = published
    }
  }

  async #receive(socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decodeMessage(frames, this.#connection.key)
        if (message) this.#handle(message)
      }
    } catch (error) {
      if (!this.#isClosed) this.#lose(`its messages cannot be read (${error})`)
    }
  }

  #handle(message: JupyterMessage): void {
    if (message.type === 'input_request') {
      const value = this.#answer?.(String(message.content.prompt ?? ''))
      if (value === undefined) return
      const { frames } = encodeRequest(
        'input_reply',
        { status: 'ok', value },
        { key: this.#connection.key, session: this.#session },
      )
      this.#stdin.send(frames).catch(() => {})
      return
    }
    const pending = this.#pending.get(message.parentId)
    if (message.type.endsWith('_reply')) {
      if (!pending) return
      pending.reply = message
      pending.settle()
      return
    }
    this.#sinks.get(message.parentId)?.(message)
    if (pending && message.type === 'status' && message.content.execution_state === 'idle') {
      pending.isIdle = true
      pending.settle()
    }
  }

  /** Sends a request, and resolves when its reply and the published end of its work both came. */
  #request(
    socket: Dealer,
    type: string,
    content: JsonObject,
    sink: MessageSink = () => {},
    idlePatience = IDLE_PATIENCE_MILLISECONDS,
  ): Promise<JupyterMessage> {
    if (this.#lost) return Promise.reject(this.#lost)
    const { id, frames } = encodeRequest(type, content, { key: this.#connection.key, session: this.#session })
    this.#sinks.set(id, sink)
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined
      const done = (): void => {
        clearTimeout(patience)
        this.#pending.delete(id)
      }
      const pending: Pending = {
        isIdle: false,
        settle: () => {
          const { reply } = pending
          if (!reply) return
          if (!pending.isIdle) {
            patience ??= setTimeout(() => {
              pending.isIdle = true
              pending.settle()
            }, idlePatience)
            return
          }
          done()
          resolve(reply)
        },
        fail: (error) => {
          done()
          reject(error)
        },
      }
      this.#pending.set(id, pending)
      socket.send(frames).catch(pending.fail)
    })
  }

  async #watchHeartbeat(milliseconds: number): Promise<void> {
    // Two waits in a row, since after a sleep of the whole machine the first one ends at once.
    this.#heartbeat.receiveTimeout = milliseconds / 2
    try {
      while (!this.#isClosed && !this.#lost) {
        await this.#heartbeat.send('alive?')
        await this.#heartbeat.receive().catch(() => this.#heartbeat.receive())
        await delay(Math.min(1000, milliseconds / 4), undefined, { ref: false })
      }
    } catch {
      if (!this.#isClosed && !this.#hasExited) {
        this.#lose(`its process is there, but has not answered its heartbeat for ${milliseconds / 1000} s`)
      }
    }
  }
}
