/**
 * Refuses relevance that is not finite, which no measure could judge.
 *
 * @param relevance `[batch, rows, columns]`
 * @param nameOf says whose relevance a row of the batch is, e.g. `the relevance of sequence 12 by deepTaylor`
 * @throws RangeError naming the first sequence and pixel that are wrong
 */
export function checkRelevance(
  relevance: Float32Array,
  [batch, rows, columns]: readonly [number, number, number],
  nameOf: (row: number) => string,
): void {
  if (relevance.length !== batch * rows * columns)
    throw new RangeError(
      `there are ${relevance.length} values of relevance for [${batch}, ${rows}, ${columns}]`,
    )
  for (let i = 0; i < relevance.length; i++) {
    if (Number.isFinite(relevance[i])) continue
    const pixel = i % (rows * columns)
    throw new RangeError(
      `${nameOf(Math.floor(i / (rows * columns)))} is ${relevance[i]} at row ${Math.floor(pixel / columns)}, column ${pixel % columns}; it must be finite`,
    )
  }
}
