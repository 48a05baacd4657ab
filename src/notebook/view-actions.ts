import type { Figure } from '../figures/kit/figure.js'
import type { CommData } from './comm.js'
import { escapeHtml, type MimeBundle } from './display.js'
import { exportedFigure } from './export-figure.js'
import { controlKind, createWidget, layoutKind, outputKind, type Widget } from './widget.js'
import { box } from './widget-layout.js'

/** What can be done with a view: export it, and copy code that makes it again. */
export interface ViewActionsOptions<Choice> {
  /** The name of the files of a view. */
  fileName(choice: Choice): string
  /** The code of a cell that shows a choice again. Default: there is no button for it. */
  code?(choice: Choice): string
  /** Shows a remark, in place of the one before. */
  say(remark: string): void
  /** Stands beside the buttons. */
  readonly hint: Widget
}

/** What is seen. */
export interface View<Choice> {
  readonly choice: Choice
  readonly figure: Figure
}

export interface ViewActions<Choice> {
  readonly widget: Widget
  /** Says which view is seen from now on. */
  show(view: View<Choice>): void
}

const CODE_NOTE =
  '<small>The code of a cell that makes this view again: <output class="thesis-copied" aria-live="polite"></output></small>'

/** Makes the buttons, which are about the view that is seen and not about one that is still being drawn. */
export function viewActions<Choice extends CommData>({
  fileName,
  code,
  say,
  hint,
}: ViewActionsOptions<Choice>): ViewActions<Choice> {
  const seen: { view: View<Choice> | null } = { view: null }
  const [links, codeLayout] = [createWidget(outputKind, { outputs: [] }), hiddenLayout()]
  const area = createWidget(controlKind('Textarea'), {
    value: '',
    rows: 12,
    layout: createWidget(layoutKind, { width: '100%' }).reference,
  })
  const shownCode = createWidget(controlKind('VBox'), {
    children: [createWidget(controlKind('HTML'), { value: CODE_NOTE }), area].map(
      ({ reference }) => reference,
    ),
    layout: codeLayout.reference,
    _dom_classes: ['thesis-code'],
  })

  async function exportView(): Promise<void> {
    const { view } = seen
    if (view === null) return
    say('Exporting …')
    try {
      const bundle = await exportedFigure(view.figure, fileName(view.choice), {
        about: { view: view.choice },
      })
      if (seen.view !== view) return say(`${bundle['text/plain']}; the view has changed since.`)
      links.set({ outputs: [asOutput(bundle)] })
      say('')
    } catch (error) {
      say(`This could not be exported: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const exporting = button('Export this view', 'PDF, SVG and PNG of what is seen', 'thesis-export', () => {
    void exportView()
  })
  const copying = () =>
    button('Copy as code', 'a cell that makes this view again', 'thesis-copy', () =>
      codeLayout.set({ display: 'flex' }),
    )
  const buttons = box([exporting, ...(code ? [copying()] : []), hint], 'row wrap')
  return {
    widget: box([buttons, shownCode, links], 'column'),
    show(view) {
      seen.view = view
      links.set({ outputs: [] })
      codeLayout.set({ display: 'none' })
      area.set({ value: code?.(view.choice) ?? '' })
    },
  }
}

const button = (description: string, tooltip: string, name: string, click: () => void): Widget =>
  createWidget(
    controlKind('Button'),
    {
      description,
      tooltip,
      layout: createWidget(layoutKind, { width: 'auto', margin: '2px' }).reference,
      _dom_classes: [name],
    },
    { onEvent: ({ event }) => event === 'click' && click() },
  )

const hiddenLayout = (): Widget => createWidget(layoutKind, { display: 'none', width: '100%' })

const asOutput = (data: MimeBundle): object => ({
  output_type: 'display_data',
  data: { ...data, 'text/html': data['text/html'] ?? escapeHtml(data['text/plain']) },
  metadata: {},
})
