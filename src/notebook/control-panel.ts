import type { Control, Controls, ControlValue, Values } from './control.js'
import { controlWidget } from './control-widgets.js'
import type { Widget } from './widget.js'

interface PanelEvents {
  /** Told of every new choice. */
  redraw(): Promise<void>
  /** Shows a remark on what the reader did last, in place of the one before. */
  say(text: string): void
  /** Shows an error. */
  fail(error: unknown): void
}

/** The widgets of some controls. */
export interface ControlPanel {
  readonly widgets: readonly Widget[]
  /** Shows what is chosen. */
  show(): void
}

/**
 * Makes the widgets of all controls, which keep `chosen` at what the reader sets.
 *
 * @throws RangeError where a control does not fit its value
 */
export function controlPanel<Choice extends Values<Choice>>(
  controls: Controls<Choice>,
  chosen: { choice: Choice },
  { redraw, say, fail }: PanelEvents,
): ControlPanel {
  const names: Extract<keyof Choice, string>[] = []
  for (const name in controls) names.push(name)
  let moves: Promise<void> = Promise.resolve()

  function change(name: string, value: ControlValue): void {
    chosen.choice = within(controls, { ...chosen.choice, [name]: value })
    show()
    say('')
    redraw().catch(fail)
  }
  async function move(name: Extract<keyof Choice, string>, by: 1 | -1): Promise<void> {
    const control: Control<Choice> = controls[name]
    const value: ControlValue = chosen.choice[name]
    if (control.kind !== 'number' || typeof value !== 'number') return
    if (control.move) say('Looking …')
    const target = control.move ? await control.move(chosen.choice, by) : value + by
    if (target === null) say(`There is none ${by > 0 ? 'after' : 'before'} ${value}.`)
    else change(name, target)
  }

  const views = names.map((name) => {
    const control: Control<Choice> = controls[name]
    checkControl(name, control, chosen.choice[name])
    return controlWidget<Choice>(control, {
      change: (value) => change(name, value),
      step: (by) => {
        // One click after the other, since each goes on from where the last one led.
        moves = moves.then(() => move(name, by)).catch(fail)
      },
    })
  })
  function show(): void {
    for (const [i, view] of views.entries()) view.show(chosen.choice[names[i]!], chosen.choice)
  }
  return { widgets: views.map(({ widget }) => widget), show }
}

/** A choice whose numbers lie within their controls' bounds. */
function within<Choice extends Values<Choice>>(controls: Controls<Choice>, choice: Choice): Choice {
  let result = choice
  for (const name in controls) {
    const control: Control<Choice> = controls[name]
    const value: ControlValue = result[name]
    if (control.kind !== 'number' || typeof value !== 'number') continue
    const bounded = Math.min(Math.max(Math.round(value), 0), control.last(result))
    if (bounded !== value) result = { ...result, [name]: bounded }
  }
  return result
}

function checkControl<Choice>(name: string, control: Control<Choice>, value: ControlValue): void {
  const expected = { number: 'number', one: 'string', several: 'object', flag: 'boolean' }[control.kind]
  if (typeof value !== expected)
    throw new RangeError(
      `${name} is ${JSON.stringify(value)}; a control of kind "${control.kind}" needs a ${expected}`,
    )
}
