/** What a message on a comm carries: JSON. */
export type CommData = Readonly<Record<string, unknown>>

/** A channel between an output in the browser and this kernel. */
export interface Comm {
  readonly id: string
  send(data: CommData): void
  close(): void
}

export interface CommOptions {
  /** What in the browser the comm is for, such as `jupyter.widget`. */
  readonly target: string
  /** What the browser is told as the comm opens. */
  readonly data: CommData
  readonly metadata: CommData
  /** Told of every message from the browser while no cell runs; returns soon. */
  onMessage(data: CommData): void
  /** Told once that the comm has ended: its cell runs again, or the browser closed it. */
  onClose?(): void
}

/** What a comm that the browser opened is told from there. */
export interface CommListener {
  onMessage?(data: CommData): void
  onClose?(): void
}

interface CommService {
  open(options: CommOptions): Comm
  register?(target: string, onOpen: (comm: Comm, data: CommData) => CommListener | undefined): () => void
}

/** Name of the kernel's comms on `globalThis`; the global symbol registry is what its modules and a cell's modules share. */
const commService = Symbol.for('thesis.comms')

/** Opens a comm to the browser; null outside the project's kernel, where there is none. */
export function openComm(options: CommOptions): Comm | null {
  const service: unknown = Reflect.get(globalThis, commService)
  return isCommService(service) ? service.open(options) : null
}

/** Calls `onOpen` for each comm that the browser opens for `target`, in place of who listened before; outside the project's kernel there are none. */
export function onCommOpened(
  target: string,
  onOpen: (comm: Comm, data: CommData) => CommListener | undefined,
): void {
  const service: unknown = Reflect.get(globalThis, commService)
  if (isCommService(service)) service.register?.(target, onOpen)
}

const isCommService = (service: unknown): service is CommService =>
  typeof service === 'object' && service !== null && 'open' in service && typeof service.open === 'function'
