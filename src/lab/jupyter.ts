// The parts of JupyterLab's objects that the extension touches, as far as it touches them.

export interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): boolean
  disconnect(slot: (sender: Sender, args: Args) => void): boolean
}

export interface App {
  readonly restored: Promise<void>
  readonly shell: {
    widgets(area: 'main'): Iterable<unknown>
    readonly layoutModified?: Signal<unknown, unknown>
  }
}

export interface NotebookPanel {
  readonly node: HTMLElement
  readonly isDisposed: boolean
  readonly content: { readonly widgets: readonly Cell[] }
  readonly context: { readonly path: string; readonly ready: Promise<void> }
  readonly sessionContext: {
    readonly session: { readonly kernel: Kernel | null } | null
    readonly kernelChanged: Signal<unknown, unknown>
  }
}

export interface Kernel {
  readonly id: string
  readonly clientId: string
  readonly status: string
  readonly iopubMessage: Signal<Kernel, Message>
  readonly statusChanged: Signal<Kernel, string>
  readonly connectionStatusChanged: Signal<Kernel, string>
  readonly connectionStatus: string
  createComm(target: string): Comm
}

export interface Comm {
  onMsg: (message: Message) => void
  onClose: (message: Message) => void
  readonly isDisposed: boolean
  open(data: object): unknown
  close(): unknown
  dispose(): void
}

export interface Message {
  readonly channel?: string
  readonly header: { readonly msg_type: string; readonly msg_id?: string }
  readonly parent_header: { readonly msg_id?: string; readonly session?: string }
  readonly content: Readonly<Record<string, unknown>>
}

export interface Cell {
  readonly node: HTMLElement
  readonly isDisposed: boolean
  readonly model: {
    readonly type: string
    trusted: boolean
    executionCount?: number | null
    executionState?: string
    readonly sharedModel: { readonly id: string; getSource(): string }
    readonly outputs?: OutputModel
  }
  readonly outputArea?: { future: Future }
}

export interface OutputModel {
  readonly length: number
  readonly changed: Signal<unknown, unknown>
  set(index: number, output: object): void
  toJSON(): readonly SavedOutput[]
}

export interface SavedOutput {
  readonly output_type: string
  readonly metadata?: { readonly thesis?: { readonly progress?: unknown } }
}

/** What an output area listens to while its cell runs. */
export interface Future {
  readonly msg: object
  readonly done: Promise<unknown>
  onIOPub: (message: Message) => void
  onReply: (message: Message) => void
  onStdin: (message: Message) => void
  dispose(): void
}

/** What is shown of an output, in the MIME types that it has. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>
}

/** Lumino's widget, from which JupyterLab takes what it places. */
export interface Widget {
  readonly node: HTMLElement
  readonly isDisposed: boolean
  addClass(name: string): void
  dispose(): void
}

export type WidgetClass = new (options?: { node?: HTMLElement }) => Widget

export const isNotebookPanel = (widget: unknown): widget is NotebookPanel =>
  typeof widget === 'object' &&
  widget !== null &&
  'sessionContext' in widget &&
  'content' in widget &&
  'context' in widget &&
  typeof widget.content === 'object' &&
  widget.content !== null &&
  'widgets' in widget.content
