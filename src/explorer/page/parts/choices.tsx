import type { ComponentChildren } from 'preact'

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
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
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
