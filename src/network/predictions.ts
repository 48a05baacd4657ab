/** The class with the highest logit in each row of `[batch, classes]`. */
export function predictionsOf(logits: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: logits.length / classes }, (_, row) => {
    const start = row * classes
    let best = 0
    for (let k = 1; k < classes; k++) if (logits[start + k]! > logits[start + best]!) best = k
    return best
  })
}

/** The class with the second highest logit in each row of `[batch, classes]`; of several that are equal the first. */
export function runnersUpOf(logits: Float32Array, classes: number): Int32Array {
  const rest = logits.slice()
  for (const [row, best] of predictionsOf(logits, classes).entries())
    rest[row * classes + best] = Number.NEGATIVE_INFINITY
  return predictionsOf(rest, classes)
}
