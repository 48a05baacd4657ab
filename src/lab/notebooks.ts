import { followKernel } from './followed-kernel.js'
import type { App, Kernel, NotebookPanel } from './jupyter.js'
import { isNotebookPanel } from './jupyter.js'
import { rememberRunning } from './running-before.js'

const state: { app: App | null } = { app: null }
const followed = new WeakSet<NotebookPanel>()

const panels = (): NotebookPanel[] => [...(state.app?.shell.widgets('main') ?? [])].filter(isNotebookPanel)

/** The kernel of the notebook that a node is in; null where there is none. */
export const openNotebooks = (node: HTMLElement): Kernel | null =>
  panels().find((panel) => panel.node.contains(node))?.sessionContext.session?.kernel ?? null

/** Follows the kernels of all notebooks that are open or will be. */
export function watchNotebooks(app: App): void {
  state.app = app
  const look = () => {
    for (const panel of panels()) if (!followed.has(panel)) follow(panel)
  }
  app.shell.layoutModified?.connect(look)
  void app.restored.then(look)
  window.addEventListener('pagehide', () => rememberRunning(panels()))
}

function follow(panel: NotebookPanel): void {
  followed.add(panel)
  const known = new WeakSet<Kernel>()
  const look = () => {
    const kernel = panel.sessionContext.session?.kernel
    if (!kernel || known.has(kernel)) return
    known.add(kernel)
    followKernel(panel, kernel)
  }
  panel.sessionContext.kernelChanged.connect(look)
  void panel.context.ready.then(look)
}
