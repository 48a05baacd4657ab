/** The part of JupyterLab's own application object that the tests read; LabApp.expose_app_in_browser puts it there. */
export interface JupyterApp {
  readonly restored: Promise<void>
  readonly commands: { execute(command: string, args?: object): Promise<unknown> }
  readonly shell: { readonly currentWidget: NotebookPanel | null }
}

export interface NotebookPanel {
  readonly content: { readonly widgets: readonly NotebookCell[]; activeCellIndex: number }
  readonly sessionContext?: {
    readonly session: {
      readonly kernel: { readonly name: string; readonly status: string; readonly id: string } | null
    } | null
    shutdown(): Promise<void>
  }
}

export interface NotebookCell {
  readonly node: HTMLElement
  readonly model: {
    readonly type: string
    readonly executionCount?: number | null
    /** "running" from when a cell is queued until its reply. */
    readonly executionState?: string
    readonly sharedModel: { readonly id: string; getSource(): string }
    readonly outputs?: { toJSON(): readonly CellOutput[] }
  }
}

/** An output as nbformat has it. */
export interface CellOutput {
  readonly output_type: string
  readonly ename?: string
  readonly evalue?: string
  readonly traceback?: readonly string[]
  readonly text?: string | readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** How a code cell stands. */
export interface CellState {
  readonly id: string
  readonly count: number | null
  readonly isRunning: boolean
  readonly outputs: readonly CellOutput[]
}

declare global {
  interface Window {
    readonly jupyterapp: JupyterApp | undefined
  }
}
