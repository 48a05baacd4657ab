/**
 * What each cell of a notebook showed when it last ran, or shows so far, kept for pages that were not there: one that was loaded anew
 * while a cell ran asks for it by a comm with the target `thesis.executions`.
 *
 * @import { KeptExecution, Message, MessageHeader } from './kernel-types.js'
 */

const TARGET = 'thesis.executions'

/** Of a stream, its last characters. */
const MOST_CHARACTERS = 1_000_000

/** Messages that show an output of their own. */
const OUTPUTS = new Set(['display_data', 'execute_result', 'stream', 'error'])

class KeptExecutions {
  /** @type {Map<string, KeptExecution>} by cell */
  #ofCell = new Map()
  /** @type {Map<string, KeptExecution>} by request */
  #ofRequest = new Map()
  /** Those whose outputs go once they show another one. @type {WeakSet<KeptExecution>} */
  #toClear = new WeakSet()

  /**
   * A request to run a cell has come.
   * @param {Message} request
   */
  requested({ header, metadata, content }) {
    const { cellId: cell } = /** @type {{cellId?: string}} */ (metadata ?? {})
    if (header.msg_type !== 'execute_request' || cell === undefined || content.silent === true) return
    this.#ofRequest.delete(this.#ofCell.get(cell)?.request ?? '')
    /** @type {KeptExecution} */
    const kept = {
      cell,
      request: header.msg_id,
      session: header.session,
      code: String(content.code),
      state: 'waiting',
      count: null,
      hasFailed: false,
      outputs: [],
    }
    this.#ofCell.set(cell, kept)
    this.#ofRequest.set(kept.request, kept)
  }

  /**
   * A message goes out to all pages.
   * @param {Message} message
   */
  published({ header: { msg_type: type }, parent, content }) {
    if (type === 'update_display_data') return this.#update(content)
    const { msg_id: request = '' } = /** @type {Partial<MessageHeader>} */ (parent)
    const kept = this.#ofRequest.get(request)
    if (!kept) return
    if (type === 'execute_input') Object.assign(kept, { state: 'running', count: content.execution_count })
    else if (type === 'status' && content.execution_state === 'idle') kept.state = 'ended'
    else if (type === 'clear_output') {
      if (content.wait) this.#toClear.add(kept)
      else kept.outputs = []
    } else if (OUTPUTS.has(type)) this.#show(kept, type, content)
  }

  list() {
    return [...this.#ofCell.values()]
  }

  /** @param {KeptExecution} kept @param {string} type @param {Record<string, unknown>} content */
  #show(kept, type, content) {
    if (this.#toClear.delete(kept)) kept.outputs = []
    if (type === 'error') kept.hasFailed = true
    const last = kept.outputs.at(-1)
    if (type === 'stream' && last?.type === 'stream' && last.content.name === content.name) {
      const text = `${last.content.text}${content.text}`
      last.content = { ...last.content, text: text.slice(-MOST_CHARACTERS) }
    } else kept.outputs.push({ type, content })
  }

  /** @param {Record<string, unknown>} content */
  #update(content) {
    const id = displayOf(content)
    if (id === undefined) return
    for (const { outputs } of this.#ofCell.values())
      for (const output of outputs) if (displayOf(output.content) === id) output.content = content
  }
}

/** @param {Record<string, unknown>} content @returns {string | undefined} */
const displayOf = (content) =>
  /** @type {{display_id?: string} | undefined} */ (content.transient)?.display_id

module.exports = { KeptExecutions, TARGET }
