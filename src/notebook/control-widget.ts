import type { ControlValue } from './control.js'
import type { Widget } from './widget.js'

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
