// The types that the kernel's CommonJS files share; nothing here is left when the kernel runs.
import type ts from '@tslab/typescript-for-tslab'

/** The compiler of cells, with what it keeps to itself and the kernel needs. */
export type TypeScript = typeof ts & {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void
  getResolvedModule(
    file: ts.SourceFile,
    name: string,
    mode: undefined,
  ): { readonly resolvedFileName: string } | undefined
}

/** A parsed file, with what binding and module resolution add to it. */
export type BoundSourceFile = ts.SourceFile & {
  readonly locals?: ts.SymbolTable
  readonly imports?: readonly ts.StringLiteralLike[]
}

/** What tslab's converter passes to the compiler that it would create. */
export interface ProjectDescription {
  readonly rootNames: readonly string[]
  readonly options: ts.CompilerOptions
  readonly sys: ts.System
  /** Told of each new program; the converter sets it. */
  afterProgramCreate: ((builder: CellBuilder) => void) | undefined
}

/** The part of TypeScript's builder that tslab's converter uses. */
export interface CellBuilder {
  getProgram(): ts.Program
  getSourceFile(fileName: string): ts.SourceFile | undefined
  emit: ts.Program['emit']
}

/** Something that keeps a cell from being run; the kernel's own have a word in place of TypeScript's number. */
export interface CellDiagnostic {
  readonly messageText: string
  readonly code: number | string
  readonly fileName?: string | undefined
  readonly start: { readonly line: number; readonly character: number }
}

/** A cell after type-check and compilation; without diagnostics it has everything else. */
export interface ConvertedCell {
  readonly diagnostics: readonly CellDiagnostic[]
  readonly output: string
  readonly declOutput?: string
  readonly hasToplevelAwait: boolean
  readonly lastExpressionVar?: string
  readonly sourceMaps: readonly SourceMapText[]
  readonly declaredNames: readonly string[]
  readonly mutableNames: readonly string[]
}

/** tslab's converter as the edits make it. */
export interface Converter {
  convert(declarations: string, text: string): ConvertedCell
  inspect(declarations: string, text: string, position: number): ts.QuickInfo | undefined
  complete(
    declarations: string,
    text: string,
    position: number,
  ): { start: number; end: number; candidates: string[] }
}

/** tslab's modules with the edits applied. */
export interface Tslab {
  readonly version: string
  readonly converter: {
    createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter
  }
  readonly jupyter: TslabJupyter
  readonly display: object
}

/** tslab's side of Jupyter's protocol, as far as the kernel uses it. */
export interface TslabJupyter {
  readonly JupyterHandlerImpl: new (executor: CellExecutor, isJs: boolean) => RequestHandler
  readonly ZmqMessage: { fromRaw(key: string, frames: readonly Buffer[]): Message }
  /** Where what cells display goes. */
  lastWriteDisplayData: ((data: JsonFields, isUpdate: boolean) => void) | null
}

/** Answers the requests that tslab knows by the contents of their replies. */
export interface RequestHandler {
  handleKernel(): KernelInfo
  handleIsComplete(content: JsonFields): JsonFields
  handleInspect(content: JsonFields): JsonFields
  handleComplete(content: JsonFields): JsonFields
}

/** What a kernel says of itself. */
export interface KernelInfo extends JsonFields {
  readonly language_info: JsonFields
}

/** The fields of a JSON object. */
export type JsonFields = object

/** A message of Jupyter's protocol; the content depends on its type. */
export interface Message {
  readonly header: { msg_type: string }
  metadata: JsonFields
  content: JsonFields
  createReply(): Message
  signAndSend(key: string, socket: Socket): void
}

/** A socket of zeromq that messages go to. */
export interface Socket {
  send(frames: (Buffer | string)[]): Promise<void>
}

/** The content of an `execute_request`. */
export interface ExecuteContent {
  readonly code: string
  readonly silent?: boolean
  readonly stop_on_error?: boolean
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

export interface CellExecutor {
  /** Runs a cell, known by `name` in messages. */
  execute(name: string, text: string): Promise<CellResult>
  inspect: (text: string, position: number) => ts.QuickInfo | undefined
  complete: (text: string, position: number) => ReturnType<Converter['complete']>
}

export interface Interrupts {
  /** Runs one cell's promise, and rejects with Interrupted when an interrupt ends it. */
  guard<T>(promise: Promise<T>): Promise<T>
  /** Called on SIGINT and on Jupyter's interrupt_request. */
  interrupt(): void
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
}

/** What only some of the Node versions that the kernel runs on have. */
export interface CompileCache {
  enableCompileCache?(folder: string): unknown
}

export type CommonJsModule = NodeJS.Module & { _compile(code: string, filename: string): void }

/** A channel between a cell's output in the browser and code in the kernel. */
export interface Comm {
  readonly id: string
  send(data: JsonFields): void
  close(): void
}

export interface CommRequest {
  readonly target: string
  readonly data: JsonFields
  readonly metadata?: JsonFields
  readonly onMessage?: (data: JsonFields) => void
  readonly onClose?: () => void
}

/** What the browser says to a comm. */
export interface CommContent {
  readonly comm_id: string
  readonly data?: JsonFields
}

export type Publish = (type: string, content: JsonFields, metadata?: JsonFields) => void
