import type {
  Control,
  ControlOption,
  ControlValue,
  FlagControl,
  NumberControl,
  OneControl,
  SeveralControl,
} from './control.js'
import { controlKind, createWidget, layoutKind, styleKind, type Widget } from './widget.js'

/** A control in the browser. */
export interface ControlWidget<Choice> {
  readonly widget: Widget
  /** Shows what is chosen; called after every change, its own included. */
  show(value: ControlValue, choice: Choice): void
}

/** What a control's widget may ask for. */
export interface ControlEvents {
  /** The reader set another value. */
  change(value: ControlValue): void
  /** The reader wants to go on from a number, one up or down. */
  step(by: 1 | -1): void
}

/** Makes the widgets of a control. */
export function controlWidget<Choice>(
  control: Control<Choice>,
  events: ControlEvents,
): ControlWidget<Choice> {
  if (control.kind === 'number') return numberWidget(control, events)
  if (control.kind === 'one') return dropdown(control, events)
  return control.kind === 'several' ? checkboxes(control, events) : flag(control, events)
}

/** Widgets side by side, in as many lines as they need, or one below the other. */
export function box(children: readonly Widget[], direction: 'row wrap' | 'column'): Widget {
  const layout = createWidget(layoutKind, {
    display: 'flex',
    flex_flow: direction,
    align_items: direction === 'column' ? 'stretch' : 'center',
    grid_gap: direction === 'column' ? '2px' : '2px 16px',
    overflow: 'visible',
  })
  const references = children.map(({ reference }) => reference)
  return createWidget(controlKind('Box'), { children: references, layout: layout.reference })
}

const sized = (width: string): { layout: string } => ({
  layout: createWidget(layoutKind, { width, margin: '2px' }).reference,
})

const described = (description: string): { description: string; style: string } => ({
  description,
  style: createWidget(styleKind('DescriptionStyle'), { description_width: 'initial' }).reference,
})

function numberWidget<Choice>(
  { label, last }: NumberControl<Choice>,
  { change, step }: ControlEvents,
): ControlWidget<Choice> {
  const number = createWidget(
    { ...controlKind('BoundedIntText'), view: ['controls', 'IntTextView'] },
    { ...described(label), ...sized('190px'), min: 0, max: Number.MAX_SAFE_INTEGER, step: 1, value: 0 },
    { onChange: ({ value }) => typeof value === 'number' && change(value) },
  )
  const button = (icon: string, tooltip: string, by: 1 | -1) =>
    createWidget(
      controlKind('Button'),
      { description: '', icon, tooltip, ...sized('36px') },
      { onEvent: ({ event }) => event === 'click' && step(by) },
    )
  const buttons = [button('chevron-left', 'previous', -1), button('chevron-right', 'next', 1)]
  return {
    widget: row([number, ...buttons]),
    show: (value, choice) => number.set({ max: last(choice), value }),
  }
}

/** Widgets that stay together in one line. */
function row(children: readonly Widget[]): Widget {
  const layout = createWidget(layoutKind, { display: 'flex', align_items: 'center', overflow: 'visible' })
  const references = children.map(({ reference }) => reference)
  return createWidget(controlKind('HBox'), { children: references, layout: layout.reference })
}

function dropdown<Choice>(
  { label, options }: OneControl<Choice>,
  { change }: ControlEvents,
): ControlWidget<Choice> {
  const shown: { options: readonly ControlOption[] } = { options: [] }
  const widget = createWidget(
    controlKind('Dropdown'),
    { ...described(label), ...sized('auto'), _options_labels: [], index: null },
    {
      onChange: ({ index }) => {
        const option = typeof index === 'number' ? shown.options[index] : undefined
        if (option) change(option.value)
      },
    },
  )
  return {
    widget,
    show(value, choice) {
      shown.options = options(choice)
      const labels = shown.options.map((option) => option.label)
      widget.set({
        _options_labels: labels,
        index: shown.options.findIndex((option) => option.value === value),
      })
    },
  }
}

function flag<Choice>({ label }: FlagControl, { change }: ControlEvents): ControlWidget<Choice> {
  const widget = checkbox(label, change)
  return { widget, show: (value) => widget.set({ value }) }
}

function checkboxes<Choice>(
  { label, options }: SeveralControl,
  { change }: ControlEvents,
): ControlWidget<Choice> {
  const boxes: readonly Widget[] = options.map((option) =>
    checkbox(option.label, () => change(options.filter((_, i) => boxes[i]!.state.value).map((o) => o.value))),
  )
  const title = createWidget(controlKind('Label'), { value: label })
  return {
    widget: box([title, ...boxes], 'row wrap'),
    show(value) {
      const chosen = Array.isArray(value) ? value : []
      for (const [i, option] of options.entries()) boxes[i]!.set({ value: chosen.includes(option.value) })
    },
  }
}

const checkbox = (label: string, change: (value: boolean) => void): Widget =>
  createWidget(
    controlKind('Checkbox'),
    { ...described(label), ...sized('auto'), indent: false, value: false },
    { onChange: ({ value }) => typeof value === 'boolean' && change(value) },
  )
