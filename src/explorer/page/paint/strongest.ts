/** The units through which most passes, strongest first; values `[steps, units]`. */
export function strongestUnits(values: Float32Array, units: number, count: number): number[] {
  const sizes = new Float64Array(units)
  for (const [i, value] of values.entries()) sizes[i % units]! += Math.abs(value)
  return Array.from(sizes.keys())
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b)
    .slice(0, count)
}

/** Values `[steps, units]` of some units as a map of one line for each, `[units, steps]`. */
export function linesOf(values: Float32Array, units: number, chosen: readonly number[]): Float32Array {
  const steps = values.length / units
  const lines = new Float32Array(chosen.length * steps)
  for (const [line, unit] of chosen.entries())
    for (let step = 0; step < steps; step++) lines[line * steps + step] = values[step * units + unit]!
  return lines
}
