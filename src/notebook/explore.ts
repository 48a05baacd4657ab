import { createHash } from 'node:crypto'
import { stringify } from 'safe-stable-stringify'
import type { Figure } from '../figures/kit/figure.js'
import type { Controls, Values } from './control.js'
import { controlPanel } from './control-panel.js'
import { display, escapeHtml, updatable } from './display.js'
import { exploreScript, exploreStyle, PANEL_CLASS } from './explore-page.js'
import { latest } from './latest.js'
import { figureOutput } from './show-figure.js'
import { viewActions } from './view-actions.js'
import { controlKind, createWidget, layoutKind, widgetMimeType, widgetView } from './widget.js'
import { box } from './widget-layout.js'

/** What is shown of a choice. */
export interface Drawn {
  /** What was chosen and found, in Markdown; it stands under the figure. */
  readonly text: string
  readonly figure: Figure
}

export interface ExploreOptions<Choice> {
  readonly controls: Controls<Choice>
  /** What is chosen at first. */
  readonly choice: Choice
  /** Draws a choice; the signal aborts when there is a newer one. */
  draw(choice: Choice, signal: AbortSignal): Promise<Drawn>
  /** What the exported files of a choice are called; a digest of the choice follows. Default: view. */
  fileName?(choice: Choice): string
  /** The code of a cell that shows a choice again. Default: there is none to copy. */
  code?(choice: Choice): string
}

const WITHOUT_KERNEL =
  'Where a kernel runs, in JupyterLab or VS Code, this cell shows controls. Below is what was chosen last.'
const AFTER_RELOAD = 'If the page was loaded anew and the figure no longer follows, run this cell again.'
const KEYS =
  'In the number’s field ↑ and ↓, elsewhere in the controls n and p go to the next and the previous one.'

/**
 * Shows controls with a figure in sight, and a text, that follow what the reader sets, also after the cell has ended: of quick changes the
 * last one counts, and an error is shown in place. What is seen can be exported and copied as code. The saved notebook holds the last text
 * and figure.
 *
 * @returns when the first choice is shown
 * @throws what drawing the first choice throws; RangeError where a control does not fit its value
 */
export async function explore<Choice extends Values<Choice>>(options: ExploreOptions<Choice>): Promise<void> {
  const { controls, draw, fileName = () => 'view', code } = options
  const chosen = { choice: options.choice }
  const [words, picture] = [updatable(), figureOutput()]
  const note = createWidget(
    controlKind('HTML'),
    { value: noteHtml(''), layout: createWidget(layoutKind, { width: '100%', margin: '0 2px' }).reference },
    { onRequest: () => ({ value: noteHtml(AFTER_RELOAD) }) },
  )
  // What was said of the reader's last step stays, while the drawing of an earlier one goes on or ends.
  const noted = { remark: '', isDrawing: false, isFirst: true }
  const tell = (changed: Partial<typeof noted>): void => {
    Object.assign(noted, changed)
    note.set({ value: noteHtml(noted.remark || (noted.isDrawing ? 'Drawing …' : '')) })
  }
  const say = (remark: string): void => tell({ remark })
  const keys = createWidget(controlKind('HTML'), { value: `<small>${KEYS}</small>` })
  const actions = viewActions<Choice>({
    fileName: (choice) => `${fileName(choice)}-${digest(choice)}`,
    code,
    say,
    hint: keys,
  })

  async function show(choice: Choice, { text, figure }: Drawn, signal: AbortSignal): Promise<void> {
    const tellWords = () => words.update({ 'text/markdown': text, 'text/plain': text })
    // Words come at once, but where the first ones stand is under the figure.
    if (!noted.isFirst) tellWords()
    await picture.update(figure, { signal })
    if (signal.aborted) return
    if (noted.isFirst) tellWords()
    noted.isFirst = false
    actions.show({ choice, figure })
  }
  function fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    tell({ remark: `⚠ This could not be shown: ${message}. The figure is still that of an earlier choice.` })
  }
  const redraw = latest<Choice>(async (choice, signal) => {
    tell({ isDrawing: true })
    try {
      const drawn = await draw(choice, signal)
      if (!signal.aborted) await show(choice, drawn, signal)
    } catch (error) {
      if (!signal.aborted) fail(error)
    } finally {
      tell({ isDrawing: false })
    }
  })

  const panel = controlPanel(controls, chosen, { redraw: () => redraw(chosen.choice), say, fail })
  panel.show()
  const view = box([styleWidget(), box(panel.widgets, 'row wrap'), actions.widget, note], 'column', [
    PANEL_CLASS,
  ])
  if (view.id !== '') {
    display({
      [widgetMimeType]: widgetView(view),
      'text/html': `<small>${WITHOUT_KERNEL}</small>`,
      'text/plain': WITHOUT_KERNEL,
    })
  }
  const { signal } = new AbortController()
  await show(chosen.choice, await draw(chosen.choice, signal), signal)
  if (view.id !== '') display({ 'text/html': exploreScript(), 'text/plain': '' })
}

const styleWidget = () =>
  createWidget(controlKind('HTML'), {
    value: exploreStyle(),
    layout: createWidget(layoutKind, { display: 'none' }).reference,
  })

/** Tells choices apart, so that the files of one view do not take the place of another's. */
const digest = (choice: unknown): string =>
  createHash('sha256')
    .update(String(stringify(choice)))
    .digest('hex')
    .slice(0, 8)

/** A line of its own that keeps its height, so that nothing moves as texts come and go. */
const noteHtml = (text: string): string => `<small role="status">${escapeHtml(text) || '&nbsp;'}</small>`
