/** A_t of one sequence and hop: `[t][s]`, the softmax of the scores of steps 0 to t, and 0 after them; in double precision. */
export function slowWeights(scores: readonly number[]): number[][] {
  return scores.map((_, t) => {
    const past = scores.slice(0, t + 1)
    const highest = Math.max(...past)
    const powers = past.map((score) => Math.exp(score - highest))
    const total = powers.reduce((sum, power) => sum + power, 0)
    return scores.map((_, s) => (s <= t ? powers[s]! / total : 0))
  })
}

/** Weights of all sequences and hops: `[batch][hop][t][s]`, from scores `[steps·batch, hops]`. */
export function allWeights(scores: ArrayLike<number>, steps: number, hops: number): number[][][][] {
  const batch = scores.length / steps / hops
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: hops }, (_, h) =>
      slowWeights(Array.from({ length: steps }, (_, t) => scores[(t * batch + b) * hops + h]!)),
    ),
  )
}

/** Y_t = A_t X for each hop: `[steps·batch, hops·units]`. */
export function slowAttention(
  scores: ArrayLike<number>,
  values: ArrayLike<number>,
  { steps, hops, units }: { steps: number; hops: number; units: number },
): number[] {
  const weights = allWeights(scores, steps, hops)
  const batch = weights.length
  const means = new Array<number>(steps * batch * hops * units).fill(0)
  for (let t = 0; t < steps; t++)
    for (let b = 0; b < batch; b++)
      for (let h = 0; h < hops; h++)
        for (let j = 0; j < units; j++)
          for (let s = 0; s <= t; s++)
            means[(t * batch + b) * hops * units + h * units + j]! +=
              weights[b]![h]![t]![s]! * values[(s * batch + b) * units + j]!
  return means
}
