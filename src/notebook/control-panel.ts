import type { Control, Controls, ControlValue, NumberControl, Values } from './control.js'
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
  /** How often something was set other than by a button of a number. */
  let settings = 0

  function change(name: string, value: ControlValue): void {
    settings++
    choose(name, value)
  }
  function choose(name: string, value: ControlValue): void {
    chosen.choice = { ...chosen.choice, [name]: value }
    show()
    say('')
    // A number that another choice left out of bounds says so beside its field.
    if (names.every((each) => isWithin(controls[each], chosen.choice[each], chosen.choice)))
      redraw().catch(fail)
  }
  async function move(name: Extract<keyof Choice, string>, by: 1 | -1, at: number): Promise<void> {
    const control: Control<Choice> = controls[name]
    const value: ControlValue = chosen.choice[name]
    // What was set since the click counts.
    if (control.kind !== 'number' || typeof value !== 'number' || at !== settings) return
    if (control.move) say('Looking …')
    const target = await next(control, chosen.choice, value, by)
    if (at !== settings) return
    if (target === null) say(`There is none ${by > 0 ? 'after' : 'before'} ${value}.`)
    else choose(name, target)
  }

  const views = names.map((name) => {
    const control: Control<Choice> = controls[name]
    checkControl<Choice>(name, control, chosen.choice[name], chosen.choice)
    return controlWidget<Choice>(control, {
      change: (value) => change(name, value),
      step: (by) => {
        // One click after the other, since each goes on from where the last one led.
        const at = settings
        moves = moves.then(() => move(name, by, at)).catch(fail)
      },
    })
  })
  function show(): void {
    for (const [i, view] of views.entries()) view.show(chosen.choice[names[i]!], chosen.choice)
  }
  return { widgets: views.map(({ widget }) => widget), show }
}

/** Where a button leads; from beyond the last number back to it. */
function next<Choice>(
  control: NumberControl<Choice>,
  choice: Choice,
  value: number,
  by: 1 | -1,
): Promise<number | null> | number | null {
  const last = control.last(choice)
  if (value > last) return by < 0 ? last : null
  if (control.move) return control.move(choice, by)
  return value + by < 0 || value + by > last ? null : value + by
}

/** Whether a number lies within its control's bounds; other values do. */
const isWithin = <Choice>(control: Control<Choice>, value: ControlValue, choice: Choice): boolean =>
  control.kind !== 'number' || (typeof value === 'number' && value <= control.last(choice))

function checkControl<Choice>(
  name: string,
  control: Control<Choice>,
  value: ControlValue,
  choice: Choice,
): void {
  const expected = { number: 'number', one: 'string', several: 'object', flag: 'boolean' }[control.kind]
  if (typeof value !== expected)
    throw new RangeError(
      `${name} is ${JSON.stringify(value)}; a control of kind "${control.kind}" needs a ${expected}`,
    )
  if (control.kind === 'number') {
    const last = control.last(choice)
    if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > last)
      throw new RangeError(`${name} is ${value}; it must be a whole number from 0 to ${last}`)
  }
  if (control.kind !== 'one' && control.kind !== 'several') return
  const options = control.kind === 'one' ? control.options(choice) : control.options
  const allowed = options.map((option) => option.value)
  const unknown = [value].flat().find((one) => !allowed.includes(String(one)))
  if (unknown !== undefined)
    throw new RangeError(`${name} is ${JSON.stringify(unknown)}; it must be one of ${allowed.join(', ')}`)
}
