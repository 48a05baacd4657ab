import type { Figure } from '../figures/kit/figure.js'
import type { Controls, Values } from './control.js'
import { controlPanel } from './control-panel.js'
import { box } from './control-widgets.js'
import { display, escapeHtml, updatable } from './display.js'
import { latest } from './latest.js'
import { figureOutput } from './show-figure.js'
import { controlKind, createWidget, layoutKind, widgetMimeType, widgetView } from './widget.js'

/** What is shown of a choice. */
export interface Drawn {
  /** What was chosen and found, in Markdown; it stands over the figure. */
  readonly text: string
  readonly figure: Figure
}

export interface ExploreOptions<Choice> {
  readonly controls: Controls<Choice>
  /** What is chosen at first. */
  readonly choice: Choice
  /** Draws a choice; the signal aborts when there is a newer one. */
  draw(choice: Choice, signal: AbortSignal): Promise<Drawn>
}

const WITHOUT_KERNEL =
  'Where a kernel runs, in JupyterLab or VS Code, this cell shows controls. Below is what was chosen last.'
const AFTER_RELOAD = 'If the page was loaded anew and the figure no longer follows, run this cell again.'

/**
 * Shows controls, and below them a text and a figure that follow what the reader sets, also after the cell has ended: of quick
 * changes the last one counts, and an error is shown in place. The saved notebook holds the last text and figure.
 *
 * @returns when the first choice is shown
 * @throws what drawing the first choice throws; RangeError where a control does not fit its value
 */
export async function explore<Choice extends Values<Choice>>(options: ExploreOptions<Choice>): Promise<void> {
  const { controls, draw } = options
  const chosen = { choice: options.choice }
  const [words, picture] = [updatable(), figureOutput()]
  const note = createWidget(
    controlKind('HTML'),
    { value: noteHtml(''), layout: createWidget(layoutKind, { width: '100%', margin: '0 2px' }).reference },
    { onRequest: () => ({ value: noteHtml(AFTER_RELOAD) }) },
  )
  // What was said of the reader's last step stays, while the drawing of an earlier one goes on or ends.
  const noted = { remark: '', isDrawing: false }
  const tell = (changed: Partial<typeof noted>): void => {
    Object.assign(noted, changed)
    note.set({ value: noteHtml(noted.remark || (noted.isDrawing ? 'Drawing …' : '')) })
  }
  const say = (remark: string): void => tell({ remark })

  async function show({ text, figure }: Drawn, signal: AbortSignal): Promise<void> {
    words.update({ 'text/markdown': text, 'text/plain': text })
    await picture.update(figure, { signal })
  }
  function fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    const text = `This could not be shown: ${message}. The figure is still that of an earlier choice.`
    words.update({ 'text/html': `<p role="alert">⚠ ${escapeHtml(text)}</p>`, 'text/plain': text })
    tell({ remark: '' })
  }
  const redraw = latest<Choice>(async (choice, signal) => {
    tell({ isDrawing: true })
    try {
      const drawn = await draw(choice, signal)
      if (signal.aborted) return
      await show(drawn, signal)
    } catch (error) {
      if (!signal.aborted) fail(error)
    } finally {
      tell({ isDrawing: false })
    }
  })

  const panel = controlPanel(controls, chosen, { redraw: () => redraw(chosen.choice), say, fail })
  panel.show()
  const view = box([...panel.widgets, note], 'row wrap')
  if (view.id !== '') {
    display({
      [widgetMimeType]: widgetView(view),
      'text/html': `<small>${WITHOUT_KERNEL}</small>`,
      'text/plain': WITHOUT_KERNEL,
    })
  }
  const { signal } = new AbortController()
  await show(await draw(chosen.choice, signal), signal)
}

/** A line of its own that keeps its height, so that nothing moves as texts come and go. */
const noteHtml = (text: string): string => `<small role="status">${escapeHtml(text) || '&nbsp;'}</small>`
