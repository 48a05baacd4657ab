/** One bar for each step; steps before `from` are pale, since relevance has not come back to them yet. */
export function StepBars({
  values,
  from,
  label,
  most = Math.max(...values.map(Math.abs)) || 1,
}: {
  values: readonly number[]
  from: number
  label: string
  most?: number
}) {
  const isSigned = values.some((value) => value < 0)
  const zero = isSigned ? 0.5 : 1
  return (
    <svg
      class="step-bars"
      viewBox={`0 0 ${values.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, step) => {
        const height = (Math.abs(value) / most) * zero
        return (
          <rect
            key={step}
            class={`${step < from ? 'pale' : ''} ${value < 0 ? 'negative' : ''}`}
            x={step + 0.12}
            width={0.76}
            y={value < 0 ? zero : zero - height}
            height={Math.max(0.004, height)}
          />
        )
      })}
    </svg>
  )
}
