// The types that the kernel's CommonJS files share; nothing here is left when the kernel runs.
import type { MessagePort } from 'node:worker_threads'
import type ts from 'typescript'

/** The project's compiler, with what it keeps to itself and the kernel needs. */
export type TypeScript = typeof ts & {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void
}

/** A parsed file, with what parsing, binding and module resolution add to it. */
export type BoundSourceFile = ts.SourceFile & {
  readonly locals?: ts.SymbolTable
  readonly imports?: readonly ts.StringLiteralLike[]
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[]
  /** By which a language service knows the file again. */
  version?: string
}

/** A program, with what it keeps to itself. */
export type ResolvingProgram = ts.Program & {
  getResolvedModule(
    file: ts.SourceFile,
    name: string,
    mode: ts.ResolutionMode,
  ): ts.ResolvedModuleWithFailedLookupLocations | undefined
}

/** A language service that writes types out, as the one of this compiler does, though its types do not say so. */
export type ExpandingService = Omit<ts.LanguageService, 'getQuickInfoAtPosition'> & {
  getQuickInfoAtPosition(
    fileName: string,
    position: number,
    maximumLength: number,
    verbosityLevel: number,
  ): ts.QuickInfo | undefined
}

/** Something that keeps a cell from being run; the kernel's own have a word in place of TypeScript's number. */
export interface CellDiagnostic {
  readonly messageText: string
  readonly code: number | string
  readonly fileName?: string | undefined
  readonly start: { readonly line: number; readonly character: number }
}

/** Where a name of earlier cells is declared. */
export interface Declaration {
  /** How other cells import the cell's module. */
  readonly module: string
  readonly symbol: Pick<ts.Symbol, 'flags' | 'valueDeclaration'>
  /** Of a type: the cell of the value that stood beside it, which its module brings too. */
  readonly beside?: string | undefined
  /** Whether a variable has no value yet, though its type has no place for that. */
  isUnset?(): boolean
}

/** The latest declaration of a name, apart for values and for types. */
export interface Meanings {
  readonly value?: Declaration
  readonly type?: Declaration
}

/** What later cells see of earlier ones. */
export type CellScope = Map<string, Meanings>

/** What a cell declares by a name. */
export interface DeclaredName {
  readonly symbol: ts.Symbol
  /** What it brings: of an import, what is imported. */
  readonly meaning: Pick<ts.Symbol, 'flags' | 'valueDeclaration'>
  readonly admitsUndefined: boolean
  /** Whether it is only said to be there, by `declare`. */
  readonly isAmbient: boolean
  /** Whether it is there before its statement has run. */
  readonly isHoisted: boolean
  /** The modules of earlier values of this name that it may stand in for by its type. */
  readonly fits: readonly string[]
}

/** A cell that was type-checked and compiled. */
export interface CompiledCell {
  readonly module: string
  readonly text: string
  readonly output: string
  readonly map: SourceMapText
  readonly names: ReadonlyMap<string, DeclaredName>
  readonly isAsync: boolean
  /** The modules that its statements import. */
  readonly imports: readonly string[]
  /** The cells that its types come from. */
  readonly dependencies: readonly string[]
  /** What it declares for all cells. */
  readonly globals: readonly string[]
}

/** A cell, or what keeps it from being run. */
export interface CheckedCell {
  readonly diagnostics: readonly CellDiagnostic[]
  readonly cell?: CompiledCell
}

/** What tslab's display functions hand over. */
export type DisplayWriter = (data: JsonFields, isUpdate: boolean) => void

/** tslab's module of display functions. */
export interface TslabDisplay {
  readonly version: string
  readonly display: { readonly display: object }
}

/** The fields of a JSON object. */
export type JsonFields = Readonly<Record<string, unknown>>

export interface MessageHeader {
  readonly msg_id: string
  readonly msg_type: string
  readonly session: string
  readonly username: string
  readonly date: string
  readonly version: string
}

/** A message of Jupyter's protocol; the content depends on its type. */
export interface Message {
  readonly identities: readonly Uint8Array[]
  readonly header: MessageHeader
  readonly parent: object
  readonly metadata: object
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is for each type of message to say
  readonly content: Readonly<Record<string, any>>
  readonly buffers: readonly Uint8Array[]
}

/** A cell's last execution, as it is kept for pages that were not there. */
export interface KeptExecution {
  /** The browser's name for the cell. */
  readonly cell: string
  /** The id of the request, and the page that sent it. */
  readonly request: string
  readonly session: string
  readonly code: string
  state: 'waiting' | 'running' | 'ended'
  count: number | null
  hasFailed: boolean
  /** Each output once, as it is now. */
  outputs: { readonly type: string; content: Readonly<Record<string, unknown>> }[]
}

export type SocketName = 'shell' | 'iopub' | 'stdin'

/** What the thread of cells says to that of sockets. */
export type FromCells =
  | { readonly is: 'send'; readonly socket: SocketName; readonly message: Message }
  | { readonly is: 'info'; readonly content: object }
  | { readonly is: 'runs'; readonly request: Message | undefined }
  | { readonly is: 'close' }

