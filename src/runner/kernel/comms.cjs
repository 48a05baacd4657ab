/**
 * Jupyter's comms: channels between a cell's output in the browser and code in this kernel, on which widgets are built.
 *
 * `globalThis[Symbol.for('thesis.comms')]` exists in this kernel only. It has two methods:
 *
 *     open({ target, data, metadata, buffers, onMessage, onClose }): { id, send(data, buffers), close() }
 *     register(target, onOpen): () => void
 *
 * The first tells the browser of a new comm; the second calls `onOpen(comm, data)` for each comm that the browser opens with that
 * target, until what it returned is called; `onOpen` returns `{ onMessage, onClose }`. `onMessage(data, buffers)` is called for every message from there, when no cell runs: it must
 * return soon, and start work that takes longer in the background. A comm ends when its cell runs again, when the browser
 * closes it, or by `close()`, and its `onClose` is called once; what is sent after that goes nowhere.
 */
const { randomUUID } = require('node:crypto')

/**
 * @import { Comm, CommContent, CommOpened, CommRequest, Publish } from './kernel-types.js'
 * @typedef {Pick<CommRequest, 'target' | 'onMessage' | 'onClose'> & {owner: string | undefined}} OpenComm
 */

const COMMS = Symbol.for('thesis.comms')

/**
 * @param {Publish} publish sends a message about the request that is being answered, or else the cell that ran last
 * @param {(text: string) => void} log
 */
const createComms = (publish, log) => {
  /** @type {Map<string, OpenComm>} */
  const open = new Map()
  /**
   * The cell, by the browser's name for it, whose outputs new comms belong to.
   * @type {string | undefined}
   */
  let owner

  /** @type {Map<string, CommOpened>} */
  const targets = new Map()

  /** @param {string} id */
  const forget = (id) => {
    const comm = open.get(id)
    if (!comm) return
    open.delete(id)
    attempt(() => comm.onClose?.())
  }
  /** @param {string} id */
  const close = (id) => {
    if (open.has(id)) publish('comm_close', { comm_id: id, data: {} })
    forget(id)
  }
  /**
   * A handler that throws must not end the kernel; no cell waits for it either.
   * @param {() => void} handler
   */
  const attempt = (handler) => {
    try {
      handler()
    } catch (error) {
      log(`The handler of a comm failed: ${error instanceof Error ? error.stack : error}\n`)
    }
  }

  /**
   * @param {string} id
   * @returns {Comm}
   */
  const commOf = (id) => ({
    id,
    send: (data, buffers) => {
      if (open.has(id)) publish('comm_msg', { comm_id: id, data }, undefined, buffers)
    },
    close: () => close(id),
  })

  Reflect.set(globalThis, COMMS, {
    /**
     * @param {CommRequest} request
     * @returns {Comm}
     */
    open({ target, data, metadata, buffers, onMessage, onClose }) {
      const id = randomUUID().replaceAll('-', '')
      open.set(id, { target, owner, onMessage, onClose })
      publish('comm_open', { comm_id: id, target_name: target, data }, metadata, buffers)
      return commOf(id)
    },
    /**
     * @param {string} target
     * @param {CommOpened} onOpen
     */
    register(target, onOpen) {
      targets.set(target, onOpen)
      return () => {
        if (targets.get(target) === onOpen) targets.delete(target)
      }
    },
  })

  /**
   * @param {string} id
   * @param {CommContent} content
   * @param {readonly Uint8Array[]} buffers
   */
  const accept = (id, { target_name: target = '', data = {} }, buffers) => {
    const onOpen = targets.get(target)
    // Where nothing listens, the browser would else wait for an answer.
    if (!onOpen) return publish('comm_close', { comm_id: id, data: {} })
    attempt(() => {
      open.set(id, { target, owner, onMessage: undefined, onClose: undefined })
      const { onMessage, onClose } = onOpen(commOf(id), data, buffers) ?? {}
      open.set(id, { target, owner, onMessage, onClose })
    })
  }

  return {
    /**
     * A cell is about to run: what its earlier outputs, and those of cells that are gone, were connected to ends.
     * @param {string | undefined} cellId
     * @param {readonly string[]} [deletedCells]
     */
    cellStarts(cellId, deletedCells = []) {
      owner = cellId
      const gone = new Set([...deletedCells, ...(cellId === undefined ? [] : [cellId])])
      for (const [id, comm] of [...open]) if (comm.owner !== undefined && gone.has(comm.owner)) close(id)
    },
    /**
     * The content of a comm_info_reply: the open comms, all or those of a target.
     * @param {{target_name?: string}} request
     */
    info({ target_name: wanted }) {
      const listed = [...open].filter(([, { target }]) => !wanted || target === wanted)
      return { comms: Object.fromEntries(listed.map(([id, { target }]) => [id, { target_name: target }])) }
    },
    /**
     * Takes a message of the browser.
     * @param {string} type
     * @param {CommContent} content
     * @param {readonly Uint8Array[]} buffers
     */
    receive(type, content, buffers) {
      const { comm_id: id, data = {} } = content
      const comm = open.get(id)
      if (type === 'comm_close') forget(id)
      else if (type === 'comm_msg' && comm) attempt(() => comm.onMessage?.(data, buffers))
      else if (type === 'comm_open') accept(id, content, buffers)
    },
  }
}

module.exports = { createComms }
