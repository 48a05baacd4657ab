import type { NumberControl } from './control.js'
import type { ControlEvents, ControlWidget } from './control-widget.js'
import { escapeHtml } from './display.js'
import { beyond, readWholeNumber } from './whole-number.js'
import { controlKind, createWidget } from './widget.js'
import { described, row, sized } from './widget-layout.js'

/**
 * A field for a whole number with buttons to the one before and after. What is no number of the control stays in the field as it was
 * typed, with a word beside it, and is not chosen.
 */
export function numberWidget<Choice>(
  { label, last }: NumberControl<Choice>,
  { change, step }: ControlEvents,
): ControlWidget<Choice> {
  const shown: { value: number; last: number; refused: string | null } = { value: 0, last: 0, refused: null }
  const field = createWidget(
    controlKind('Text'),
    {
      ...described(label),
      ...sized('auto'),
      value: '',
      continuous_update: false,
      _dom_classes: ['thesis-number'],
    },
    { onChange: ({ value }) => typeof value === 'string' && take(value) },
  )
  const word = createWidget(controlKind('HTML'), { value: wordHtml(''), _dom_classes: ['thesis-word'] })
  const button = (name: 'previous' | 'next', icon: string, by: 1 | -1) =>
    createWidget(
      controlKind('Button'),
      {
        description: '',
        icon,
        tooltip: `${name} (${name[0]})`,
        ...sized('36px'),
        _dom_classes: [`thesis-${name}`],
      },
      { onEvent: ({ event }) => event === 'click' && step(by) },
    )

  function take(typed: string): void {
    const read = readWholeNumber(typed, shown.last)
    shown.refused = typeof read === 'number' ? null : typed
    if (typeof read === 'number') change(read)
    else say(read)
  }
  function say(why: string | null): void {
    word.set({ value: wordHtml(why ?? '') })
    field.set({ _dom_classes: ['thesis-number', ...(why === null ? [] : ['thesis-refused'])] })
  }
  return {
    widget: row(
      [button('previous', 'chevron-left', -1), field, button('next', 'chevron-right', 1), word],
      ['thesis-stepper'],
    ),
    show(value, choice) {
      if (typeof value !== 'number') return
      const isMoved = value !== shown.value
      Object.assign(shown, { value, last: last(choice) })
      // What was refused stays until another number is typed or gone to, or it can be chosen after all.
      if (shown.refused !== null && !isMoved) return take(shown.refused)
      shown.refused = null
      field.set({ value: String(value) })
      say(beyond(value, shown.last))
    },
  }
}

const wordHtml = (why: string): string => `<span role="alert">${escapeHtml(why)}</span>`
