// JupyterLab's extension of this project: what a bundler makes of one, a module-federation container, without that bundler.
import { figureWidget } from './figure-widget.js'
import type { App, WidgetClass } from './jupyter.js'
import { FIGURE } from './live-figure-data.js'
import { openNotebooks, watchNotebooks } from './notebooks.js'
import { addStyle } from './style.js'

const NAME = 'thesis-lab'

type Factory = () => unknown
/** JupyterLab's own modules by name and version. */
type Shared = Readonly<Record<string, Readonly<Record<string, { get(): Promise<Factory> | Factory }>>>>

const state: { shared: Shared } = { shared: {} }

const shared = async (name: string): Promise<unknown> => {
  const version = Object.values(state.shared[name] ?? {})[0]
  if (version === undefined) throw new Error(`JupyterLab has no module ${name}`)
  return (await version.get())()
}

const plugin = {
  id: `${NAME}:plugin`,
  autoStart: true,
  activate: (app: App): void => {
    addStyle()
    watchNotebooks(app)
  },
}

const mimeExtension = async () => {
  const { Widget } = (await shared('@lumino/widgets')) as { Widget: WidgetClass }
  const FigureWidget = figureWidget(Widget, openNotebooks)
  return {
    id: `${NAME}:figures`,
    // Before plotly's own renderer, which draws the JSON beside it without fonts, theme and width.
    rank: -10,
    dataType: 'json',
    rendererFactory: {
      safe: true,
      mimeTypes: [FIGURE],
      defaultRank: -10,
      createRenderer: () => new FigureWidget(),
    },
    fileTypes: [],
  }
}

const modules: Readonly<Record<string, () => Promise<unknown>>> = {
  './extension': async () => plugin,
  './mimeExtension': mimeExtension,
}

declare global {
  interface Window {
    _JUPYTERLAB?: Record<string, unknown>
  }
}

window._JUPYTERLAB ??= {}
window._JUPYTERLAB[NAME] = {
  init: (scope: Shared) => {
    state.shared = scope
  },
  get: async (name: string) => {
    const module = { __esModule: true, default: await modules[name]!() }
    return () => module
  },
}
