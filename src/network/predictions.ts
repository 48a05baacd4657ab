/** The class with the highest logit in each row of `[batch, classes]`. */
export function predictionsOf(logits: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: logits.length / classes }, (_, row) => {
    const start = row * classes
    let best = 0
    for (let k = 1; k < classes; k++) if (logits[start + k]! > logits[start + best]!) best = k
    return best
  })
}
