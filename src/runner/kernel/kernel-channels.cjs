// The sockets of the kernel, by Jupyter's messaging protocol; tslab's messages are read, signed and sent here. The
// heartbeat has a thread of its own, guardian-thread.cjs, which no cell can keep busy.
const { Publisher, Router } = require('zeromq')

/** @import { ConnectionInfo, Message, TslabJupyter } from './kernel-types.js' */

// No limit to waiting messages and no waiting to send: zeromq.js otherwise drops the 513th message of a turn.
const SOCKET_OPTIONS = { sendHighWaterMark: 0, sendTimeout: 0 }

class KernelChannels {
  #connection
  #readMessage
  #iopub = new Publisher(SOCKET_OPTIONS)
  #stdin = new Router(SOCKET_OPTIONS)
  control = new Router(SOCKET_OPTIONS)
  shell = new Router(SOCKET_OPTIONS)

  /**
   * @param {ConnectionInfo} connection
   * @param {TslabJupyter['ZmqMessage']} ZmqMessage tslab's
   */
  constructor(connection, ZmqMessage) {
    this.#connection = connection
    this.#readMessage = (/** @type {readonly Buffer[]} */ frames) =>
      ZmqMessage.fromRaw(connection.key, frames)
  }

  /** Binds the sockets. tslab listens at the same time, and may go deaf when a request is early. */
  async bind() {
    const { transport, ip, iopub_port, stdin_port, control_port, shell_port } = this.#connection
    const address = (/** @type {number} */ port) =>
      `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`
    await this.#iopub.bind(address(iopub_port))
    await this.#stdin.bind(address(stdin_port))
    await this.control.bind(address(control_port))
    await this.shell.bind(address(shell_port))
  }

  /**
   * Takes each message of a socket as it comes.
   * @param {Router} socket
   * @param {(request: Message) => unknown} take
   * @param {(error: unknown) => void} refuse called for what is no message of Jupyter
   */
  async listen(socket, take, refuse) {
    for await (const frames of socket) {
      const request = this.#read(frames, refuse)
      if (request) take(request)
    }
  }

  /**
   * Publishes a message about a request.
   * @param {string} type
   * @param {object} content
   * @param {Message} request
   * @param {object} [metadata]
   */
  publish(type, content, request, metadata = {}) {
    const message = request.createReply()
    message.header.msg_type = type
    message.content = content
    message.metadata = metadata
    message.signAndSend(this.#connection.key, this.#iopub)
  }

  /**
   * Answers a request.
   * @param {Router} socket
   * @param {Message} request
   * @param {object} content
   */
  reply(socket, request, content) {
    const message = request.createReply()
    message.header.msg_type = request.header.msg_type.replace(/_request$/, '_reply')
    message.content = content
    message.signAndSend(this.#connection.key, socket)
  }

  close() {
    for (const socket of [this.#iopub, this.#stdin, this.control, this.shell]) socket.close()
  }

  /**
   * @param {readonly Buffer[]} frames
   * @param {(error: unknown) => void} refuse
   */
  #read(frames, refuse) {
    try {
      return this.#readMessage(frames)
    } catch (error) {
      refuse(error)
      return undefined
    }
  }
}

module.exports = { KernelChannels }
