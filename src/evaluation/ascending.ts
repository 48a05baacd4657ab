const known = new WeakMap<object, Float32Array | Float64Array>()

/** Values from the lowest to the highest, as a copy that measures of the same relevance share. */
export function ascending<Values extends Float32Array | Float64Array>(values: Values): Values {
  const sorted = (known.get(values) as Values | undefined) ?? (values.slice().sort() as Values)
  known.set(values, sorted)
  return sorted
}

/** Absolute values from the lowest to the highest. */
export function ascendingSizes(values: Float32Array): Float32Array {
  const sorted = ascending(values)
  const sizes = new Float32Array(sorted.length)
  let positive = sorted.findIndex((value) => value >= 0)
  if (positive < 0) positive = sorted.length
  let negative = positive - 1
  for (let k = 0; k < sizes.length; k++) {
    const isNegative = negative >= 0 && (positive >= sorted.length || -sorted[negative]! <= sorted[positive]!)
    sizes[k] = isNegative ? -sorted[negative--]! : sorted[positive++]!
  }
  return sizes
}
