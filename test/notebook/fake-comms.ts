import type { CommData, CommOptions } from '../../src/notebook/comm.js'

/** A comm as the browser sees it. */
export interface FakeComm {
  readonly id: string
  readonly options: CommOptions
  /** The messages from the kernel. */
  readonly sent: CommData[]
  /** What the browser's model holds after these and its own changes. */
  state(): Readonly<Record<string, unknown>>
  /** Sends a message as the browser does. */
  receive(data: CommData): void
}

export interface FakeComms {
  readonly open: readonly FakeComm[]
  /** The first comm whose model has a class, such as `DropdownModel`, a state with `part`, and a value that fits. */
  find(model: string, part?: CommData, value?: RegExp): FakeComm
  stop(): void
}

const service = Symbol.for('thesis.comms')

/** Makes this process look like the project's kernel to code that opens comms. */
export function startFakeComms(): FakeComms {
  const open: FakeComm[] = []
  Reflect.set(globalThis, service, {
    open(options: CommOptions) {
      const [sent, states]: [CommData[], unknown[]] = [[], [options.data.state]]
      const comm: FakeComm = {
        id: `comm${open.length}`,
        options,
        sent,
        state: () => Object.assign({}, ...states),
        receive(data) {
          if (data.method === 'update') states.push(data.state)
          options.onMessage(JSON.parse(JSON.stringify(data)))
        },
      }
      open.push(comm)
      const send = (data: CommData) => {
        sent.push(data)
        states.push(data.state)
      }
      return { id: comm.id, send, close: () => {} }
    },
  })
  return {
    open,
    find(model, part = {}, value = /(?:)/) {
      const found = open.find((comm) => {
        const state = comm.state()
        const fits = Object.entries(part).every(([name, value]) => state[name] === value)
        return state._model_name === model && fits && value.test(String(state.value))
      })
      if (!found) throw new Error(`no ${model} with ${JSON.stringify(part)}`)
      return found
    },
    stop: () => Reflect.deleteProperty(globalThis, service),
  }
}
