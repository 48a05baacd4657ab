import { type Json, type JsonObject, objectField, textField } from './json.js'

/** Text that a cell wrote. */
export interface StreamOutput {
  readonly output_type: 'stream'
  readonly name: string
  readonly text: string
}

/** Something shown, by MIME type. */
export interface DisplayOutput {
  readonly output_type: 'display_data'
  readonly data: JsonObject
  readonly metadata: JsonObject
}

/** The value of a cell's last expression, by MIME type. */
export interface ResultOutput {
  readonly output_type: 'execute_result'
  readonly data: JsonObject
  readonly metadata: JsonObject
  readonly execution_count: number | null
}

/** How a cell failed; the traceback shows TypeScript lines. */
export interface ErrorOutput {
  readonly output_type: 'error'
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

/** An output as nbformat 4 stores it, with text as one string. */
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput

type ShownOutput = DisplayOutput | ResultOutput

/** The outputs of one cell, as messages arrive. */
export class CellOutputs {
  readonly #displays: DisplayRegistry
  #outputs: { current: Output }[] = []
  #clearBeforeNext = false

  /** @param displays what all cells of a notebook showed, since a later cell may update it */
  constructor(displays: DisplayRegistry) {
    this.#displays = displays
  }

  /** Takes one message of Jupyter's iopub channel; other types than outputs are ignored. */
  receive(type: string, content: JsonObject): void {
    this.#receivers[type]?.(content)
  }

  readonly #receivers: Readonly<Record<string, (content: JsonObject) => void>> = {
    stream: (content) => this.#addText(textField(content, 'name'), textField(content, 'text')),
    display_data: (content) =>
      this.#addShown({ output_type: 'display_data', ...shownContent(content) }, displayId(content)),
    execute_result: (content) =>
      this.#addShown(
        { output_type: 'execute_result', ...shownContent(content), execution_count: count(content) },
        displayId(content),
      ),
    update_display_data: (content) => this.#displays.update(displayId(content) ?? '', shownContent(content)),
    error: (content) => this.add(errorOutput(content)),
    clear_output: (content) => {
      this.#clearBeforeNext = content.wait === true
      if (!this.#clearBeforeNext) this.#outputs = []
    },
  }

  /** Adds an output of the runner's own. */
  add(output: Output): void {
    this.#slot(output)
  }

  /** The errors among the outputs. */
  get errors(): readonly ErrorOutput[] {
    return this.list.filter((output) => output.output_type === 'error')
  }

  /** The outputs so far, with text that carriage returns overwrote left out. */
  get list(): readonly Output[] {
    return this.#outputs.map(({ current }) =>
      current.output_type === 'stream' ? { ...current, text: withoutOverwritten(current.text) } : current,
    )
  }

  #slot(output: Output): { current: Output } {
    if (this.#clearBeforeNext) this.#outputs = []
    this.#clearBeforeNext = false
    const slot = { current: output }
    this.#outputs.push(slot)
    return slot
  }

  #addText(name: string, text: string): void {
    const last = this.#clearBeforeNext ? undefined : this.#outputs.at(-1)
    if (last?.current.output_type === 'stream' && last.current.name === name) {
      last.current = { ...last.current, text: last.current.text + text }
    } else this.#slot({ output_type: 'stream', name, text })
  }

  #addShown(output: ShownOutput, id: string | undefined): void {
    const slot = this.#slot(output)
    if (id === undefined) return
    this.#displays.add(id, (content) => {
      slot.current = { ...output, ...content }
    })
  }
}

type ShownContent = Pick<DisplayOutput, 'data' | 'metadata'>

/** Where each display id of a notebook was shown. */
export class DisplayRegistry {
  readonly #places = new Map<string, ((content: ShownContent) => void)[]>()

  add(displayId: string, replace: (content: ShownContent) => void): void {
    this.#places.set(displayId, [...(this.#places.get(displayId) ?? []), replace])
  }

  update(displayId: string, content: ShownContent): void {
    for (const replace of this.#places.get(displayId) ?? []) replace(content)
  }
}

const WIDGET_VIEW = 'application/vnd.jupyter.widget-view+json'

/** A widget's view is nothing without the kernel, which ends with the run; what the output has beside it stays. */
const shownContent = (content: JsonObject): ShownContent => {
  const { [WIDGET_VIEW]: _, ...data } = objectField(content, 'data')
  return { data, metadata: objectField(content, 'metadata') }
}

const displayId = (content: JsonObject): string | undefined => {
  const { display_id: id } = objectField(content, 'transient')
  return typeof id === 'string' ? id : undefined
}

const count = (content: JsonObject): number | null =>
  typeof content.execution_count === 'number' ? content.execution_count : null

/** The output that an `error` message or a failed reply describes. */
export const errorOutput = (content: JsonObject): ErrorOutput => ({
  output_type: 'error',
  ename: textField(content, 'ename'),
  evalue: textField(content, 'evalue'),
  traceback: textLines(content.traceback),
})

const textLines = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((line) => typeof line === 'string') : []

const withoutOverwritten = (text: string): string =>
  text.includes('\r') ? text.replaceAll('\r\n', '\n').replace(/^[^\n]*\r(?=[^\n])/gm, '') : text
