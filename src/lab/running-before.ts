import type { NotebookPanel } from './jupyter.js'

const keyOf = ({ context }: NotebookPanel): string => `thesis-running:${context.path}`

/** Keeps, as the page is left, which cells of its notebooks are running; a notebook that was saved earlier does not say so. */
export function rememberRunning(panels: readonly NotebookPanel[]): void {
  for (const panel of panels) {
    const running = panel.content.widgets
      .filter(({ model }) => model.executionState === 'running')
      .map(({ model }) => model.sharedModel.id)
    if (running.length > 0) localStorage.setItem(keyOf(panel), JSON.stringify(running))
  }
}

/** The cells that ran as the page was left, once. */
export function takeRunningBefore(panel: NotebookPanel): readonly string[] {
  const kept = localStorage.getItem(keyOf(panel))
  localStorage.removeItem(keyOf(panel))
  try {
    const ids: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(ids) ? ids.map(String) : []
  } catch {
    return []
  }
}
