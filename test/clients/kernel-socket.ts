import { randomUUID } from 'node:crypto'
import { JSDOM } from 'jsdom'
import { isJsonObject, type JsonObject, objectField, parseJson, textField } from '../../src/runner/json.js'

/** How messages travel: as JSON, or in the binary form of newer front ends, VS Code's among them. */
export type Subprotocol = 'default' | 'v1.kernel.websocket.jupyter.org'

export interface SocketMessage {
  readonly channel: string
  readonly type: string
  readonly parentId: string
  readonly content: JsonObject
}

/** What a cell gave: its reply, and what was published until it was over. */
export interface CellRun {
  readonly reply: JsonObject
  readonly published: readonly SocketMessage[]
}

/** The channels of a kernel that a Jupyter server runs, as a front end has them. */
export class KernelSocket {
  readonly #socket: WebSocket
  readonly #subprotocol: Subprotocol
  readonly #session = randomUUID()
  readonly #received: SocketMessage[] = []
  #look = () => {}

  static async connect(address: URL, subprotocol: Subprotocol): Promise<KernelSocket> {
    // Node 20 has no WebSocket of its own; jsdom's names the server as its origin, which the server demands.
    const { window } = new JSDOM('', { url: `http://${address.host}/` })
    const protocols = subprotocol === 'default' ? [] : [subprotocol]
    const socket = new window.WebSocket(address.href, protocols)
    socket.binaryType = 'arraybuffer'
    const kernel = new KernelSocket(socket, subprotocol)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = () => reject(new Error(`${address.pathname} cannot be connected to`))
    })
    return kernel
  }

  private constructor(socket: WebSocket, subprotocol: Subprotocol) {
    this.#socket = socket
    this.#subprotocol = subprotocol
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#received.push(typeof data === 'string' ? fromJson(data) : fromBinary(Buffer.from(data)))
      this.#look()
    }
  }

  /** The subprotocol that the server chose; empty for the default one. */
  get chosen(): string {
    return this.#socket.protocol
  }

  /** Runs a cell to its end. */
  async execute(code: string): Promise<CellRun> {
    const id = this.#send('execute_request', {
      ...{ code, silent: false, store_history: true, user_expressions: {} },
      ...{ allow_stdin: false, stop_on_error: true },
    })
    const about = () => this.#received.filter(({ parentId }) => parentId === id)
    const reply = () => about().find(({ type }) => type === 'execute_reply')
    const isOver = () => about().some(({ content }) => content.execution_state === 'idle')
    await this.#until(() => reply() !== undefined && isOver())
    return { reply: reply()!.content, published: about().filter(({ channel }) => channel === 'iopub') }
  }

  close(): void {
    this.#socket.close()
  }

  #send(type: string, content: JsonObject): string {
    const id = randomUUID()
    const date = new Date().toISOString()
    const header = { msg_id: id, msg_type: type, session: this.#session, username: '', date, version: '5.4' }
    const parts = { channel: 'shell', header, parent_header: {}, metadata: {}, content, buffers: [] }
    this.#socket.send(this.#subprotocol === 'default' ? JSON.stringify(parts) : toBinary(header, content))
    return id
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere())
      await new Promise<void>((resolve) => {
        this.#look = resolve
      })
  }
}

const messageOf = (channel: string, header: JsonObject, parent: JsonObject, content: JsonObject) => ({
  channel,
  type: textField(header, 'msg_type'),
  parentId: textField(parent, 'msg_id'),
  content,
})

function fromJson(text: string): SocketMessage {
  const message = parseJson(text)
  if (!isJsonObject(message)) throw new Error(`no message: ${text}`)
  const [header, parent, content] = ['header', 'parent_header', 'content'].map((key) =>
    objectField(message, key),
  )
  return messageOf(textField(message, 'channel'), header!, parent!, content!)
}

/** The number of offsets and the offsets, 64 bits each, then the parts between them: channel, header, parent, metadata, content. */
function toBinary(header: JsonObject, content: JsonObject): ArrayBuffer {
  const parts = ['shell', ...[header, {}, {}, content].map((part) => JSON.stringify(part))].map((part) =>
    Buffer.from(part),
  )
  const head = new BigUint64Array(parts.length + 2)
  head[0] = BigInt(parts.length + 1)
  let offset = head.byteLength
  for (const [i, part] of [...parts, Buffer.alloc(0)].entries()) {
    head[i + 1] = BigInt(offset)
    offset += part.length
  }
  const bytes = Buffer.concat([Buffer.from(head.buffer), ...parts])
  return new Uint8Array(bytes).buffer
}

function fromBinary(bytes: Buffer): SocketMessage {
  const offsets = Array.from({ length: Number(bytes.readBigUInt64LE(0)) }, (_, i) =>
    Number(bytes.readBigUInt64LE(8 * (i + 1))),
  )
  const [channel, header, parent, , content] = offsets.map((offset, i) =>
    bytes.subarray(offset, offsets[i + 1]).toString(),
  )
  const parsed = (text = '{}') => {
    const value = parseJson(text)
    return isJsonObject(value) ? value : {}
  }
  return messageOf(channel!, parsed(header), parsed(parent), parsed(content))
}
