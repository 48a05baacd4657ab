import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** One of several, as a select with its label. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { readonly value: Value; readonly text: string }[]
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A button that is pressed or not. */
export function Toggle({
  isOn,
  onClick,
  children,
  color,
}: {
  isOn: boolean
  onClick: () => void
  children: ComponentChildren
  color?: string
}) {
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={isOn}
      onClick={onClick}
      style={color === undefined ? undefined : { '--series': color }}
    >
      {children}
    </button>
  )
}
