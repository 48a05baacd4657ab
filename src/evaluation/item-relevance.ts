/**
 * The heatmap's sum over each item: relevance `[batch, rows, columns]` → `[batch, items]`, items side by side.
 *
 * @throws RangeError when the items do not divide the columns
 * @example
 * itemRelevance(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3], 3) // 5, 7, 9
 */
export function itemRelevance(
  relevance: Float32Array,
  [batch, rows, columns]: readonly [number, number, number],
  items: number,
): Float64Array {
  const width = columns / items
  if (!Number.isInteger(width)) throw new RangeError(`${items} items do not divide ${columns} columns`)
  const sums = new Float64Array(batch * items)
  for (let line = 0; line < batch * rows; line++) {
    const sequence = Math.floor(line / rows)
    for (let column = 0; column < columns; column++) {
      const item = sequence * items + Math.floor(column / width)
      sums[item] = sums[item]! + relevance[line * columns + column]!
    }
  }
  return sums
}
