import { type Comm, type CommData, openComm } from './comm.js'

/** The widgets' messaging protocol, which JupyterLab and VS Code speak with `ipywidgets` of Python too. */
const PROTOCOL_VERSION = '2.1.0'

const packages = {
  base: { module: '@jupyter-widgets/base', version: '2.0.0' },
  controls: { module: '@jupyter-widgets/controls', version: '2.0.0' },
  output: { module: '@jupyter-widgets/output', version: '1.0.0' },
} as const

/** What of a widget the browser and the kernel keep in step; values are JSON. */
export type WidgetState = Readonly<Record<string, unknown>>

type ClassName = readonly [from: keyof typeof packages, name: string]

/** The classes of a widget in the browser. */
export interface WidgetKind {
  readonly model: ClassName
  readonly view: ClassName
}

/** The kind of a control such as `Dropdown`, or of a box. */
export const controlKind = (name: string): WidgetKind => ({
  model: ['controls', `${name}Model`],
  view: ['controls', `${name}View`],
})

/** The kind of what sizes a widget. */
export const layoutKind: WidgetKind = { model: ['base', 'LayoutModel'], view: ['base', 'LayoutView'] }

/** The kind of what shows outputs as a cell does. */
export const outputKind: WidgetKind = { model: ['output', 'OutputModel'], view: ['output', 'OutputView'] }

/** The kind of a style such as `DescriptionStyle`. */
export const styleKind = (name: string): WidgetKind => ({
  model: ['controls', `${name}Model`],
  view: ['base', 'StyleView'],
})

export interface WidgetEvents {
  /** Told what the browser changed. */
  onChange?(changed: WidgetState): void
  /** Told of an event without state, such as a click. */
  onEvent?(content: WidgetState): void
  /** Told that a browser asks for the whole state, as a page does that was loaded anew; returns what of it changes now. */
  onRequest?(): WidgetState
}

/** A widget in the browser with its state here. */
export interface Widget {
  readonly id: string
  /** How the state of another widget names this one. */
  readonly reference: string
  readonly state: WidgetState
  /** Changes the state here and in the browser. */
  set(changed: WidgetState): void
}

/** Makes a widget; outside the project's kernel it has a state and nothing to show it. */
export function createWidget(kind: WidgetKind, initial: WidgetState, events: WidgetEvents = {}): Widget {
  const state: Record<string, unknown> = { ...identity(kind), ...initial }
  const comm: Comm | null = openComm({
    target: 'jupyter.widget',
    data: { state: { ...state }, buffer_paths: [] },
    metadata: { version: PROTOCOL_VERSION },
    onMessage: receive,
  })
  const id = comm === null ? '' : comm.id

  function receive(data: CommData): void {
    if (data.method === 'request_state') {
      // The browser takes the first answer for the whole state.
      Object.assign(state, events.onRequest?.())
      update(state)
    } else if (data.method === 'update' && isRecord(data.state)) {
      Object.assign(state, data.state)
      events.onChange?.(data.state)
    } else if (data.method === 'custom' && isRecord(data.content)) events.onEvent?.(data.content)
  }

  function update(changed: WidgetState): void {
    comm?.send({ method: 'update', state: { ...changed }, buffer_paths: [] })
  }

  return {
    id,
    reference: `IPY_MODEL_${id}`,
    get state() {
      return state
    },
    set(changed) {
      const news = Object.entries(changed).filter(
        ([name, value]) => JSON.stringify(state[name]) !== JSON.stringify(value),
      )
      if (news.length === 0) return
      Object.assign(state, changed)
      update(Object.fromEntries(news))
    },
  }
}

/** The MIME type under which an output shows a widget. */
export const widgetMimeType = 'application/vnd.jupyter.widget-view+json'

/** What an output holds under that type. */
export const widgetView = ({ id }: Widget): object => ({ version_major: 2, version_minor: 0, model_id: id })

function identity({ model, view }: WidgetKind): WidgetState {
  const [models, views] = [packages[model[0]], packages[view[0]]]
  return {
    _model_module: models.module,
    _model_module_version: models.version,
    _model_name: model[1],
    _view_module: views.module,
    _view_module_version: views.version,
    _view_name: view[1],
    _view_count: null,
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
