import type { Control, ControlOption, FlagControl, OneControl, SeveralControl } from './control.js'
import type { ControlEvents, ControlWidget } from './control-widget.js'
import { numberWidget } from './number-widget.js'
import { controlKind, createWidget, type Widget } from './widget.js'
import { box, described, sized } from './widget-layout.js'

/** Makes the widgets of a control. */
export function controlWidget<Choice>(
  control: Control<Choice>,
  events: ControlEvents,
): ControlWidget<Choice> {
  if (control.kind === 'number') return numberWidget(control, events)
  if (control.kind === 'one') return dropdown(control, events)
  return control.kind === 'several' ? checkboxes(control, events) : flag(control, events)
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
    widget: box([title, box(boxes, 'row wrap', ['thesis-several'])], 'row wrap', ['thesis-titled']),
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