/** What the thread of sockets says to that of cells. */
export type FromSockets =
  | { readonly is: 'request'; readonly request: Message }
  | { readonly is: 'listening' | 'interrupt' | 'cutOff' | 'shutdown' }
  | { readonly is: 'failed' | 'log'; readonly text: string }

/** What happens on the sockets. */
export interface IoEvents {
  request(request: Message): void
  /** An interrupt has come; what is returned is called when it is known whether something was cut off. */
  interrupt(): (wasCutOff: boolean) => void
  shutdown(): void
  log(text: string): void
  fail(text: string): void
}

/** What the thread of sockets starts with. */
export interface IoData {
  readonly connection: ConnectionInfo
  readonly session: string
  readonly startedBy: number
  readonly jupyterPid: number
  readonly shared: Int32Array
  readonly input: MessagePort
}

/** The contents of requests. */
export interface ExecuteContent {
  readonly code: string
  readonly silent?: boolean
  readonly store_history?: boolean
  readonly stop_on_error?: boolean
  readonly user_expressions?: Record<string, string>
}

export interface CompleteContent {
  readonly code: string
  readonly cursor_pos?: number
}

export interface InspectContent extends CompleteContent {
  readonly detail_level?: number
}

export interface HistoryContent {
  readonly hist_access_type: 'range' | 'tail' | 'search'
  readonly output?: boolean
  readonly session?: number
  readonly start?: number
  readonly stop?: number | null
  readonly n?: number | null
  readonly pattern?: string
  readonly unique?: boolean
}

/** Jupyter's connection file. */
export interface ConnectionInfo {
  readonly transport: string
  readonly ip: string
  readonly key: string
  readonly shell_port: number
  readonly iopub_port: number
  readonly stdin_port: number
  readonly control_port: number
  readonly hb_port: number
}

/** What Jupyter's `error` message says. */
export interface ErrorContent {
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

/** How a cell ended; `data` is the value of a last expression by MIME type. */
export interface CellResult {
  readonly data?: Readonly<Record<string, unknown>>
  readonly error?: ErrorContent
}

/** A cell that runs, and how often it was interrupted. */
export interface RunningCell {
  count: number
  reject(error: Error): void
}

export interface Interrupts {
  /** Runs a cell in a turn of its own, and rejects with Interrupted when an interrupt ends it. */
  guard<T>(start: () => Promise<T>): Promise<T>
  /** The cell that runs. */
  running(): RunningCell | undefined
  /** Interrupts a cell if it still runs. */
  interrupt(cell: RunningCell | undefined, wasCutOff: boolean): void
  /** Ends the running cell with an error. */
  fail(error: Error): void
  /** Tells from now on how many listen for interrupts. */
  onListeners(callback: (count: number) => void): void
}

/** A source map as JSON. */
export type SourceMapText = string

/** Code whose positions are translated back to what it was compiled from. */
export interface GeneratedCode {
  /** Source maps, the one of the running code first. */
  readonly maps: readonly SourceMapText[]
  /** Whether the file name is the cell's name as it is shown. */
  readonly isCell?: boolean
  /** Characters that were put before the first line. */
  readonly prefixLength?: number
  /** Lines that were put before the original text. */
  readonly linesBefore?: number
  /** Lines with a counterpart; what follows them is not shown. */
  readonly lineCount?: number
  /** The original text. Default: the last map's own content. */
  readonly text?: string
}

/** What Node's CommonJS loader lets be replaced, though its types do not say so. */
export interface ModuleInternals {
  readonly _extensions: Record<string, (module: CommonJsModule, filename: string) => void>
  _resolveFilename(
    request: string,
    parent: NodeJS.Module | null | undefined,
    ...rest: readonly unknown[]
  ): string
  _load(request: string, parent: NodeJS.Module | null | undefined, isMain: boolean): unknown
}

/** Of a module that cannot be required, since it awaits at its top. */
export type AsyncModuleError = Error & { readonly code?: string; asyncModule?: string }

/** What only some of the Node versions that the kernel runs on have. */
export interface CompileCache {
  enableCompileCache?(folder: string): unknown
}

export type CommonJsModule = NodeJS.Module & { _compile(code: string, filename: string): void }

/** A channel between a cell's output in the browser and code in the kernel. */
export interface Comm {
  readonly id: string
  send(data: object, buffers?: readonly Uint8Array[]): void
  close(): void
}

/** Called with each comm that the browser opens; what it returns is called later. */
export type CommOpened = (
  comm: Comm,
  data: object,
  buffers: readonly Uint8Array[],
) => Pick<CommRequest, 'onMessage' | 'onClose'> | undefined

export interface CommRequest {
  readonly target: string
  readonly data: object
  readonly metadata?: object
  readonly buffers?: readonly Uint8Array[]
  readonly onMessage?: ((data: object, buffers: readonly Uint8Array[]) => void) | undefined
  readonly onClose?: (() => void) | undefined
}

/** What the browser says to a comm. */
export interface CommContent {
  readonly comm_id: string
  readonly target_name?: string
  readonly data?: object
}

export type Publish = (
  type: string,
  content: object,
  metadata?: object,
  buffers?: readonly Uint8Array[],
) => void
