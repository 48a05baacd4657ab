import { sayAt, unsayAt } from './cell-note.js'
import type { Execution, ShownOutput } from './execution.js'
import type { Cell, Future, Message } from './jupyter.js'

const words = {
  waiting: 'This cell was started before the page was loaded, and waits for its turn.',
  running: 'This cell was running before the page was loaded, and goes on.',
  ended: 'This cell went on while the page was loaded anew, and has finished.',
  failed: 'This cell went on while the page was loaded anew, and has ended with an error.',
  other: ' Its code was another then, which was not saved.',
} as const

/** A cell of this page whose execution another page asked for: it shows what that shows, until the reader runs it again. */
export class AdoptedCell {
  readonly #cell: Cell
  readonly #execution: Execution
  /** What JupyterLab listens to; null where the cell shows all already. */
  readonly #future: Future | null
  #count: number | null
  #isOver: boolean
  #hasFailed: boolean
  #isGone = false

  constructor(cell: Cell, execution: Execution) {
    this.#cell = cell
    this.#execution = execution
    this.#count = execution.count
    this.#hasFailed = execution.hasFailed
    this.#isOver = execution.state === 'ended'
    const isSaved = this.#isOver && cell.model.executionCount === execution.count
    this.#future = isSaved || !cell.outputArea ? null : this.#listen(cell.outputArea)
    if (!this.#future) return
    for (const output of execution.outputs) this.#future.onIOPub(messageOf(output))
    if (this.#isOver) this.#end()
    else {
      cell.model.executionCount = null
      cell.model.executionState = 'running'
      this.#say(execution.state)
    }
  }

  /** Takes what its execution publishes. */
  take(message: Message): void {
    if (this.#isGone || this.#isOver || !this.#future) return
    const { content, header } = message
    if (header.msg_type === 'execute_input') {
      this.#count = Number(content.execution_count)
      this.#say('running')
    } else if (header.msg_type === 'status') {
      if (content.execution_state === 'idle') this.#end()
    } else {
      if (header.msg_type === 'error') this.#hasFailed = true
      this.#future.onIOPub(message)
    }
  }

  /** Takes an update of a display, which may be one of its own, also after its end. */
  update(message: Message): void {
    if (this.#isGone) return
    if (this.#future) this.#future.onIOPub(message)
    else {
      const { outputs } = this.#cell.model
      const id = displayOf(message.content)
      if (outputs?.length !== this.#execution.outputs.length || id === undefined) return
      for (const [i, { content }] of this.#execution.outputs.entries())
        if (displayOf(content) === id) outputs.set(i, { ...message.content, output_type: 'display_data' })
    }
  }

  #listen(area: NonNullable<Cell['outputArea']>): Future {
    const future: Future = {
      msg: { header: { msg_id: this.#execution.request } },
      done: new Promise(() => {}),
      onIOPub: () => {},
      onReply: () => {},
      onStdin: () => {},
      // The reader runs the cell again, or the page closes.
      dispose: () => {
        this.#isGone = true
        unsayAt(this.#cell)
      },
    }
    this.#cell.model.trusted = true
    area.future = future
    return future
  }

  #end(): void {
    this.#isOver = true
    this.#cell.model.executionState = 'idle'
    this.#cell.model.executionCount = this.#count
    this.#say(this.#hasFailed ? 'failed' : 'ended')
  }

  #say(word: Exclude<keyof typeof words, 'other'>): void {
    const isOther = this.#execution.code.trim() !== this.#cell.model.sharedModel.getSource().trim()
    sayAt(this.#cell, words[word] + (isOther ? words.other : ''))
  }
}

const messageOf = ({ type, content }: ShownOutput): Message => ({
  channel: 'iopub',
  header: { msg_type: type },
  parent_header: {},
  content,
})

const displayOf = (content: Readonly<Record<string, unknown>>): string | undefined =>
  (content.transient as { display_id?: string } | undefined)?.display_id
